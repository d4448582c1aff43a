"""The parts of a paper, line by line: head, title, body, recipients, signature, annexes."""

import re
from enum import StrEnum

from documents.reading.source import Source


class Zone(StrEnum):
    """A part of a paper."""

    HEAD = "head"
    TITLE = "title"
    BODY = "body"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    ANNEX = "annex"


_KIND = re.compile(
    r"(?:KẾ HOẠCH|BÁO CÁO|CÔNG VĂN|THÔNG BÁO|TỜ TRÌNH|GIẤY MỜI|BIÊN BẢN|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?|HƯỚNG DẪN)$"
)
_OPENING = re.compile(r"(?:Thực hiện|Căn cứ|- Căn cứ|Để |Nhằm |Tiếp tục |Triển khai |Ban Thường vụ|Kính gửi|I\. |A\. )")
_RECIPIENTS = re.compile(r"nơi nhận\b ?[:.]?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:T/M|TM|K/T|KT|T/L|TL|TUQ|Q)\b[./]? ?\.? ?[A-ZĐĂÂÊÔƠƯÀ-Ỹ]")
_POSITION = re.compile(r"(?:PHÓ )?(?:BÍ THƯ|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|CHỦ TỊCH)(?: [A-ZĐĂÂÊÔƠƯÀ-Ỹ]+){0,6}$")
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|ĐỀ CƯƠNG|BIỂU SỐ|MẪU SỐ|Phụ lục(?: số)? [\dIVX]+\b|Biểu(?: số)? \d{1,2}\b|Mẫu(?: số)? \d{1,2}\b)"
)


def zones_of(source: Source) -> tuple[Zone, ...]:
    """Return the part each line belongs to; one pass, never raises."""
    zone, zones, earlier = Zone.HEAD, [], ""
    has_kind = any(_KIND.match(line.text) for line in source.lines[:40])
    for line in source.lines:
        zone = _next(zone, line.text, earlier, has_kind=has_kind)
        zones.append(zone)
        earlier = line.text
    return tuple(zones)


def _next(zone: Zone, text: str, earlier: str, *, has_kind: bool) -> Zone:
    if zone is Zone.HEAD:
        return Zone.TITLE if not has_kind or _KIND.match(text) else zone
    if _RECIPIENTS.match(text) and zone is not Zone.ANNEX:
        return Zone.RECIPIENTS
    if zone is Zone.TITLE:
        # The line under the kind is the subject, also when it begins like an opening: "Thực hiện Kế hoạch số ...".
        opens = _OPENING.match(text) and not (_KIND.match(earlier) and not text.startswith(("I. ", "A. ")))
        begins = opens or text.endswith((".", ":", ";")) or earlier.startswith("---")
        return Zone.BODY if begins and not _KIND.match(text) else zone
    if zone in (Zone.BODY, Zone.RECIPIENTS) and (_AUTHORITY.match(text) or _POSITION.match(text)):
        return Zone.SIGNATURE
    if zone in (Zone.RECIPIENTS, Zone.SIGNATURE) and _ANNEX.match(text) and not text.endswith((",", ";")):
        return Zone.ANNEX
    return zone
