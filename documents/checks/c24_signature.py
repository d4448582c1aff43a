"""C24: how the block of the signature, Nơi nhận and the number are written in a Party paper."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.paper_day import paper_day
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

_STATE_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ)\.? ?(?=[A-ZĐÀ-Ỹ])")
_STATE_NUMBER = re.compile(r"Số ?: ?\d*")
_STATE_LINE = re.compile(r"(?:V/v|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc)", re.IGNORECASE)
_STATE_KEEP = re.compile(r"-? ?Lưu: ?(?:VT|VP)?")
_SEMICOLONS_FROM = date(2026, 5, 27)
_PARTY_AUTHORITY = {"TM": "T/M", "KT": "K/T", "TL": "T/L", "TUQ": "T/UQ"}


def find(text: CheckedText) -> Iterator[Found]:
    """Look at the head, the recipients, the signature and the last sentence."""
    for line in text.lines_in(Zone.HEAD):
        if match := _STATE_NUMBER.match(line.text):
            yield at("number_colon", line, match.span(), "Văn bản của Đảng viết “Số” không có dấu hai chấm.")
        if match := _STATE_LINE.search(line.text):
            yield at("state_form", line, match.span(), "Đây là cách trình bày của văn bản Nhà nước.")
    signature = text.lines_in(Zone.SIGNATURE)
    yield from _authority(signature)
    if any(line.bold for line in text.lines):
        yield from _bold(signature)
    yield from _recipients(text)
    for line in text.lines_in(Zone.BODY, Zone.ANNEX):
        if line.text.endswith("./."):
            span = len(line.text) - 3, len(line.text)
            yield at(
                "state_end",
                line,
                span,
                "Dấu “./.” là của văn bản Nhà nước; văn bản của Đảng kết thúc bằng dấu chấm.",
                ".",
            )


def _authority(signature: list[SourceLine]) -> Iterator[Found]:
    for line in signature:
        match = _STATE_AUTHORITY.match(line.text)
        if match:
            right = f"{_PARTY_AUTHORITY[match[1]]} "
            yield at("state_authority", line, match.span(), f"Văn bản của Đảng viết “{right.strip()}”.", right)


def _bold(signature: list[SourceLine]) -> Iterator[Found]:
    """The authority is bold, the position plain, the name bold."""
    position = next((line for line in signature if line.text.isupper() and "/" not in line.text[:4]), None)
    name = next((line for line in signature if line.text.istitle() and len(line.text.split()) > 1), None)
    if position and name and position.bold and not name.bold:
        message = "Chức vụ không in đậm; họ và tên người ký in đậm."
        yield at("bold_position", position, (0, len(position.text)), message)


def _recipients(text: CheckedText) -> Iterator[Found]:
    items = [line for line in text.lines_in(Zone.RECIPIENTS) if line.text.startswith(("-", "+"))]
    for line in items:
        if match := _STATE_KEEP.match(line.text):
            yield at("state_keep", line, match.span(), "Văn bản của Đảng viết “- Lưu Văn phòng …”.")
    ends = Counter(line.text[-1] for line in items[:-1] if line.text[-1] in ",;.")
    if not ends:
        return
    usual = ends.most_common(1)[0][0]
    day = paper_day(text)
    if usual == "," and day and day >= _SEMICOLONS_FROM:
        line = items[0]
        message = "Từ ngày 27/5/2026, mỗi dòng nơi nhận kết thúc bằng dấu chấm phẩy."
        yield at("commas", line, (0, len(line.text)), message)
    for line in items[:-1]:
        if line.text[-1] != usual:
            yield at(
                "uneven_ends",
                line,
                (max(0, len(line.text) - 20), len(line.text)),
                "Dấu cuối các dòng nơi nhận không đều.",
            )


CHECK = Check(
    id="C24",
    title="Thể thức ký, nơi nhận",
    variants={
        "bold_position": "Chức vụ in đậm trong khi họ tên người ký không in đậm.",
        "state_authority": "Quyền hạn ký viết theo lối văn bản Nhà nước (TM., KT.).",
        "number_colon": "“Số:” có dấu hai chấm như văn bản Nhà nước.",
        "state_form": "Quốc hiệu, “V/v” của văn bản Nhà nước trong văn bản của Đảng.",
        "state_end": "Kết thúc bằng “./.”.",
        "state_keep": "Dòng lưu viết theo lối văn bản Nhà nước.",
        "commas": "Nơi nhận kết thúc dòng bằng dấu phẩy sau ngày 27/5/2026.",
        "uneven_ends": "Dấu cuối các dòng nơi nhận không đều.",
    },
    find=find,
)
