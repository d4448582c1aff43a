"""A line of marked-up text as safe HTML, with the places where a line must not break."""

import re
from collections import deque
from dataclasses import replace
from functools import lru_cache

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from documents import markup
from documents.writing.kept import KEPT_TOGETHER, OPENS_A_DATE

_DATE_WORD = re.compile(r"[\dIV][^\s]{0,20}")
_PLAIN = re.compile(r"[^*&<>'\"\d/\\]*")


@lru_cache(maxsize=4096)
def inline(text: str) -> SafeString:
    """Return ``text`` escaped, its emphasis as spans and its signs and dates unbreakable."""
    if _PLAIN.fullmatch(text):
        return conditional_escape(text)
    return format_html_join("", "{}", ((piece,) for piece in _joined(deque(markup.parse(text)))))


def last_words_together(text: str, count: int = 3, longest: int = 30) -> SafeString:
    """Return ``text`` with its last words on one line, so that no word stands alone under a title; a kind of paper
    ("Kế hoạch") is not parted in its middle for it."""
    words = text.split(" ")
    if len(words) > count and words[-count][:1].islower() and words[-count - 1][:1].isupper():
        count += 1
    tail = " ".join(words[-count:])
    if len(words) <= 2 * count or len(tail) > longest or "*" in tail:
        return inline(text)
    return format_html('{} <span class="together">{}</span>', inline(" ".join(words[:-count])), tail)


def balanced(name: str, fits: int = 24) -> SafeString:
    """Return a name that breaks near its middle when it is longer than a line of ``fits`` characters."""
    middle = name.find(" ", len(name) // 2)
    if len(name) <= fits or middle < 0:
        return conditional_escape(name)
    if len(name) > 2 * fits:
        return last_words_together(name)
    return format_html('{} <span class="together">{}</span>', name[:middle], name[middle + 1 :])


def with_note(text: str, note: str) -> SafeString:
    """Return a recipient line whose bracketed purpose stays in one piece."""
    if not note or len(note) > 30:
        return conditional_escape(f"{text} {note}".rstrip())
    return format_html('{} <span class="together">{}</span>', text, note)


def _joined(runs: deque[markup.Run]):
    """Yield the runs as HTML, a word like "ngày" joined to the emphasised date after it."""
    while runs:
        run = runs.popleft()
        opening = OPENS_A_DATE.search(run.text) if runs else None
        word = _DATE_WORD.match(runs[0].text) if opening else None
        if word is None:
            yield _run(run)
            continue
        following = runs.popleft()
        yield _run(replace(run, text=run.text[: opening.start()]))
        opener, date = replace(run, text=opening[0]), replace(following, text=word[0])
        yield format_html('<span class="together">{}{}</span>', _run(opener), _run(date))
        runs.appendleft(replace(following, text=following.text[word.end() :]))


def _run(run: markup.Run) -> SafeString:
    if not run.text:
        return SafeString()
    pieces = format_html_join("", "{}", ((piece,) for piece in _pieces(run.text)))
    classes = " ".join(name for name, on in (("strong", run.bold), ("emphasis", run.italic)) if on)
    return format_html('<span class="{}">{}</span>', classes, pieces) if classes else pieces


def _pieces(text: str):
    position = 0
    for match in KEPT_TOGETHER.finditer(text):
        if match.start() > position:
            yield text[position : match.start()]
        yield format_html('<span class="together">{}</span>', match[0])
        position = match.end()
    if position < len(text):
        yield text[position:]
