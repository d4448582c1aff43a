"""C05: names of places that miss a known name by a tone or a letter, or are spelt in two ways."""

import re
from collections import defaultdict
from collections.abc import Iterator

from documents.checks.context import Check, CheckedText, Found, Word, at
from documents.checks.gazetteer import is_place, provinces, ward_names
from documents.checks.vietnamese import bare, new_style
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

_PROVINCE_BEFORE = re.compile(r"(?:tỉnh|thành phố|Tỉnh ủy|Thành ủy|Tỉnh uỷ|Thành uỷ|TỈNH|THÀNH PHỐ|TỈNH ỦY|THÀNH ỦY)$")
_PLACE_BEFORE = re.compile(
    r"(?:tỉnh|thành phố|thị xã|huyện|phường|xã|thị trấn|thôn|bản|tổ dân phố|khu phố|ấp|buôn|Tỉnh ủy|Thành ủy|Thị ủy|Huyện ủy)$",
    re.IGNORECASE,
)
_NOUNS = frozenset({"Tỉnh", "Huyện", "Phường", "Xã", "Thôn", "Bản", "Buôn", "Ấp"})
_BEFORE = 20
_LONGEST = 3
_LONGEST_NAME = 40
Run = list[Word]


def find(text: CheckedText) -> Iterator[Found]:
    """Look at the capitalised words of every line."""
    spellings = defaultdict(list)
    for line, words, zone in zip(text.lines, text.words, text.zones, strict=True):
        if zone is Zone.SIGNATURE:
            continue
        for run in _runs(line.text, words):
            known = yield from _near(line, run, text.context.names)
            noun = _PLACE_BEFORE.search(line.text[max(0, run[0].start - _BEFORE) : run[0].start].rstrip())
            if not known and noun:
                size = min(len(run), _LONGEST)
                name = new_style(line.text[run[0].start : run[size - 1].end]).title()
                if size > 1 and len(name) <= _LONGEST_NAME:
                    spellings[noun[0].casefold(), bare(name)].append((name, line, (run[0].start, run[size - 1].end)))
    for places in spellings.values():
        yield from _uneven(places, text.context.names)


def _runs(text: str, words: tuple[Word, ...]) -> Iterator[Run]:
    """Runs of capitalised words with single spaces between them."""
    run: Run = []
    for word in words:
        is_capital = word.text[0].isupper() and word.text.isalpha() and word.text not in _NOUNS
        if run and (not is_capital or text[run[-1].end : word.start] != " "):
            yield run
            run = []
        if is_capital:
            run.append(word)
    if run:
        yield run


def _near(line: SourceLine, run: Run, names: tuple[str, ...]) -> Iterator[Found]:
    """Give the near misses in one run; returns whether there was any."""
    ward = ward_names(names)
    found = False
    for place in range(len(run)):
        for size in range(min(_LONGEST, len(run) - place), 1, -1):
            span = run[place].start, run[place + size - 1].end
            written = line.text[slice(*span)]
            if len(written) > _LONGEST_NAME:
                break
            name = new_style(written.title() if written.isupper() else written)
            if is_place(name, names):
                break
            before = line.text[max(0, span[0] - _BEFORE) : span[0]].rstrip()
            right = ward.near(name) if _PLACE_BEFORE.search(before) else None
            if right is None and _PROVINCE_BEFORE.search(before):
                right = provinces().near(name)
            if right:
                found = True
                yield at(
                    "near_miss",
                    line,
                    span,
                    f"“{written}” có lẽ là “{right}”.",
                    right.upper() if written.isupper() else right,
                )
                break
    return found


def _uneven(places: list[tuple], names: tuple[str, ...]) -> Iterator[Found]:
    counts = defaultdict(int)
    for name, _, _ in places:
        counts[name] += 1
    if len(counts) < 2:
        return
    right = max(counts, key=lambda name: (is_place(name, names), counts[name]))
    sure = counts[right] > 1
    for name, line, span in places:
        if name == right or is_place(name, names):
            continue
        others = next(other.number for known, other, _ in places if known == right)
        message = f"“{line.text[slice(*span)]}” viết khác “{right}” ở dòng {others}."
        yield at(
            "near_miss" if sure and counts[name] == 1 else "two_spellings", line, span, message, right if sure else None
        )


CHECK = Check(
    id="C05",
    title="Tên riêng viết sai",
    variants={
        "near_miss": "Tên riêng sai một dấu hoặc một chữ, như “tỉnh Tuyền Quang”.",
        "two_spellings": "Một tên riêng viết hai cách trong cùng kế hoạch.",
    },
    find=find,
)
