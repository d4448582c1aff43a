"""What read_plan says of whole plans, and of each form of their parts."""

import json
import re
import textwrap
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from documents.reading.plan import read_plan
from documents.reading.plan_json import to_json
from documents.reading.text import text_source

TODAY = date(2026, 5, 20)
PLANS = sorted((Path(__file__).parents[2] / "plans" / "dev").glob("*.txt"))


def read(text):
    return to_json(read_plan(text_source(text), today=TODAY))


def leaves(value, path=""):
    """Yield every leaf of a JSON value with its path, an empty list as one leaf."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}.{name}")
    elif isinstance(value, list) and value:
        for place, one in enumerate(value):
            yield from leaves(one, f"{path}[{place}]")
    else:
        yield path, value


def folded(value):
    return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value


def agrees(expected, found):
    if isinstance(expected, str) and isinstance(found, str) and expected.endswith("…"):
        return folded(found).startswith(folded(expected)[:-1])
    return expected == "…" or folded(expected) == folded(found)


@pytest.mark.once
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_at_least_98_of_100_leaves_of_a_plan_are_read(path):
    expected = list(leaves(json.loads(path.with_suffix("").with_suffix(".expected.json").read_text())))
    found = dict(leaves(read(path.read_text())))
    wrong = [(place, value, found.get(place)) for place, value in expected if not agrees(value, found.get(place, "?"))]
    assert len(wrong) <= 0.02 * len(expected), wrong


def unmarked(text):
    return re.sub(r"[*#]|</?b>", "", text)


def wrapped(text):
    rows = (line if "\t" in line else textwrap.fill(line, 90, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join(rows)


def without_lines(value):
    if isinstance(value, dict):
        return {name: without_lines(one) for name, one in value.items() if name not in ("line", "lines")}
    return [without_lines(one) for one in value] if isinstance(value, list) else value


@pytest.mark.once
@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: re.sub(r"\n\s*\n+", "\n", text),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: re.sub(r"(?m)^(?=\S)", "      ", text),
        wrapped,
        unmarked,
    ],
    ids=["decomposed", "fixed_spaces", "crlf", "no_empty_lines", "empty_lines", "indented", "wrapped", "no_emphasis"],
)
@pytest.mark.parametrize("name", ["phuong_tan_an", "xa_hai_lang"])
def test_the_state_of_the_file_changes_no_fact(name, change):
    text = (PLANS[0].parent / f"{name}.txt").read_text()
    assert without_lines(read(change(text))) == without_lines(read(text))
