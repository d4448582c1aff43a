"""The year of a unit over all plans: scores, punctuality, rounds; and whether the log tells the same.

Plan 000 makes the results a yardstick of the year's rating, so the sheet must be one that anybody can work out again: the
times and rounds from the audit trail, the unit's own score from the frozen copy of what it sent.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment
from campaigns.verdicts import Verdict
from documents.dates import short
from reports.figures import rate
from reports.models import Submission, SubmissionRevision
from reports.selectors.scoring import judge
from reports.wording import joined
from units.models import AuditEvent, Unit
from units.permissions import Permission
from units.selectors.units import as_called


@dataclass(frozen=True, slots=True)
class YearLine:
    """One plan of the year of one unit; None is "chưa có số liệu". `rounds`: how often the report came back for completion."""

    plan_id: int
    plan: str
    studied: str
    due_on: dt.date | None
    exempt: bool
    submission_id: int | None = None
    sent_at: dt.datetime | None = None
    verdict: Verdict | None = None
    rounds: int = 0
    required: int | None = None
    present: int | None = None
    self_total: Decimal | None = None
    appraised_total: Decimal | None = None
    level: str = ""
    exempt_until: dt.date | None = None

    @property
    def percent(self):
        return rate(self.present, self.required)

    @property
    def points(self):
        """The points that count: the office's, else the unit's own."""
        return self.self_total if self.appraised_total is None else self.appraised_total


@dataclass(frozen=True, slots=True)
class UnitYear:
    """All plans of one year of one unit, the oldest first."""

    unit: Unit
    year: int
    lines: tuple[YearLine, ...]

    @property
    def asked(self):
        return sum(not line.exempt for line in self.lines)

    @property
    def sent(self):
        return sum(line.sent_at is not None and not line.exempt for line in self.lines)

    @property
    def judged(self):
        """Reports sent for which there was a last day."""
        return [line.verdict for line in self.lines if line.verdict and line.verdict.kind != "no_day" and not line.exempt]

    @property
    def in_time(self):
        return sum(verdict.on_time for verdict in self.judged)

    @property
    def rounds(self):
        return sum(line.rounds for line in self.lines)

    @property
    def scored(self):
        return sum(line.points is not None for line in self.lines)

    @property
    def mean(self):
        """The mean of the points over the plans that were scored, one decimal; None while there is none."""
        known = [line.points for line in self.lines if line.points is not None]
        return (sum(known) / len(known)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) if known else None


def visible_units(access):
    """Units whose year this person may see: all of the ward for those who read it, the own unit for its people."""
    reach = access.reach(Permission.READ_WARD) | access.reach(Permission.REPORT_UNIT)
    return Unit.objects.filter(reach)


def years_of(units):
    """Years in which plans asked something of `units`, the newest first."""
    days = Assignment.objects.filter(unit__in=units, product=Product.REPORT).values_list(
        "plan__paper__dated_on__year", flat=True
    )
    return sorted({year for year in days.order_by().distinct() if year}, reverse=True)


def unit_years(units, year, *, on):
    """A UnitYear for each of `units` that a plan of `year` asked to report, in their order: a constant number of queries.

    A sheet of a year that is over keeps the names of its last day, whatever the units are called since; that of the
    running year bears the names of today (`on`), not those that a paper gives from a later day.
    """
    units = as_called(units, on=min(dt.date(year, 12, 31), on))
    owed = (
        Assignment.objects.filter(unit__in=units, product=Product.REPORT, plan__paper__dated_on__year=year)
        .exclude(state=AssignmentState.CANCELLED)
        .select_related("plan__paper", "duty")
        .prefetch_related("plan__directive_links__directive")
        .order_by("plan__paper__dated_on", "plan_id")
    )
    sent = Submission.objects.filter(unit__in=units, plan__paper__dated_on__year=year, submitted_at__isnull=False)
    submissions = {(one.plan_id, one.unit_id): one for one in sent.prefetch_related("sessions")}
    lines = defaultdict(list)
    withheld = {unit.pk for unit in units if unit.figures_withheld}
    for duty in owed:
        submission = submissions.get((duty.plan_id, duty.unit_id))
        lines[duty.unit_id].append(_line(duty, submission, hidden=duty.unit_id in withheld))
    return [UnitYear(unit, year, tuple(lines[unit.pk])) for unit in units if unit.pk in lines]


def _line(duty, submission, *, hidden):
    plan = duty.plan
    names = joined(link.directive.short_form for link in plan.directive_links.all())
    exempt = duty.state == AssignmentState.EXEMPT
    base = (plan.pk, plan.paper.number_text, names, duty.due_on, exempt)
    if submission is None:
        return YearLine(*base, exempt_until=duty.exempted_until)
    known = [one.present for one in submission.sessions.all() if one.present is not None]
    return YearLine(
        *base,
        submission_id=submission.pk,
        sent_at=submission.timed_at,
        verdict=judge(duty, submission.timed_at),
        rounds=submission.return_rounds,
        required=None if hidden else submission.required,
        present=None if hidden or not known else sum(known),
        self_total=submission.self_total,
        appraised_total=submission.appraised_total,
        level=submission.appraised_level or submission.self_level,
        exempt_until=duty.exempted_until,
    )


def log_differences(unit_year):
    """Sentences that say where the sheet and the log part: time of the first sending, rounds, the unit's own score; [] if they agree."""
    ids = [line.submission_id for line in unit_year.lines if line.submission_id]
    sent, rounds = _from_log(ids)
    frozen = {}
    for submission_id, content in (
        SubmissionRevision.objects.filter(submission__in=ids)
        .order_by("revision")
        .values_list("submission_id", "content")
    ):
        frozen[submission_id] = content.get("total")
    found = []
    for line in unit_year.lines:
        if line.submission_id is None:
            continue
        if sent.get(line.submission_id) != line.sent_at:
            found.append(f"{line.plan}: giờ nộp trên bảng không có trong nhật ký.")
        if rounds[line.submission_id] != line.rounds:
            found.append(f"{line.plan}: bảng ghi {line.rounds} lần bổ sung, nhật ký ghi {rounds[line.submission_id]}.")
        own = None if line.self_total is None else str(line.self_total)
        if frozen.get(line.submission_id) != own:
            found.append(f"{line.plan}: điểm tự chấm khác bản đã nộp được lưu.")
    return found


def _from_log(ids):
    """({submission id: first sending}, {submission id: times returned}), from the audit trail alone."""
    events = AuditEvent.objects.filter(
        object_type=Submission._meta.label_lower,
        object_id__in=[str(pk) for pk in ids],
        verb__in=["submission.submit", "submission.return"],
    )
    sent, rounds = {}, defaultdict(int)
    for object_id, verb, at in events.order_by("pk").values_list("object_id", "verb", "at"):
        if verb == "submission.submit":
            sent.setdefault(int(object_id), at)
        else:
            rounds[int(object_id)] += 1
    return sent, rounds


def due_words(line):
    """The day of the sheet: "04/6/2026", "được miễn" or "không định hạn"."""
    if line.exempt:
        return f"được miễn đến {short(line.exempt_until)}" if line.exempt_until else "được miễn"
    return short(line.due_on) if line.due_on else "không định hạn"
