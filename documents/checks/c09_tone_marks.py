"""C09: one way of placing tones in a document, "ủy" or "uỷ"."""

from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.vietnamese import new_style, old_style, styles


def find(text: CheckedText) -> Iterator[Found]:
    """Both ways are right; the rarer one of a document is pointed out, the old one when they are even."""
    places = [(line, *styles(line.text)) for line in text.lines]
    old = sum(len(olds) for _, olds, _ in places)
    new = sum(len(news) for _, _, news in places)
    if not old or not new:
        return
    rare_is_old = old <= new
    for (line, olds, news), words in zip(places, text.words, strict=True):
        for match in olds if rare_is_old else news:
            word = next(word for word in words if word.start <= match.start() < word.end)
            right = new_style(word.text) if rare_is_old else old_style(word.text)
            message = f"Kế hoạch viết dấu thanh hai kiểu; phần lớn viết như “{right}”."
            yield at("mixed", line, (word.start, word.end), message, right)


CHECK = Check(
    id="C09",
    title="Kiểu đặt dấu thanh không thống nhất",
    variants={"mixed": "Vừa viết “ủy” vừa viết “uỷ” trong một kế hoạch."},
    find=find,
)
