"""Outlines and forms of all units put together: one table per biểu with a source column, one page per heading."""

from dataclasses import dataclass, field

from campaigns.choices import AssignmentState, ColumnKind, Product
from campaigns.models import Assignment, Plan
from reports.cells import number_text, shown_cell
from reports.choices import SubmissionState
from reports.models import FormAnswer, OutlineAnswer, Submission
from reports.outline import FormPart, HeadingPart, SectionPart, total_of
from reports.selectors.body_outlines import bodies_done, bodies_reporting
from reports.selectors.outline import parts_of, plans_asking
from reports.selectors.prefill import document_rows, known_documents
from units.choices import UnitKind
from units.folding import fold
from units.permissions import Permission
from units.selectors.access import Access

REGISTER = "Sổ văn bản"
MOST_NAMED = 3  # leads of one step that are named; more are counted


@dataclass
class MergedRow:
    """One row of a merged biểu: its cells as values, and everybody who wrote it."""

    cells: dict[str, str]
    sources: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def source(self):
        """ "Chi bộ 1; Chi bộ 2" """
        return "; ".join(self.sources)


@dataclass
class MergedForm:
    """One biểu over all units: groups in printed order, each with its rows."""

    part: FormPart
    groups: list[tuple[str, list[MergedRow]]]

    @property
    def count(self):
        """How many rows there are in all."""
        return sum(len(rows) for _, rows in self.groups)

    @property
    def totals(self):
        """Column id -> sum, of the columns that hold numbers and where a number was given; {} when there is none."""
        rows = [row for _, rows in self.groups for row in rows]
        found = {
            one.key: total_of(row.cells.get(one.key, "") for row in rows)
            for one in self.part.columns
            if one.kind == ColumnKind.NUMBER
        }
        return {key: value for key, value in found.items() if value is not None}

    def lines(self):
        """(group name, [(cells in words, source)]); the order starts again in each group."""
        return [
            (name, [(self.words(row, number), row.source) for number, row in enumerate(rows, 1)])
            for name, rows in self.groups
            if rows
        ]

    def words(self, row, number):
        """The cells of one row as the office writes them."""
        return [
            str(number) if one.kind == ColumnKind.ORDER else shown_cell(one.kind, row.cells.get(one.key, ""))
            for one in self.part.columns
        ]

    def total_words(self):
        """The cells of the last row, "Cộng" in the first that holds no number; [] without numbers."""
        if not (totals := self.totals):
            return []
        words = [shown_cell(ColumnKind.NUMBER, number_text(totals[one.key])) if one.key in totals else "" for one in self.part.columns]
        place = next((place for place, one in enumerate(self.part.columns) if one.key not in totals and one.kind != ColumnKind.ORDER), None)
        if place is not None:
            words[place] = "Cộng"
        return words


@dataclass(frozen=True)
class Said:
    """What one unit wrote under one heading."""

    unit: str
    submission_id: int
    text: str


@dataclass
class Coverage:
    """How many of the units asked are in the tables: missing ones are told, never counted as nothing."""

    asked: int
    counted: int
    waiting: int
    missing: list
    bodies: int  # in the tables, beside the units
    bodies_missing: list  # of which the plan asks a report of their own
    bodies_apart: list  # whose own report is done, but came as a paper: it stands in no table


@dataclass(frozen=True)
class Stage:
    """One dated step of the plan: who has to be ready, by which printed phrase, and how many are."""

    who: str
    what: str
    phrase: str
    last_day: object
    done: int
    owed: int


def visible_plans_asking(access: Access):
    """Issued plans of the ward that ask for an outline or forms, the newest first."""
    plans = Plan.objects.filter(access.reach(Permission.READ_WARD, prefix="ward__"), paper__isnull=False)
    asking = plans_asking(list(plans.values_list("pk", flat=True)))
    return plans.filter(pk__in=asking).select_related("paper", "ward").order_by("-issued_at", "-pk")


def counted_submissions(plan: Plan, *, waiting: bool) -> list[Submission]:
    """Reports that are put together, in the ward's order of units: those taken in, with `waiting` those sent as well."""
    states = {*SubmissionState.COUNTED, SubmissionState.SUBMITTED} if waiting else SubmissionState.COUNTED
    found = Submission.objects.filter(plan=plan, state__in=states).select_related("unit")
    return list(found.order_by("unit__sort_key", "unit_id"))


