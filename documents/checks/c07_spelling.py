"""C07: misspelt and missing words, by a list, by the syllables that exist and by the words they form."""

import re
from collections.abc import Iterator
from functools import cache

from documents.checks.context import Check, CheckedText, Found, Word, at
from documents.checks.shipped import shipped
from documents.checks.vietnamese import bare, intended, is_syllable, new_style
from documents.checks.zones import Zone
from documents.reading.source import SourceLine

Rule = tuple[re.Pattern, dict]


def find(text: CheckedText) -> Iterator[Found]:
    """Look at every line; the head of the paper is names only and is left to C05."""
    whole = "\n".join(line.text for line in text.lines)
    rules = [(pattern, rule) for pattern, rule, literal in _rules() if literal in whole]
    names = frozenset(part.casefold() for name in text.context.names for part in name.split())
    for line, words, zone in zip(text.lines, text.words, text.zones, strict=True):
        taken: set[int] = set()
        yield from _listed(line, rules, taken)
        if zone is Zone.HEAD:
            continue
        capitals = line.text.isupper()
        if capitals and zone is Zone.SIGNATURE:
            continue
        yield from _nonwords(line, words, names, taken)
        for clause in _clauses(line.text, words):
            yield from _slips(line, clause, names, taken, capitals=capitals)


def _listed(line: SourceLine, rules: list[Rule], taken: set[int]) -> Iterator[Found]:
    for pattern, rule in rules:
        for match in pattern.finditer(line.text):
            if not taken.isdisjoint(range(*match.span())):
                continue
            taken.update(range(*match.span()))
            right = match[0].replace(rule["wrong"], rule["right"], 1) if rule["wrong"] else rule["right"]
            if match[0][0].isupper():
                right = right[0].upper() + right[1:]
            yield at(rule["variant"], line, match.span(), rule["note"], right)


@cache
def _rules() -> list[tuple[re.Pattern, dict, str]]:
    rules = shipped("lexicon")["rules"]
    return [(re.compile(rf"(?<!\w)(?:{rule['find']})(?!\w)"), rule, _literal(rule["find"])) for rule in rules]


def _literal(pattern: str) -> str:
    """The longest words that every match of a pattern holds: without them the line need not be searched."""
    plain = re.sub(r"\([^()]*\)[?*+]?|\[[^\]]*\][?*+]?|\\w[?*+]?", "\0", pattern)
    return "" if "|" in plain else max(plain.split("\0"), key=len)


def _nonwords(line: SourceLine, words: tuple[Word, ...], names: frozenset, taken: set[int]) -> Iterator[Found]:
    foreign = shipped("lexicon")["foreign"]
    for place, word in enumerate(words):
        if word.text.isascii() or not word.text.islower() or not word.text.isalpha() or not 2 <= len(word.text) <= 30:
            continue
        if is_syllable(word.text) or word.text in foreign or word.text.casefold() in names or word.start in taken:
            continue
        if not any(vowel in "aeiouy" for vowel in bare(word.text)):
            continue
        taken.update(range(word.start, word.end))
        meant = _guess(words, place)
        message = f"“{word.text}” không phải là một tiếng trong tiếng Việt."
        yield at("nonword", line, (word.start, word.end), message, meant)


def _guess(words: tuple[Word, ...], place: int) -> str | None:
    """The syllable that makes an everyday word with a neighbour, when there is one."""
    word = new_style(words[place].text)
    if place:
        meant = intended("", new_style(words[place - 1].text.lower()), word, "")
        if meant:
            return meant.split()[1]
    if place + 1 < len(words):
        meant = intended("", word, new_style(words[place + 1].text.lower()), "")
        if meant:
            return meant.split()[0]
    return None


def _clauses(text: str, words: tuple[Word, ...]) -> Iterator[list[Word]]:
    """Runs of words with nothing but a space between them."""
    clause: list[Word] = []
    for word in words:
        if clause and text[clause[-1].end : word.start] != " ":
            yield clause
            clause = []
        clause.append(word)
    if clause:
        yield clause


def _slips(
    line: SourceLine, clause: list[Word], names: frozenset, taken: set[int], *, capitals: bool
) -> Iterator[Found]:
    plain = [new_style(word.text.lower()) for word in clause]
    for place in range(len(clause) - 1):
        one, two = clause[place], clause[place + 1]
        if not capitals and (
            two.text[0].isupper() or one.text[0].isupper() and place and clause[place - 1].text[0].isupper()
        ):
            continue
        if one.start in taken or two.start in taken or plain[place] in names or plain[place + 1] in names:
            continue
        before = plain[place - 1] if place else ""
        after = plain[place + 2] if place + 2 < len(plain) else ""
        meant = intended(before, plain[place], plain[place + 1], after)
        if meant:
            taken.update(range(one.start, two.end))
            written = line.text[one.start : two.end]
            yield at(
                "misspelling", line, (one.start, two.end), f"“{written}” có lẽ là “{meant}”.", _like(meant, written)
            )


def _like(meant: str, written: str) -> str:
    if written.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if written[0].isupper() else meant


CHECK = Check(
    id="C07",
    title="Chính tả, thiếu chữ",
    variants={
        "misspelling": "Từ viết sai so với từ thông dụng gần nhất, như “nên tảng” thay cho “nền tảng”.",
        "nonword": "Tiếng không có trong tiếng Việt, thường là gõ nhầm.",
        "missing_word": "Tên gọi hoặc từ ghép thiếu một chữ, như “các cơ chuyên trách”.",
        "abbreviation": "Chữ viết tắt gõ sai, như HDND.",
        "preferred": "Cách viết nên thay: hàng năm, đảm bảo.",
    },
    find=find,
)
