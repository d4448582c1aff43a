"""C06: a word or a phrase written twice in a row."""

import re
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, Word, at
from documents.checks.shipped import shipped
from documents.checks.vietnamese import known_pairs, new_style
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

_LONGEST = 8
_PAUSE = re.compile(r" ?[,;] | và ")
_STOPS = ",;.:)("
_TWO_ANDS = re.compile(r"(?<!\w)(\w+(?: \w+)?) và (\w+(?: \w+){0,2}) và (?=\w+ \w+)")
_CIRCULAR = re.compile(r"(?<!\w)(\w+ \w+) (?:\w+ ){0,2}về công tác \1(?!\w)", re.IGNORECASE)
_PARAGRAPH = 60


def find(text: CheckedText) -> Iterator[Found]:
    """Look at neighbouring words, list items, "và ... và" and neighbouring paragraphs."""
    earlier = None
    for line, words, zone in zip(text.lines, text.words, text.zones, strict=True):
        if len(line.cells) < 2:
            yield from _phrases(line, words, text.context.names)
        if zone is Zone.BODY:
            yield from _ands(line)
            yield from _circles(line)
            if earlier and earlier.text == line.text and len(line.text) >= _PARAGRAPH:
                message = "Đoạn này lặp lại nguyên văn đoạn liền trước."
                yield at("doubled_paragraph", line, (0, len(line.text)), message, "")
        earlier = line


def _phrases(line: SourceLine, words: tuple[Word, ...], names: tuple[str, ...]) -> Iterator[Found]:
    folded = [word.text.casefold() for word in words]
    place = 0
    while place < len(words):
        first, most = folded[place], min(_LONGEST, (len(words) - place) // 2)
        again = [size for size in range(1, most + 1) if folded[place + size] == first]
        size = next((size for size in again if _is_double(line, words, folded, place, size)), 0)
        if size and not (size == 1 and _may_double(words, folded, place, names)):
            yield _doubled(line, words, place, size)
            place += size
            while _is_double(line, words, folded, place, size):
                place += size
        place += 1


def _is_double(line: SourceLine, words: tuple[Word, ...], folded: list[str], place: int, size: int) -> bool:
    last = place + 2 * size - 1
    if last >= len(words) or folded[place] != folded[place + size]:
        return False
    between = line.text[words[place + size - 1].end : words[place + size].start]
    if between != " " and (size == 1 or not _PAUSE.fullmatch(between)):
        return False
    if folded[place : place + size] != folded[place + size : place + 2 * size]:
        return False
    one = words[place].start, words[place + size - 1].end
    two = words[place + size].start, words[last].end
    phrase = line.text[slice(*one)]
    # "năng lực, hiệu lực, hiệu quả": a comma inside belongs to a list, not to a repeated phrase.
    if phrase.casefold() != line.text[slice(*two)].casefold() or any(char in _STOPS for char in phrase):
        return False
    if between == " ":
        return any(char.isalpha() for char in folded[place])
    return _is_item(line.text, one[0], two[1])


def _is_item(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 3) : start].rstrip(), text[end : end + 3].lstrip()
    return (not before or before[-1] in _STOPS + "-") and (not after or after[0] in _STOPS)


def _may_double(words: tuple[Word, ...], folded: list[str], place: int, names: tuple[str, ...]) -> bool:
    word = folded[place]
    lists = shipped("doubles")
    if word in lists["reduplications"]:
        return True
    if words[place].text.istitle() and words[place + 1].text.istitle():
        double = f"{words[place].text} {words[place + 1].text}"
        if any(double in name for name in names):
            return True
    if place and place + 2 < len(words):
        pairs = known_pairs()
        around = new_style(folded[place - 1]), new_style(word), new_style(folded[place + 2])
        if around[:2] in pairs and around[1:] in pairs:
            return True
    if word not in lists["joins"] or place == 0 or place + 2 >= len(words):
        return False
    before, after = (part.split() for part in lists["joins"][word])
    return folded[place - 1] in before and folded[place + 2] in after


def _doubled(line: SourceLine, words: tuple[Word, ...], place: int, size: int) -> Found:
    span = words[place].start, words[place + 2 * size - 1].end
    once = line.text[words[place].start : words[place + size - 1].end]
    if line.text[words[place + size - 1].end : words[place + size].start] != " ":
        return at("doubled_item", line, span, f"“{once}” được liệt kê hai lần liền nhau.", once)
    # One word more on the left makes the place clear to a reader: "chi bộ bộ".
    if size == 1 and place and line.text[words[place - 1].end : span[0]] == " ":
        span = words[place - 1].start, span[1]
        once = line.text[span[0] : words[place].end]
    variant = "doubled_word" if size == 1 else "doubled_phrase"
    return at(variant, line, span, f"“{line.text[slice(*span)]}” bị lặp từ.", once)


def _ands(line: SourceLine) -> Iterator[Found]:
    for match in _TWO_ANDS.finditer(line.text):
        pairs = shipped("doubles")["paired_by_and"]
        around = line.text[max(0, match.start() - 12) : match.end() + 30].casefold()
        if match[2][0].isupper() or any(pair in around for pair in pairs):
            continue
        suggestion = f"{match[1]}, {match[2]} và"
        message = "Hai chữ “và” nối liền nhau trong một cụm; thay chữ “và” đầu bằng dấu phẩy."
        yield at("doubled_and", line, (match.start(), match.end() - 1), message, suggestion)


def _circles(line: SourceLine) -> Iterator[Found]:
    for match in _CIRCULAR.finditer(line.text):
        yield at("circular", line, match.span(), f"“{match[1]}” được giải thích bằng chính “{match[1]}”.")


CHECK = Check(
    id="C06",
    title="Lặp từ, lặp cụm từ",
    variants={
        "doubled_word": "Một từ viết hai lần liền nhau, như “các chi bộ bộ”.",
        "doubled_phrase": "Một cụm từ viết hai lần liền nhau, như “Chỉ thị Chỉ thị”.",
        "doubled_item": "Một mục liệt kê hai lần liền nhau.",
        "doubled_and": "Hai chữ “và” nối trong cùng một cụm liệt kê.",
        "doubled_paragraph": "Hai đoạn liền nhau giống hệt nhau.",
        "circular": "Một việc được giải thích bằng chính nó.",
    },
    find=find,
)
