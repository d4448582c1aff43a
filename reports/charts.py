"""Pictures of figures as lengths and points: pure arithmetic, drawn by templates as SVG attributes alone.

Drawing units are those of the viewBox. Numbers go out as strings with a point: the Vietnamese comma would break the drawing.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BASE = 60, 616, 30, 186
BANDS = (
    (0, 50, "dưới 50"),
    (50, 60, "50–59,9"),
    (60, 70, "60–69,9"),
    (70, 80, "70–79,9"),
    (80, 90, "80–89,9"),
    (90, 101, "90–100"),
)
_TICKS = (0, 25, 50, 75, 100)
_MOST_DAY_LABELS = 6


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of the curve: units received on it, all received until then, their share of the asked in per cent."""

    day: dt.date
    count: int
    total: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at a place: x and y in drawing units, the words; `side` keeps words near an edge inside the drawing."""

    x: str
    y: str
    text: str
    side: str = "middle"


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve of receipts: the stepped line, the last point, the day of the deadline (None: no day), labels of both axes."""

    line: str
    end: Mark
    due: Mark | None
    days: tuple[Mark, ...]
    ticks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One band of points: how many units' own scores and how many appraised ones fall into it, and their columns."""

    label: str
    own: int
    appraised: int
    x_own: str
    y_own: str
    h_own: str
    x_appraised: str
    y_appraised: str
    h_appraised: str
    middle: str


def day_counts(days, *, asked):
    """DayCount per day on which something came, from `days` (dates, one per unit); nothing asked, nothing to show."""
    if not asked:
        return []
    found, total = [], 0
    for day, count in sorted(Counter(days).items()):
        total += count
        found.append(DayCount(day=day, count=count, total=total, percent=_tenth(Decimal(total) * 100 / asked)))
    return found


def curve(counts, *, due_on, until):
    """The Curve of `counts` (DayCount) up to the day `until`; None while nothing has come."""
    if not counts:
        return None
    first = min(counts[0].day, due_on or counts[0].day) - dt.timedelta(days=1)
    last = max(until, counts[-1].day, due_on or until)
    span = max((last - first).days, 1)

    def x(day):
        return LEFT + (RIGHT - LEFT) * (day - first).days / span

    line, height = [f"{_text(x(first))},{_text(_level(0))}"], Decimal(0)
    for one in counts:
        line += [f"{_text(x(one.day))},{_text(_level(height))}", f"{_text(x(one.day))},{_text(_level(one.percent))}"]
        height = one.percent
    line.append(f"{_text(x(max(until, counts[-1].day)))},{_text(_level(height))}")
    end = Mark(x=_text(x(counts[-1].day)), y=_text(_level(height)), text=f"{height}".replace(".", ","))
    due = Mark(x=_text(x(due_on)), y=_text(TOP), text=_short(due_on), side=_side(x(due_on))) if due_on else None
    ticks = tuple(Mark(x=_text(LEFT - 6), y=_text(_level(tick)), text=str(tick)) for tick in _TICKS)
    return Curve(line=" ".join(line), end=end, due=due, days=_day_marks(first, span, x), ticks=ticks)


def bands(own, appraised):
    """Band per range of points over the scores given by the units and by the office (numbers, points of 100)."""
    counted = [(label, _within(own, low, high), _within(appraised, low, high)) for low, high, label in BANDS]
    top = max((max(mine, theirs) for _label, mine, theirs in counted), default=0) or 1
    step = (RIGHT - LEFT) / len(BANDS)
    return [
        _band(label, mine, theirs, LEFT + step * index, step, top)
        for index, (label, mine, theirs) in enumerate(counted)
    ]


def _band(label, own, appraised, left, step, top):
    tall_own, tall_appraised = ((BASE - TOP - 16) * count / top for count in (own, appraised))
    middle = left + step / 2
    return Band(
        label=label,
        own=own,
        appraised=appraised,
        x_own=_text(middle - 30),
        y_own=_text(BASE - tall_own),
        h_own=_text(tall_own),
        x_appraised=_text(middle + 2),
        y_appraised=_text(BASE - tall_appraised),
        h_appraised=_text(tall_appraised),
        middle=_text(middle),
    )


def _day_marks(first, span, x):
    step = max(-(-span // _MOST_DAY_LABELS), 1)
    days = [first + dt.timedelta(days=offset) for offset in range(0, span + 1, step)]
    return tuple(Mark(x=_text(x(day)), y=_text(BASE + 20), text=_short(day)) for day in days)


def _side(x):
    if x > RIGHT - 60:
        return "end"
    return "start" if x < LEFT + 60 else "middle"


def _within(scores, low, high):
    return sum(low <= score < high for score in scores)


def _level(percent):
    return BASE - (BASE - TOP) * float(percent) / 100


def _short(day):
    return f"{day.day:02d}/{day.month}"


def _tenth(value):
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _text(number):
    return f"{number:.1f}"
