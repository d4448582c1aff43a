"""What scoring asks of the database: the lines of a plan's sheet, and the facts of one unit's report."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone

from campaigns.choices import Product
from campaigns.models import Assignment, Plan
from campaigns.verdicts import rule_of, verdict
from documents.models import Dispatch
from reports.asked import TESTED
from reports.heads import required_heads
from reports.models import Criterion, PinnedRubric
from reports.scoring import Facts
from reports.selectors.ground import Ground
from units.models import Unit

# each channel with the counts that show it was used
CHANNELS = (
    ("oral_sessions",),
    ("broadcast_items", "broadcasts"),
    ("online_posts",),
    ("visual_items",),
    ("leaflets",),
    ("group_meetings",),
)
NOON = dt.time(12)


def pinned_rubric(plan: Plan):
    """The sheet the plan is scored by, or None when it asks for no scores."""
    pin = PinnedRubric.objects.filter(plan=plan).select_related("rubric").first()
    return pin.rubric if pin else None


def criteria_of(rubric) -> list[Criterion]:
    """Lines of a sheet in printed order."""
    return list(Criterion.objects.filter(group__rubric=rubric).select_related("group").order_by("group__position", "position"))


def owed(plan: Plan, unit: Unit, product: str) -> Assignment | None:
    """The study or report duty that `unit` owes for `plan`."""
    found = Assignment.objects.filter(plan=plan, unit=unit, product=product).select_related("duty", "plan")
    return found.order_by("pk").first()


def judge(assignment: Assignment | None, received_at: dt.datetime):
    """The Verdict on something done at `received_at`; a day that was moved is a plain last day."""
    if assignment is None:
        return None
    return verdict(
        due_on=assignment.due_on,
        rule=rule_of(assignment.duty.rule, assignment.extended_at, assignment.original_due_on),
        reading=assignment.plan.deadline_reading,
        received_at=received_at,
        excused=assignment.excused_at is not None,
    )


def lines_over(plans) -> list[Criterion]:
    """Lines of every sheet that `plans` are scored by (nearly always one sheet), in printed order."""
    rubrics = PinnedRubric.objects.filter(plan__in=list(plans)).values("rubric")
    return list(Criterion.objects.filter(group__rubric__in=rubrics).order_by("group__rubric", "group__position", "position"))


def facts_over(*, plans: Iterable[Plan], **about) -> Facts:
    """Facts of what a unit reports together for `plans` (`about`: of facts_for): of what differs between plans, the worse,
    so that nothing is promised."""
    facts = [facts_for(plan=plan, **about) for plan in plans]
    return replace(
        facts[0],
        days_late=_worst(one.days_late for one in facts),
        days_after_window=_worst(one.days_after_window for one in facts),
        essay_required=any(one.essay_required for one in facts),
    )


def _worst(days):
    known = [one for one in days if one is not None]
    return max(known) if known else None


def facts_for(
    *, plan: Plan, unit: Unit, sessions: list[dict], figures: dict, received_at: dt.datetime, ground: Ground | None = None
) -> Facts:
    """Facts of a report: `sessions` are dicts of StudySession fields, `figures` of Submission fields.

    `received_at`: the moment of this sending; one that the office asked for again is in time by its first.
    `ground`: what was read about the unit and its plans already.
    """
    ground = ground or Ground(unit, [plan])
    received_at = ground.first_receipt(plan) or received_at
    main = sessions[0] if sessions else {}
    due, done = _tested(figures)
    return Facts(
        unit_kind=unit.kind,
        documents_before=_documents_before(ground.dispatch(plan), main.get("held_on")),
        head_speaks=main.get("head_speaks"),
        days_after_window=_days_after_window(ground.duty(plan, Product.STUDY), sessions),
        form=str(main.get("form", "")),
        minutes=main.get("minutes"),
        minutes_kept=main.get("minutes_kept"),
        required=required_of(figures),
        present=sum_of(sessions, "present"),
        unexcused=figures.get("unexcused"),
        speakers=sum_of([one for one in sessions if one.get("present_again") is None], "speakers"),
        essay_required=bool(ground.asked[plan.pk] & TESTED),
        essays_due=due,
        essays_done=done,
        concrete_work=bool(figures.get("works")),
        own_resolution=bool(figures.get("own_resolution")),
        propaganda_channels=sum(any(figures.get(name) for name in names) for names in CHANNELS),
        opinions=bool(figures.get("opinions") or figures.get("proposals")),
        days_late=_days(judge(ground.duty(plan, Product.REPORT), received_at)),
    )


def _tested(figures: dict) -> tuple[int | None, int | None]:
    """How many had to show what they learned and how many did: essays, or the quiz where there were none."""
    if figures.get("essays_due") is not None:
        return figures["essays_due"], figures.get("essays_done")
    return figures.get("quiz_taken"), figures.get("quiz_passed")


def required_of(figures: dict) -> int | None:
    """Số phải dự of typed figures; None until the members are given."""
    return required_heads(*(figures.get(name) for name in ("members", "exempt", "away", "received")))


def sum_of(sessions: list[dict], name: str) -> int | None:
    """Sum of one count over sessions; None when no session gives it."""
    known = [session[name] for session in sessions if session.get(name) is not None]
    return sum(known) if known else None


def _days(judged) -> int | None:
    if judged is None or judged.kind == "no_day":
        return None
    return judged.days if judged.kind == "late" else 0


def _days_after_window(study: Assignment | None, sessions: list[dict]) -> int | None:
    days = [session["held_on"] for session in sessions if session.get("held_on")]
    if not days or study is None:
        return None
    noon = timezone.make_aware(dt.datetime.combine(min(days), NOON))
    return _days(judge(study, noon))


def _documents_before(line: Dispatch | None, held_on: dt.date | None) -> bool | None:
    if line is None or held_on is None:
        return None
    moment = line.first_opened_at or line.received_at or line.sent_at
    return None if moment is None else timezone.localdate(moment) <= held_on
