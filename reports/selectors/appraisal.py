"""The appraiser's list of one plan: who waits, in which order, and what may be worth a look."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from campaigns.models import Plan
from reports.choices import SubmissionState
from reports.hints import Reported, hints_for
from reports.models import Criterion, Score, Submission
from reports.places import label_of

TEXTS = ("concrete_work", "strengths", "limits", "causes", "opinions", "proposals", "good_models")


def to_appraise(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Reports taken in that carry a self-score, in the order of the units' list."""
    scored = submissions.filter(state__in=SubmissionState.COUNTED, self_total__isnull=False)
    return scored.select_related("unit", "plan", "plan__paper").order_by("unit__sort_key", "unit_id", "pk")


def appraised_plans(submissions: QuerySet[Submission]) -> QuerySet[Plan]:
    """Plans with something to appraise, the one with the most waiting first; `.waiting` says how many."""
    waiting = Count(
        "submissions", filter=Q(submissions__state=SubmissionState.ACCEPTED, submissions__self_total__isnull=False)
    )
    plans = Plan.objects.filter(pk__in=to_appraise(submissions).order_by().values("plan"))
    return plans.select_related("paper").annotate(waiting=waiting).order_by("-waiting", "-pk")


def rows_of(submissions: QuerySet[Submission]) -> list[Submission]:
    """The rows of the list with `.differing` (lines where the unit left the suggestion) and `.hints`; few queries whatever the length."""
    rows = list(to_appraise(submissions))
    differing = Score.objects.filter(submission__in=rows, suggested__isnull=False).exclude(suggested=F("self_points"))
    counts = dict(differing.order_by().values_list("submission").annotate(count=Count("pk")))
    hints = hints_of({one.plan_id for one in rows})
    for one in rows:
        one.differing = counts.get(one.pk, 0)
        one.hints = hints.get(one.pk, [])
    return rows


def hints_of(plan_ids: set[int]) -> dict[int, list[str]]:
    """{Submission id: sentences} over everything taken in for these plans: units are compared within one plan."""
    found = {}
    for plan_id in plan_ids:
        rows = list(to_appraise(Submission.objects.filter(plan=plan_id)))
        attended = _attendance({one.unit_id for one in rows})
        scale = _scale(plan_id)
        found |= hints_for([_reported(one, scale, attended.get(one.unit_id, {})) for one in rows])
    return found


def _reported(one: Submission, scale, attended: dict) -> Reported:
    present, required = attended.get(one.pk, (None, None))
    return Reported(
        pk=one.pk,
        unit_id=one.unit_id,
        unit=one.unit.short_name,
        texts={label_of(name): text for name in TEXTS if (text := getattr(one, name))},
        points=one.self_total,
        scale=scale,
        present=present,
        required=required,
        earlier=tuple(counts for pk, counts in attended.items() if pk != one.pk),
    )


def _scale(plan_id: int):
    lines = Criterion.objects.filter(group__rubric__pins__plan=plan_id)
    return lines.aggregate(scale=Sum("max_points"))["scale"] or 0


def _attendance(unit_ids: set[int]) -> dict[int, dict[int, tuple[int, int]]]:
    """{unit: {Submission id: (present, required)}} of what was taken in from units that give their head-counts."""
    sent = Submission.objects.filter(unit__in=unit_ids, state__in=SubmissionState.COUNTED).exclude(
        unit__figures_withheld=True
    )
    found = defaultdict(dict)
    for one in sent.annotate(present=Sum("sessions__present")).order_by("pk"):
        if one.present is not None and one.required:
            found[one.unit_id][one.pk] = (one.present, one.required)
    return found


@dataclass(frozen=True)
class Place:
    """Where one report stands in the appraiser's list: the n-th of `count`, its neighbours, the next that still waits."""

    number: int
    count: int
    waiting: int
    before: int | None
    after: int | None
    next_waiting: int | None


def place_of(submission: Submission, queue: QuerySet[Submission]) -> Place:
    """The Place of `submission` in `queue`; the next waiting one is looked for below it first, then from the top."""
    rows = list(to_appraise(queue).values_list("pk", "state"))
    pks = [pk for pk, _ in rows]
    here = pks.index(submission.pk) if submission.pk in pks else len(pks)
    turned = rows[here + 1 :] + rows[:here]
    waiting = [pk for pk, state in turned if state == SubmissionState.ACCEPTED]
    return Place(
        number=here + 1,
        count=len(pks),
        waiting=len(waiting) + (submission.state == SubmissionState.ACCEPTED),
        before=pks[here - 1] if here > 0 else None,
        after=pks[here + 1] if here + 1 < len(pks) else None,
        next_waiting=waiting[0] if waiting else None,
    )


def differences(submissions: list[Submission]) -> dict[int, list[Score]]:
    """{Submission id: lines where the office differs from the unit}, for what has been appraised."""
    done = [one.pk for one in submissions if one.state == SubmissionState.APPRAISED]
    lines = Score.objects.filter(submission__in=done).exclude(appraised_points=F("self_points"))
    found = defaultdict(list)
    for score in lines.select_related("criterion").order_by("criterion__group__position", "criterion__position"):
        if score.appraised_points != score.self_points:
            found[score.submission_id].append(score)
    return found
