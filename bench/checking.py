"""The reader and the checks: a usual plan, and 100 kB of anything, beside the seconds they may take."""

import datetime as dt
import time
import unicodedata
from pathlib import Path

from bench.measure import Row, seconds
from documents.checks import run
from documents.checks.context import CheckContext
from documents.reading.plan import read_plan
from documents.reading.text import text_source

PLANS = Path(__file__).resolve().parent.parent / "tests" / "plans" / "dev"
TODAY = dt.date(2026, 7, 1)
SIZE = 100_000
PLAN_LIMIT, HOSTILE_LIMIT = 0.2, 1.0  # seconds of processor time
HOSTILE = {
    "letters": "a",
    "open brackets": "(",
    "dashes": "- ",
    "figures": "1",
    "one word again and again": "của ",
    "loose tone marks": unicodedata.normalize("NFD", "ế"),
    "numbers of papers": "Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy; ",
    "deadlines": "hoàn thành trước ngày 05/6/2026, ",
    "headings": "I. MỤC ĐÍCH\n1. Yêu cầu\n- Việc.\n",
    "slashes": "05/",
    "quotes": "“về ",
    "cells of a table": "|a|b|\n",
}


def rows():
    """One row for the longest sample plan, one per hostile text: the reader and all checks together."""
    plan = max((path.read_text(encoding="utf-8") for path in PLANS.glob("*.txt")), key=len)
    yield Row(f"read and check a plan of {len(plan):,} letters", _took(plan), "limit", PLAN_LIMIT, 1.0)
    for name, piece in HOSTILE.items():
        text = (piece * (SIZE // len(piece) + 1))[:SIZE]
        yield Row(f"read and check 100 kB of {name}", _took(text), "limit", HOSTILE_LIMIT, 1.0)
        # A usual plan around it, so that every check has something to compare the strange text with.
        middle = len(plan) // 2
        yield Row(f"the same inside a plan: {name}", _took(plan[:middle] + text + plan[middle:]), "limit", HOSTILE_LIMIT, 1.0)


def _took(text):
    return min(seconds(lambda: _read_and_check(text), clock=time.process_time) for _ in range(2))


def _read_and_check(text):
    source = text_source(text)
    return run(source, read_plan(source, today=TODAY), CheckContext(today=TODAY))
