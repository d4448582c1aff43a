"""Roles: given, ended, handed over to the next person."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from units.choices import Role
from units.forms.people import EndRoleForm, HandOverForm, RoleForm
from units.permissions import ROLE_DESCRIPTIONS, Permission
from units.selectors.people import manageable_units, visible_memberships, visible_people
from units.services.people import end_role, give_role, hand_over

_DAY = dt.timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
def role_give(request, pk):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    person = get_object_or_404(visible_people(request.access), pk=pk)
    form = RoleForm(
        request.POST or None, units=manageable_units(request.access), initial={"starts_on": request.access.on}
    )
    if form.is_valid():
        try:
            give_role(person=person, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            _keep_own_session(request, person)
            messages.success(request, "Đã giao vai trò. Người này đăng nhập lại để bắt đầu dùng.")
            return redirect("units:person-detail", person.pk)
    roles = [(role.label, ROLE_DESCRIPTIONS[role]) for role in Role]
    return render(request, "units/role_give.html", {"form": form, "person": person, "roles": roles})


@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request, pk):
    membership = _membership(request, pk)
    form = EndRoleForm(request.POST or None, initial={"from_day": request.access.on})
    if form.is_valid():
        try:
            end_role(membership=membership, on=form.cleaned_data["from_day"] - _DAY, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            _keep_own_session(request, membership.user)
            messages.success(request, "Đã kết thúc vai trò. Lịch sử vẫn giữ nguyên.")
            return redirect("units:person-detail", membership.user_id)
    return render(request, "units/role_end.html", {"form": form, "membership": membership})


@require_http_methods(["GET", "HEAD", "POST"])
def role_hand_over(request, pk):
    membership = _membership(request, pk)
    form = HandOverForm(request.POST or None, initial={"from_day": request.access.on})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            successor = hand_over(
                membership=membership,
                full_name=typed["full_name"],
                phone=typed["phone"],
                on=typed["from_day"],
                by=request.user,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("units:role-handed-over", successor.pk)
    return render(request, "units/role_hand_over.html", {"form": form, "membership": membership})


@require_safe
def role_handed_over(request, pk):
    """What the hand-over has done, and the new card in one click."""
    membership = _membership(request, pk)
    day_before = membership.starts_on - _DAY
    former = visible_memberships(request.access).filter(
        unit=membership.unit, role=membership.role, ends_on__gte=day_before, ends_on__lt=membership.starts_on
    )
    context = {
        "membership": membership,
        "former": former.exclude(user=membership.user).order_by("pk").last(),
        "day_before": day_before,
        "by_card": membership.role in Role.BY_CARD,
        "begun": membership.starts_on <= request.access.on,
    }
    return render(request, "units/role_handed_over.html", context)


def _membership(request, pk):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    return get_object_or_404(visible_memberships(request.access), pk=pk)


def _keep_own_session(request, person):
    """A change of one's own role ends one's other sessions, not the page in hand."""
    if person.pk == request.user.pk:
        update_session_auth_hash(request, person)
