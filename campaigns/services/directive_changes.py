"""Đính chính, thay thế, thu hồi: recorded once for the directive, a task for the office of every ward whose plan it touches."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.choices import DirectiveFate
from campaigns.models import Directive, DirectiveChange, DirectiveTask, Plan
from campaigns.selectors.directive_changes import plans_touched
from campaigns.services.notifications import Notice, tell
from units.choices import Role
from units.models import Membership, Unit, User
from units.services.audit import record_event

OFFICE = (Role.DRAFTER, Role.CLERK, Role.COMPILER)
HANDLED_MEANWHILE = "Việc này đã có người xử lý. Chưa ghi gì thêm; đồng chí tải lại trang để xem."


@transaction.atomic
def change_directive(*, directive: Directive, ward: Unit | None, by: User, at: dt.datetime, **facts) -> DirectiveChange:
    """Record what became of the directive (`facts`: fields of DirectiveChange) and give every plan touched its task.

    Nothing of a plan changes by itself: what a ward issued, a ward changes, by a paper (services/changes.py). Raises
    ValidationError "future_basis", "itself" (replaced by itself), "already" (the same paper was recorded before).
    """
    if facts["basis_dated_on"] > timezone.localdate(at):
        raise _beside("basis_dated_on", "Ngày của văn bản căn cứ không thể sau hôm nay.", "future_basis")
    if facts.get("successor") == directive:
        raise _beside("successor", "Một văn bản không thay thế được chính nó.", "itself")
    Directive.objects.select_for_update().get(pk=directive.pk)  # two clerks with the same paper: the second is told so
    if facts["fate"] != DirectiveFate.REPLACED:
        facts["successor"] = None
    known = {name: facts[name] for name in ("fate", "basis_number", "basis_dated_on")}
    if directive.changes.filter(**known).exists():
        raise ValidationError("Thay đổi này đã được ghi. Chưa ghi gì thêm.", code="already")
    change = DirectiveChange.objects.create(directive=directive, recorded_at=at, recorded_by=by, **facts)
    plans = list(plans_touched(directive).select_related("paper"))
    DirectiveTask.objects.bulk_create([DirectiveTask(change=change, plan=plan) for plan in plans], batch_size=500)
    _tell_offices(change, plans, at=at)
    details = {"fate": str(change.fate), "basis": change.basis, "plans": len(plans)}
    record_event(by=by, verb="directive.change", target=directive, ward=ward, details=details, at=at)
    return change


@transaction.atomic
def handle_task(*, task: DirectiveTask, outcome: str, by: User, at: dt.datetime) -> DirectiveTask:
    """The office has seen to the plan; `outcome` says how. Raises ValidationError "changed" when somebody else has."""
    open_task = DirectiveTask.objects.filter(pk=task.pk, handled_at__isnull=True)
    if not open_task.update(outcome=outcome, handled_at=at, handled_by=by):
        raise ValidationError(HANDLED_MEANWHILE, code="changed")
    task.refresh_from_db()
    record_event(
        by=by, verb="directive.handled", target=task.plan, ward=task.plan.ward, details={"outcome": outcome}, at=at
    )
    return task


def settle_tasks_of(plan: Plan, *, outcome: str, by: User, at: dt.datetime) -> int:
    """A paper ended or replaced the plan: nothing is left to see to; part of that act. Returns how many were open."""
    waiting = DirectiveTask.objects.filter(plan=plan, handled_at__isnull=True)
    return waiting.update(outcome=outcome[:500], handled_at=at, handled_by=by)


def _tell_offices(change: DirectiveChange, plans: list[Plan], *, at: dt.datetime) -> None:
    """One line for each person who drafts, issues or compiles in a ward whose plan is touched; two wards, two lines."""
    wards = {plan.ward_id for plan in plans}
    current = Membership.objects.current(on=timezone.localdate(at)).filter(unit__in=wards, role__in=OFFICE)
    told = dict.fromkeys(current.order_by("pk").values_list("user_id", "unit_id", "unit__name"))
    title = f"{change.get_fate_display()}: {change.directive.short_form}"
    basis, asked = f"Theo {change.basis} của {change.basis_issuer}.", "thực hiện văn bản này, trực tiếp hoặc qua văn bản cấp dưới,"
    key, url = f"directive-change-{change.pk}", f"/van-ban-den/{change.directive_id}/"
    notices = [
        Notice(one, f"{key}-{ward}-{one}", title, f"{basis} Đồng chí xem kế hoạch của {name} {asked} có phải thay đổi không.", url, ward)
        for one, ward, name in told
    ]
    tell(notices, at=at)


def _beside(field: str, words: str, code: str) -> ValidationError:
    return ValidationError({field: ValidationError(words, code=code)})
