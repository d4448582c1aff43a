"""C21: small numbers are written one way, "05 năm" or "5 năm"."""

import re
from collections import defaultdict
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.vietnamese import LOWER
from documents.checks.zones import Zone

_COUNTED = re.compile(rf"(?<![\w/.,:-])(0?[1-9]) ([{LOWER}]{{2,}})")
_NOT_COUNTING = re.compile(
    r"(?:ngày|tháng|năm|quý|số|điều|khoản|mục|biểu|mẫu|lần|khóa|thứ|phố|khu|tổ|thôn|bản|ấp|lúc|phần|phụ lục|công nghiệp|đại hội|nhóm|và|cấp|phòng|quận|xóm|đội) $",
    re.IGNORECASE,
)
_NOT_COUNTED = frozenset({"giờ", "phút", "giây", "đến", "và", "hoặc", "của", "trở", "trên", "dưới"})


def find(text: CheckedText) -> Iterator[Found]:
    """Compare how one noun is counted over the whole paper, then how all are."""
    by_noun = defaultdict(list)
    for line in text.lines_in(Zone.TITLE, Zone.BODY, Zone.ANNEX):
        for match in _COUNTED.finditer(line.text):
            if match[2] in _NOT_COUNTED or _NOT_COUNTING.search(line.text[max(0, match.start() - 12) : match.start()]):
                continue
            by_noun[match[2]].append((line, match.span(), match[1], match[2]))
    for noun, places in by_noun.items():
        padded = [place for place in places if place[2].startswith("0")]
        plain = [place for place in places if not place[2].startswith("0")]
        if not padded or not plain:
            continue
        for line, span, number, _ in padded if len(padded) <= len(plain) else plain:
            right = number.removeprefix("0") if number.startswith("0") else f"0{number}"
            message = f"Số đếm trước “{noun}” viết hai kiểu; phần lớn viết “{right} {noun}”."
            yield at("mixed", line, span, message, f"{right} {noun}")


CHECK = Check(
    id="C21",
    title="Kiểu viết số không thống nhất",
    variants={"mixed": "Vừa viết “05 năm” vừa viết “5 năm” trong một kế hoạch."},
    find=find,
)
