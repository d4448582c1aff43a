"""Reading the reports of units."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q, QuerySet, Sum

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment
from reports.figures import OUTSIDE
from reports.head_changes import changed_heads
from reports.models import Filing, StudySession, Submission
from reports.places import FIGURES, SESSION_FACTS
from reports.scoring import Facts, rate
from reports.selectors.ground import Ground
from reports.selectors.scoring import facts_for, judge, owed
from units.folding import fold
from units.permissions import Permission
from units.ready_queries import ReadyQuery
from units.selectors.access import Access


def visible_submissions(access: Access) -> QuerySet[Submission]:
    """Reports of the ward for those who read the ward; of the own unit and its children for its people."""
    reach = access.reach(Permission.READ_WARD, prefix="unit__") | access.reach(Permission.REPORT_UNIT, prefix="unit__")
    return Submission.objects.filter(reach)


def visible_filings(access: Access) -> QuerySet[Filing]:
    """What the own unit is typing or has sent; the office sees only what it enters on behalf of a unit."""
    own = access.reach(Permission.REPORT_UNIT, prefix="unit__") & Q(by_office=False)
    office = access.reach(Permission.ENTER_ON_BEHALF, prefix="unit__") & Q(by_office=True)
    return Filing.objects.filter(own | office)


def visible_filing(access: Access, pk: int) -> Filing | None:
    """The one of `visible_filings` with this key, or None."""
    for filing in _filing(pk=pk):
        right = Permission.ENTER_ON_BEHALF if filing.by_office else Permission.REPORT_UNIT
        return filing if access.can(right, filing.unit) else None
    return None


@ReadyQuery
def _filing(pk):
    return Filing.objects.filter(pk=pk).select_related("unit").order_by()


def for_list(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Sent reports, newest first, with what a row shows; the duty and its verdict come by `with_verdicts`."""
    sent = submissions.filter(submitted_at__isnull=False)
    return sent.select_related("unit", "unit__in_charge", "plan", "plan__paper").order_by("-submitted_at", "-pk")


def with_verdicts(submissions: list[Submission]) -> list[Submission]:
    """Put `.verdict` (Verdict or None) and `.present_count` on each row: two queries for the page, whatever its length."""
    pairs = Q(pk__in=[])
    for one in submissions:
        pairs |= Q(plan=one.plan_id, unit=one.unit_id)
    duties = Assignment.objects.filter(pairs, product=Product.REPORT).select_related("duty", "plan")
    by_pair = {(duty.plan_id, duty.unit_id): duty for duty in duties}
    counts = {}
    for pk, present in Submission.objects.filter(pk__in=[one.pk for one in submissions]).values_list("pk", "sessions__present"):
        if present is not None:
            counts[pk] = counts.get(pk, 0) + present
    for one in submissions:
        one.verdict = judge(by_pair.get((one.plan_id, one.unit_id)), one.timed_at)
        one.present_count = None if one.unit.figures_withheld else counts.get(one.pk)
    return submissions


def list_for_file(rows: QuerySet[Submission]) -> list[Submission]:
    """All of `rows` as the workbook shows them, with `.verdict` and `.present_count`: three queries, whatever the length."""
    found = list(rows.annotate(present_sum=Sum("sessions__present")))
    duties = Assignment.objects.filter(plan__in={one.plan_id for one in found}, product=Product.REPORT).select_related("duty", "plan")
    by_pair = {(duty.plan_id, duty.unit_id): duty for duty in duties}
    for one in found:
        one.verdict = judge(by_pair.get((one.plan_id, one.unit_id)), one.timed_at)
        one.present_count = None if one.unit.figures_withheld else one.present_sum
    return found


@dataclass(frozen=True)
class Figures:
    """Head-counts of one report as shown: nothing here is typed."""

    required: int | None
    present: int | None
    excused: int | None
    unexcused: int | None
    rate: Decimal | None
    outside: int | None
    sessions: int

    @property
    def rule(self):
        """ "42 = 37 có mặt + 3 vắng có lý do + 2 vắng không lý do" """
        if None in (self.required, self.present, self.excused, self.unexcused):
            return ""
        return f"{self.required} = {self.present} có mặt + {self.excused} vắng có lý do + {self.unexcused} vắng không lý do"


