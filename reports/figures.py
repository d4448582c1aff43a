"""Adding up what the units reported: the only place where a total is made.

Totals are sums of counts, never means of percentages. What nobody reported stays None and is printed "chưa có số liệu".
Units whose figures are withheld are in no sum at all, so nothing can be subtracted to find them (decisions 8).
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal

# Counts of one unit that are added up over units. People ("người"), times people were reached ("lượt người") and
# things are three kinds: a sum stays inside one of them.
PEOPLE = (
    "required",
    "present",
    "excused",
    "unexcused",
    "exempt_present",
    "outside_officials",
    "outside_youth",
    "outside_members",
    "outside_people",
    "quiz_taken",
    "quiz_passed",
)
TIMES_REACHED = ("oral_listeners", "online_reach", "group_listeners")
THINGS = (
    "sessions",
    "online_points",
    "opinions",
    "essays_due",
    "essays_handed",
    "essays_done",
    "oral_sessions",
    "broadcast_items",
    "broadcasts",
    "online_posts",
    "visual_items",
    "leaflets",
    "group_meetings",
    "works",
)
COUNTS = PEOPLE + TIMES_REACHED + THINGS


OUTSIDE = ("outside_officials", "outside_youth", "outside_members", "outside_people")
IN_TIME = frozenset({"on_time", "due_day", "excused"})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in one plan, as accepted (or not): a line of the annex. Counts are None when not reported.

    `standing` is "accepted", "sent" (waiting for the office), "returned" (being completed), "missing" or "exempt"; `verdict` is the code of
    campaigns.verdicts and `days_late` whole calendar days. `by_directive`: directive id as text -> members present at
    the sessions that covered it (None: not told), empty when the unit has no session. `timed`: a last day was set.
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
    timed: bool = False
    concrete: bool = False
    own_text: bool = False
    by_directive: dict = field(default_factory=dict)
    note: str = ""

    @property
    def received(self):
        """Whether a report of the unit is here, accepted or still waiting."""
        return self.standing in {"accepted", "sent"}

    @property
    def in_time(self):
        """Whether the report came by its last day, or was let pass (decisions 17 and 18)."""
        return self.received and self.verdict in IN_TIME


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the accepted units of one plan; `asked` is the y and `accepted` the x of "x/y".

    Two rates, never one: completeness is `received` of `asked`, timeliness `in_time` of `timed` (the units with a last
    day). `late` counts reports received after it that nobody let pass.
    """

    asked: int
    studied: int
    accepted: int
    sent: int
    returned: int
    missing: int
    withheld: int
    received: int
    timed: int
    in_time: int
    late: int
    concrete: int
    own_text: int
    appraised: int
    differing: int
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
    scores = [Decimal(points) for row in accepted if (points := counted_points(row)) is not None]
    levels = Counter(row.level for row in accepted if row.level)
    return Totals(
        asked=len(asked),
        studied=sum(row.studied for row in asked),
        accepted=len(accepted),
        sent=sum(row.standing == "sent" for row in rows),
        returned=sum(row.standing == "returned" for row in rows),
        missing=sum(row.standing == "missing" for row in rows),
        withheld=len(accepted) - len(counted),
        received=sum(row.received for row in asked),
        timed=sum(row.timed for row in asked),
        in_time=sum(row.timed and row.in_time for row in asked),
        late=sum(row.received and row.verdict == "late" for row in asked),
        concrete=sum(row.concrete for row in accepted),
        own_text=sum(row.own_text for row in accepted),
        appraised=sum(row.appraised_total is not None for row in accepted),
        differing=sum(_differs(row) for row in accepted),
        counts={name: _sum(row.counts.get(name) for row in counted) for name in COUNTS},
        levels={name: levels[name] for name in (*level_names, *levels) if name in levels},
        score_mean=str(_round(sum(scores) / len(scores))) if scores else None,
        scored=len(scores),
    )


def counted_points(row):
    """The points of a unit that count: the office's, else its own; None while not scored, and 0 is a score."""
    return row.appraised_total if row.appraised_total is not None else row.self_total


def _differs(row):
    """Whether the office's points are not the unit's own."""
    return None not in (row.self_total, row.appraised_total) and Decimal(row.self_total) != Decimal(row.appraised_total)


def by_kind(rows, *, level_names=()):
    """[(kind in words, Totals)] over `rows`, in the order in which the kinds first appear."""
    groups = {}
    for row in rows:
        groups.setdefault(row.kind, []).append(row)
    return [(kind, add_up(group, level_names=level_names)) for kind, group in groups.items()]


def by_directive(rows, directive_ids):
    """{directive id: (units that studied it, members present)} over accepted units, where the directives differ; else {}.

    Directives of one plan share their counts unless a unit studied one of them apart (decisions 5).
    """
    held = [row for row in rows if row.standing == "accepted" and row.by_directive]
    split = {}
    for pk in directive_ids:
        covered = [row for row in held if str(pk) in row.by_directive]
        split[pk] = (len(covered), _sum(row.by_directive[str(pk)] for row in covered if not row.withheld))
    return split if len(set(split.values())) > 1 else {}


def printed_on(entry, directive_id):
    """What one plan of a snapshot says of one directive, as sums: asked, accepted, required, present, withheld.

    Present is that of the directive alone where the plan's directives differ.
    """
    totals = entry["totals"]
    apart = next((one for one in entry.get("split", ()) if one["id"] == directive_id), None)
    present = apart["present"] if apart else totals["counts"]["present"]
    return {
        "asked": totals["asked"],
        "accepted": totals["accepted"],
        "required": None if present is None else totals["counts"]["required"],
        "present": present,
        "withheld": totals["withheld"],
    }


def rate(part, whole):
    """`part` of `whole` in percent with one decimal (Decimal), or None when it cannot be said."""
    if part is None or not whole:
        return None
    return _round(Decimal(part) * 100 / Decimal(whole))


def outside(counts):
    """People outside the Party who took part, in heads; None when nobody reported any."""
    return _sum(counts.get(name) for name in OUTSIDE)


def _sum(values):
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _round(value):
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
