"""Home answers "what must I do now?" for the person's own roles; the leader's page is ten seconds long."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.selectors.inbox import unread_count, word_for
from reports.selectors.branches import own_branches, put_families
from reports.selectors.home import next_days, papers_to_read, todos_for
from reports.selectors.leader import attendance_of, missing_by_person, most_urgent, progress_of, running_plans
from reports.selectors.overview import directive_overview
from reports.selectors.returned import put_returned
from reports.selectors.sessions import due_of, reporting_units
from reports.workbooks import XLSX, overview_workbook
from units.choices import Role
from units.downloads import download
from units.permissions import Permission

MOST_PLANS = 12


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
    plans = running_plans(access) if access.can(Permission.READ_WARD) else []
    context = {
        "today": today,
        "todos": todos_for(access, on=today) + papers_to_read(access),
        "progress": progress_of(plans[:MOST_PLANS], on=today)[::-1],
        "next_days": next_days(plans, on=today),
        "can_register": access.can(Permission.REGISTER_DIRECTIVE),
    }
    return render(request, "reports/home_desk.html", context)


def _phone(request):
    """What the unit still has to report, one card a unit: what several plans ask is typed once."""
    today = timezone.localdate()
    cards = due_of(reporting_units(request.access, Permission.REPORT_UNIT))
    put_families(cards, on=today)
    put_returned(cards)
    branches = [one for one in own_branches(request.access, on=today) if one.plans]
    todos = todos_for(request.access, on=today)
    memberships = [membership for membership in request.access.memberships if membership.role in Role.BY_CARD]
    context = {
        "today": today,
        "cards": [card for card in cards if card.plans or card.returned or card.outlines],
        "sent": sum(len(card.sent) for card in cards),
        "work": sum(bool(card.plans) + len(card.returned) + sum(one.alone for one in card.outlines) for card in cards)
        + sum(one.state == "missing" for one in branches)
        + len(todos),
        "own_branches": branches,
        "todos": todos,
        "unread": unread_count(request.access),
        "unit_word": word_for(memberships[0].unit).lower(),
        "unit_name": memberships[0].unit.short_name,
    }
    return render(request, "reports/home_phone.html", context)


@require_safe
def leader(request):
    """One page on a phone: studied, submitted, attendance, late; who is missing; the next seven days."""
    request.access.require(Permission.READ_WARD)
    today = timezone.localdate()
    waiting = todos_for(request.access, on=today, only={Permission.APPROVE_PAPER})
    plans = running_plans(request.access)
    progress = progress_of(plans[:MOST_PLANS], on=today)[::-1]
    context = {"today": today, "as_of": timezone.now(), "progress": progress, "todos": waiting}
    line = _chosen(progress, request.GET.get("plan", ""))
    if line:
        context |= {
            "line": line,
            "chosen": line.plan,
            "attendance": attendance_of(line.plan.pk),
            "groups": missing_by_person(line.plan.pk, on=today),
            "next_days": next_days([one for one in plans if one.ward_id == line.plan.ward_id], on=today),
        }
    return render(request, "reports/leader.html", context)


def _chosen(progress, wanted):
    """The plan asked for, else the one with the nearest day; an unknown one is 404."""
    if not wanted:
        return most_urgent(progress)
    found = next((line for line in progress if str(line.plan.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


@require_safe
def overview(request):
    """The level above: one table per directive over its wards, issued figures only unless a ward opens live ones."""
    request.access.require(Permission.READ_ISSUED_FIGURES)
    context = directive_overview(request.access, directive_id=request.GET.get("directive"))
    return render(request, "reports/overview.html", context | {"today": timezone.localdate()})


@require_safe
def overview_excel(request):
    """The same table as a file, with the codes of the wards."""
    request.access.require(Permission.READ_ISSUED_FIGURES)
    context = directive_overview(request.access, directive_id=request.GET.get("directive"))
    return download(overview_workbook(context["lines"]), name="so-lieu.xlsx", content_type=XLSX)