def outside_counts(session) -> tuple[int | None, ...]:
    """People outside the Party in one session by class, in heads; None where nothing was typed."""
    return session.outside_officials, session.outside_youth, session.outside_members, session.outside_people


def outside_by_class(submission: Submission) -> list[tuple[str, int | None]]:
    """(class in words, heads) of people outside the Party over the sessions, each class apart; none of a closed unit."""
    if submission.unit.figures_withheld:
        return []
    sessions = list(submission.sessions.all())
    found = []
    for name in OUTSIDE:
        known = [count for one in sessions if (count := getattr(one, name)) is not None]
        words = str(StudySession._meta.get_field(name).verbose_name)
        found.append((f"{words[0].upper()}{words[1:]}", sum(known) if known else None))
    return found


def changes_after_scoring(submission: Submission) -> list[tuple[str, str, str]]:
    """(what, was, is) of head-counts the unit changed after it had seen suggested points; none of a closed unit."""
    if submission.unit.figures_withheld:
        return []
    sent = submission.filings.filter(sent_at__isnull=False).order_by("sent_at")
    return [change for filing in sent for change in changed_heads(filing.content)]


def figures_of(submission: Submission) -> Figures:
    """The counts of `submission` over its sessions; none of a unit that keeps its figures to itself (decisions 8), also
    when it had given them before."""
    sessions = list(submission.sessions.all())
    if submission.unit.figures_withheld:
        return Figures(*[None] * 6, sessions=len(sessions))
    present = [one.present for one in sessions if one.present is not None]
    outside = [count for one in sessions for count in outside_counts(one) if count is not None]
    there = sum(present) if present else None
    share = rate(there, submission.required)
    return Figures(
        required=submission.required,
        present=there,
        excused=submission.excused,
        unexcused=submission.unexcused,
        rate=None if share is None else share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP),
        outside=sum(outside) if outside else None,
        sessions=len(sessions),
    )


def facts_of(submission: Submission, ground: Ground | None = None) -> Facts:
    """What scoring asks of a report that is in; `ground`: what was read about it already."""
    held = sorted(submission.sessions.all(), key=lambda one: (one.held_on, one.pk))
    sessions = [{name: getattr(one, name) for name in SESSION_FACTS} for one in held]
    figures = {name: getattr(submission, name) for name in FIGURES}
    return facts_for(
        plan=submission.plan,
        unit=submission.unit,
        sessions=sessions,
        figures=figures,
        received_at=submission.timed_at,
        ground=ground,
    )


def verdict_on(submission: Submission):
    """In time or late, and by how much; None when the unit owed no report."""
    return judge(owed(submission.plan, submission.unit, Product.REPORT), submission.timed_at)


def asked_count(plan_id: int) -> int:
    """How many units the plan asks for a report: the y of "đơn vị thứ x/y"."""
    duties = Assignment.objects.filter(plan=plan_id, product=Product.REPORT)
    return duties.exclude(state__in=[AssignmentState.EXEMPT, AssignmentState.CANCELLED]).count()


def outside_window(submission: Submission, held_on: dt.date) -> str:
    """Why a session is marked: held before the plan was issued or after its study deadline; "" inside the window."""
    plan = submission.plan
    starts = plan.window_starts_on or (plan.paper.dated_on if plan.paper_id else None)
    study = owed(plan, submission.unit, Product.STUDY)
    late = study is not None and study.due_on is not None and held_on > study.due_on
    if starts and held_on < starts:
        return "ngoài thời gian kế hoạch: trước khi có kế hoạch"
    return "ngoài thời gian kế hoạch: sau hạn học" if late else ""


def filter_list(rows: QuerySet[Submission], filters: dict) -> QuerySet[Submission]:
    """The rows that the office's filters leave: text (without tone marks), plan, state, person in charge."""
    if text := filters.get("q"):
        rows = rows.filter(unit__search__contains=fold(text))
    if plan := filters.get("ke_hoach"):
        rows = rows.filter(plan=plan)
    if state := filters.get("trang_thai"):
        rows = rows.filter(state=state)
    if person := filters.get("phu_trach"):
        rows = rows.filter(unit__in_charge=person)
    return rows
