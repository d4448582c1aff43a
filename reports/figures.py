"""Adding up what the units reported: the only place where a total is made.

Totals are sums of counts, never means of percentages. What nobody reported stays None and is printed "chưa có số liệu".
Units whose figures are withheld are in no sum at all, so nothing can be subtracted to find them (decisions 8).
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal

# counts of one unit that are added up over units; heads first, then "lượt" and pieces, never mixed in one sum
COUNTS = (
    "required",
    "present",
    "excused",
    "unexcused",
    "exempt_present",
    "outside_officials",
    "outside_youth",
    "outside_members",
    "outside_people",
    "sessions",
    "opinions",
    "essays_due",
    "essays_done",
    "oral_sessions",
    "oral_listeners",
    "broadcasts",
    "online_posts",
    "visual_items",
    "leaflets",
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in one plan, as accepted (or not): a line of the annex. Counts are None when not reported.

    `standing` is "accepted", "sent" (waiting for the office), "missing" or "exempt"; `verdict` is the code of
    campaigns.verdicts and `days_late` whole calendar days.
    """

    unit_id: int
    submission_id: int | None
    code: str
    name: str
    kind: str
    standing: str
    studied: bool = False
    withheld: bool = False
    forms: tuple[str, ...] = ()
    counts: dict = field(default_factory=dict)
    self_total: str | None = None
    appraised_total: str | None = None
    level: str = ""
    received_on: str | None = None
    verdict: str = ""
    days_late: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the accepted units of one plan; `asked` is the y and `accepted` the x of "x/y"."""

    asked: int
    studied: int
    accepted: int
    sent: int
    missing: int
    withheld: int
    late: int
    counts: dict
    levels: dict
    score_mean: str | None
    scored: int

    def as_json(self):
        return asdict(self)


def add_up(rows, *, level_names=()):
    """Totals over `rows` (UnitRow of one plan); levels in the order of `level_names`, the best first."""
    accepted = [row for row in rows if row.standing == "accepted"]
    counted = [row for row in accepted if not row.withheld]
    asked = [row for row in rows if row.standing != "exempt"]
    scores = [Decimal(row.appraised_total or row.self_total) for row in accepted if row.appraised_total or row.self_total]
    levels = Counter(row.level for row in accepted if row.level)
    return Totals(
        asked=len(asked),
        studied=sum(row.studied for row in asked),
        accepted=len(accepted),
        sent=sum(row.standing == "sent" for row in rows),
        missing=sum(row.standing == "missing" for row in rows),
        withheld=len(accepted) - len(counted),
        late=sum(row.days_late > 0 for row in accepted),
        counts={name: _sum(row.counts.get(name) for row in counted) for name in COUNTS},
        levels={name: levels[name] for name in (*level_names, *levels) if name in levels},
        score_mean=str(_round(sum(scores) / len(scores))) if scores else None,
        scored=len(scores),
    )


def rate(part, whole):
    """`part` of `whole` in percent with one decimal (Decimal), or None when it cannot be said."""
    if part is None or not whole:
        return None
    return _round(Decimal(part) * 100 / Decimal(whole))


def outside(counts):
    """People outside the Party who took part, in heads; None when nobody reported any."""
    return _sum(counts.get(name) for name in ("outside_officials", "outside_youth", "outside_members", "outside_people"))


def _sum(values):
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _round(value):
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