def coverage_of(plan: Plan, submissions: list[Submission]) -> Coverage:
    """Who was asked, who is in, who is not: one query for the duties of units, one for those of bodies, one for reports."""
    owed = Assignment.objects.filter(plan=plan, product=Product.REPORT).exclude(
        state__in=[AssignmentState.EXEMPT, AssignmentState.CANCELLED]
    )
    units = [one.unit for one in owed.select_related("unit").order_by("unit__sort_key", "unit_id")]
    states = dict(Submission.objects.filter(plan=plan).values_list("unit", "state"))
    counted = {one.unit_id for one in submissions}
    bodies, done = bodies_reporting(plan), bodies_done(plan)
    waiting = sum(state == SubmissionState.SUBMITTED for state in states.values())
    unsent = {None, SubmissionState.DRAFT, SubmissionState.RETURNED}
    return Coverage(
        asked=len(units),
        counted=sum(unit.pk in counted for unit in units),
        waiting=waiting,
        missing=[unit for unit in units if states.get(unit.pk) in unsent],
        bodies=sum(one.unit.kind == UnitKind.BODY for one in submissions),
        bodies_missing=[body for body in bodies if states.get(body.pk) in unsent and body.pk not in done],
        bodies_apart=[body for body in bodies if states.get(body.pk) in unsent and body.pk in done],
    )


def merged_forms(plan: Plan, submissions: list[Submission]) -> list[MergedForm]:
    """Every biểu of the plan with the rows of all `submissions`: a constant number of queries."""
    parts = [one for one in parts_of(plan) if isinstance(one, FormPart)]
    answers = FormAnswer.objects.filter(submission__in=submissions).order_by("form", "group", "position", "pk")
    by_place: dict[tuple[int, int, int], list[FormAnswer]] = {}
    for one in answers:
        by_place.setdefault((one.form_id, one.group, one.submission_id), []).append(one)
    documents = known_documents(plan) if any(one.lists_documents for one in parts) else []
    return [MergedForm(part, _groups(part, submissions, by_place, documents)) for part in parts]


def texts_of(plan: Plan, submissions: list[Submission], heading: HeadingPart) -> list[Said]:
    """What the units wrote under one heading, in the ward's order; units that wrote nothing are left out."""
    texts = dict(OutlineAnswer.objects.filter(submission__in=submissions, heading=heading.pk).values_list("submission", "text"))
    return [Said(one.unit.short_name, one.pk, texts[one.pk]) for one in submissions if one.pk in texts]


def outline_counts(plan: Plan, submissions: list[Submission]) -> list[tuple[SectionPart, list[tuple[HeadingPart, int]]]]:
    """Each section with its headings and how many units wrote under them."""
    counts: dict[int, int] = {}
    for heading in OutlineAnswer.objects.filter(submission__in=submissions).values_list("heading", flat=True):
        counts[heading] = counts.get(heading, 0) + 1
    parts = [one for one in parts_of(plan) if isinstance(one, SectionPart)]
    return [(part, [(one, counts.get(one.pk, 0)) for one in part.headings]) for part in parts]


def heading_of(plan: Plan, pk: int) -> HeadingPart | None:
    """The heading of the plan with this id that asks for words."""
    sections = [one for one in parts_of(plan) if isinstance(one, SectionPart)]
    return next((one for part in sections for one in part.asking if one.pk == pk), None)


def stages_of(plan: Plan) -> list[Stage]:
    """The dated steps of a staged deadline in order: units, then the compiled report, then the report upward.

    Units that are asked the same by the same day, each in a clause of its own, are one step.
    """
    duties = plan.duties.printed().filter(last_day__isnull=False, product__in=[Product.REPORT, Product.DOCUMENT])
    steps: dict[tuple, list] = {}
    for duty in duties.prefetch_related("assignments").order_by("last_day", "position", "pk"):
        steps.setdefault((duty.last_day, duty.text, duty.deadline_phrase), []).append(duty)
    return [_stage(*step, same) for step, same in steps.items()]


def _stage(last_day, text, phrase, duties):
    let_off = {AssignmentState.EXEMPT, AssignmentState.CANCELLED}
    owed = [one for duty in duties for one in duty.assignments.all() if one.state not in let_off]
    done = sum(one.state in AssignmentState.SETTLED for one in owed)
    who = f"{len(duties)} đơn vị" if len(duties) > MOST_NAMED else "; ".join(duty.lead_text for duty in duties)
    return Stage(who, text, phrase, last_day, done, len(owed))


def _groups(part, submissions, by_place, documents):
    groups = []
    known = document_rows(part, documents) if part.lists_documents else []
    for group, name in enumerate(part.groups):
        rows: list[MergedRow] = []
        seen: dict[tuple, MergedRow] = {}
        for row in known:
            if row["g"] == group:
                _take(part, rows, seen, _values(part, row["c"]), REGISTER, "")
        for submission in submissions:
            for answer in by_place.get((part.pk, group, submission.pk), []):
                _take(part, rows, seen, answer.cells, submission.unit.short_name, submission.unit.code)
        groups.append((name, rows))
    return groups


def _values(part, cells):
    return {one.key: part.read(one, cells[one.key]) for one in part.asking if cells.get(one.key)}


def _take(part, rows, seen, cells, source, code):
    """Put one row in; one that says the same as another joins it, unless it counts something: two units, two counts."""
    key = tuple(fold(cells.get(one.key, "")) for one in part.asking)
    row = None if part.counts else seen.get(key)
    if row is None:
        row = MergedRow(cells)
        rows.append(row)
        seen[key] = row
    if source not in row.sources:
        row.sources.append(source)
        row.codes.append(code)
