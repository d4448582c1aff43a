"""C23: the subject under the name of the kind begins with a small letter."""

from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.zones import Zone


def find(text: CheckedText) -> Iterator[Found]:
    """Look at the line below "KẾ HOẠCH"."""
    title = text.lines_in(Zone.TITLE)[1:]
    line = next((one for one in title if one.text[0].isalpha()), None)
    if line is None or line.text.isupper() or not line.text[0].isupper():
        return
    word = line.text.split()[0]
    if len(word) > 1 and word.isupper():
        return
    first_two = " ".join(line.text.split()[:2])
    lowered = first_two[0].lower() + first_two[1:]
    yield at("capital", line, (0, len(first_two)), "Trích yếu bắt đầu bằng chữ thường.", lowered)


CHECK = Check(
    id="C23",
    title="Trích yếu viết hoa đầu câu",
    variants={"capital": "Trích yếu dưới tên loại bắt đầu bằng chữ hoa."},
    find=find,
)
