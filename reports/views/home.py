"""Home answers "what must I do now?" for the person's own roles; the leader's page is ten seconds long."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.selectors.home import next_days, owed_by_unit, todos_for
from reports.selectors.leader import attendance_of, missing_by_person, progress_of, running_plans
from reports.selectors.overview import directive_overview
from units.choices import Role
from units.permissions import Permission


@require_safe
def home(request):
    roles = request.access.roles
    if roles & Role.AT_WARD:
        if roles & Role.AT_WARD == {Role.LEADER}:
            return leader(request)
        return _desk(request)
    if roles & Role.BY_CARD:
        return _phone(request)
    if Role.VIEWER in roles:
        return overview(request)
    return _desk(request)


def _desk(request):
    today = timezone.localdate()
    access = request.access
    reads = access.can(Permission.READ_WARD)
    context = {
        "today": today,
        "todos": todos_for(access, on=today),
        "progress": progress_of(running_plans(access)[:12], on=today) if reads else [],
        "next_days": next_days(access.ward, on=today) if reads else [],
        "can_register": access.can(Permission.REGISTER_DIRECTIVE),
    }
    return render(request, "reports/home_desk.html", context)


def _phone(request):
    today = timezone.localdate()
    owed = owed_by_unit(request.access, on=today)
    units = {assignment.unit for assignment in owed}
    memberships = [m for m in request.access.memberships if m.role in Role.BY_CARD]
    context = {
        "today": today,
        "owed": owed,
        "first_due": next((a.due_on for a in owed if a.due_on), None),
        "late": any(a.due_on and a.due_on < today for a in owed),
        "plans": list(dict.fromkeys(a.plan for a in owed)),
        "unit_name": memberships[0].unit.short_name if memberships else "",
        "units": units,
        "todos": list(todos_for(request.access, on=today)),
    }
    return render(request, "reports/home_phone.html", context)


@require_safe
def leader(request):
    """One page on a phone: studied, submitted, attendance, late; who is missing; the next seven days."""
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate()
    plans = list(running_plans(request.access))
    waiting = todos_for(request.access, on=today, only={Permission.APPROVE_PAPER})
    context = {"today": today, "as_of": timezone.now(), "plans": plans, "todos": waiting}
    if plans:
        chosen = _chosen(plans, request.GET.get("plan", ""))
        context |= {
            "chosen": chosen,
            "progress": progress_of([chosen], on=today)[0],
            "attendance": attendance_of(chosen),
            "groups": missing_by_person(chosen, on=today),
            "next_days": next_days(chosen.ward, on=today),
        }
    return render(request, "reports/leader.html", context)


def _chosen(plans, wanted):
    """The plan asked for, the newest when none is asked; an unknown one is 404."""
    if not wanted:
        return plans[0]
    found = next((plan for plan in plans if str(plan.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


@require_safe
def overview(request):
    """The level above: one table per directive over its wards, issued figures only unless a ward opens live ones."""
    request.access.require(Permission.READ_ISSUED_FIGURES)
    context = directive_overview(request.access, directive_id=request.GET.get("directive"))
    return render(request, "reports/overview.html", context | {"today": timezone.localdate()})
