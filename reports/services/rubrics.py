"""Score sheets: the one that ships with the program, and the version a plan is scored by."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from campaigns.models import Plan
from reports import rubric_default as default
from reports.models import Criterion, PinnedRubric, Rubric, RubricGroup, RubricLevel
from reports.selectors.rubrics import rubric_in_force
from units.models import User
from units.services.audit import record_event


@transaction.atomic
def load_default_rubric() -> Rubric:
    """The program's default sheet (ward null), made once; calling again gives the same one."""
    rubric = Rubric.objects.filter(ward=None, code=default.CODE, version=default.VERSION).first()
    if rubric is not None:
        return rubric
    rubric = Rubric.objects.create(
        code=default.CODE,
        version=default.VERSION,
        name=default.NAME,
        effective_from=dt.date.fromisoformat(default.EFFECTIVE_FROM),
    )
    for place, group in enumerate(default.GROUPS):
        _add_group(rubric, place, group)
    for place, level in enumerate(default.LEVELS):
        RubricLevel.objects.create(rubric=rubric, position=place, **level)
    record_event(by=None, verb="rubric.load", target=rubric)
    return rubric


def _add_group(rubric: Rubric, place: int, data: dict) -> None:
    group = RubricGroup.objects.create(rubric=rubric, position=place, code=data["code"], name=data["name"])
    Criterion.objects.bulk_create(
        Criterion(
            group=group,
            position=number,
            code=code,
            text=text,
            max_points=Decimal(points),
            suggestion=source,
            bands=bands,
            needs_essay=source == "essays_done",
        )
        for number, (code, text, points, source, bands) in enumerate(data["criteria"])
    )


@transaction.atomic
def pin_rubric(*, plan: Plan, by: User) -> PinnedRubric | None:
    """Fix the sheet in force today as the one `plan` is scored by; called when the plan is issued.

    A plan that asks for no scores gets none. Calling again keeps the first pin: a later sheet never alters an old score.
    """
    if not plan.scored:
        return None
    rubric = rubric_in_force(ward=plan.ward, on=timezone.localdate(plan.issued_at)) or load_default_rubric()
    pin, made = PinnedRubric.objects.get_or_create(plan=plan, defaults={"rubric": rubric})
    if made:
        details = {"rubric": str(rubric)}
        record_event(by=by, verb="plan.pin_rubric", target=plan, ward=plan.ward, details=details, at=plan.issued_at)
    return pin
