"""One conditional update for every move of a plan; the moves allowed are in choices.PlanState.MOVES."""

import datetime as dt

from django.core.exceptions import ValidationError

from campaigns.choices import PlanState
from campaigns.models import Plan
from units.models import User
from units.services.audit import record_event

CHANGED_MEANWHILE = "Kế hoạch đã được người khác sửa hoặc chuyển bước. Chưa có gì thay đổi; đồng chí tải lại trang để xem."


def move_plan(plan: Plan, *, to: str, by: User, now: dt.datetime, verb: str, sources=None, only=None, **values) -> Plan:
    """Move `plan` to the state `to` if it stands in one of `sources` (default: those that MOVES allows).

    `only` are further conditions, `values` the fields written with the move. Raises ValidationError "changed" when
    somebody was faster. Writes the audit event and returns the plan as it now is.
    """
    sources = sources or [state for state, targets in PlanState.MOVES.items() if to in targets]
    moved = Plan.objects.filter(pk=plan.pk, state__in=sources, **(only or {})).update(state=to, **values)
    if not moved:
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    plan.refresh_from_db()
    record_event(by=by, verb=verb, target=plan, ward=plan.ward, at=now)
    return plan
