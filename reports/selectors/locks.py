"""The second clock: when the figures of a plan were locked, and which drafts may still be finished (decisions 18)."""

import datetime as dt
from collections.abc import Collection, Iterable

from campaigns.choices import PlanState
from campaigns.models import Plan
from reports.choices import ReportState
from reports.models import CompiledReport
from reports.wording import plan_name
from units.ready_queries import ReadyQuery


def is_locked(plan: Plan) -> str:
    """Why nothing more is received for `plan` ("" when it is): it ended, or its compiled report is out."""
    return why_locked([plan]).get(plan.pk, "")


def why_locked(plans: Iterable[Plan], *, reported: Collection[int] | None = None) -> dict[int, str]:
    """{plan: why} of those of `plans` for which nothing more is received; see `is_locked`. `reported`: those whose compiled
    report is known to be out."""
    plans = list(plans)
    out = reported if reported is not None else {pk for (pk,) in _reported(plans=[plan.pk for plan in plans])}
    found = {}
    for plan in plans:
        if plan.state not in PlanState.RECEIVING:
            found[plan.pk] = f"{plan_name(plan)} đã kết thúc hoặc không còn hiệu lực nên không nhận thêm báo cáo."
        elif plan.pk in out:
            found[plan.pk] = f"Số liệu của {plan_name(plan)} đã khóa vì báo cáo tổng hợp đã ban hành."
    return found


@ReadyQuery
def _reported(plans):
    return CompiledReport.objects.filter(plans__in=plans, state=ReportState.FROZEN).order_by().values_list("plans")


def locked_since(plans: Iterable[Plan]) -> dict[int, dt.datetime]:
    """{plan: moment} of those of `plans` that are locked: the report was frozen or the plan closed, whichever was first.

    A withdrawn plan is in no such case: nothing about it may be sent any more.
    """
    plans = [plan for plan in plans if plan.state in PlanState.RECEIVING | {PlanState.CLOSED}]
    moments = {plan.pk: [plan.closed_at] for plan in plans if plan.state == PlanState.CLOSED}
    frozen = CompiledReport.objects.filter(plans__in=plans, state=ReportState.FROZEN)
    for plan_id, at in frozen.order_by().values_list("plans", "frozen_at"):
        moments.setdefault(plan_id, []).append(at)
    known = {plan.pk for plan in plans}  # a report may cover further plans
    return {plan_id: min(found) for plan_id, found in moments.items() if plan_id in known}


def may_finish(plan: Plan, begun_at: dt.datetime | None) -> bool:
    """Whether a draft begun at `begun_at` may still be sent for a `plan` that is locked: it was begun before the lock."""
    since = locked_since([plan]).get(plan.pk)
    return begun_at is not None and since is not None and begun_at < since
