"""C09: one way of placing tones in a document, "ủy" or "uỷ"."""

from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.vietnamese import new_style, old_style, styles


def find(text: CheckedText) -> Iterator[Found]:
    """Both ways are right; the rarer one of a document is pointed out, the old one when they are even."""
    old, new = [], []
    for line, words in zip(text.lines, text.words, strict=True):
        for word in words:
            olds, news = styles(word.text)
            old += [(line, word)] if olds else []
            new += [(line, word)] if news else []
    if not old or not new:
        return
    rare, restyle = (old, new_style) if len(old) <= len(new) else (new, old_style)
    for line, word in rare:
        right = restyle(word.text)
        message = f"Kế hoạch viết dấu thanh hai kiểu; phần lớn viết như “{right}”."
        yield at("mixed", line, (word.start, word.end), message, right)


CHECK = Check(
    id="C09",
    title="Kiểu đặt dấu thanh không thống nhất",
    variants={"mixed": "Vừa viết “ủy” vừa viết “uỷ” trong một kế hoạch."},
    find=find,
)
