"""The administrator's pages of people: list, one person, a new one, corrections."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from units.choices import Role
from units.forms.people import NewPersonForm, PeopleFilterForm, PersonForm
from units.permissions import Permission
from units.selectors.people import manageable_people, manageable_units, people_list, visible_memberships, visible_people
from units.services.passwords import FIRST_LASTS, reset_password
from units.services.people import create_person, give_role, revise_person

PAGE = 50


@require_safe
def person_list(request):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    form = PeopleFilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    people = people_list(request.access, words=chosen.get("q", ""), role=chosen.get("vai_tro", ""))
    page = Paginator(people, PAGE).get_page(request.GET.get("trang"))
    return render(request, "units/person_list.html", {"page_obj": page, "form": form, "chosen": chosen})


@require_safe
def person_detail(request, pk):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    person = get_object_or_404(visible_people(request.access), pk=pk)
    memberships = visible_memberships(request.access).filter(user=person).prefetch_related("cards__devices")
    context = {"person": person, "memberships": memberships, "now": timezone.now(), "by_card": Role.BY_CARD}
    return render(request, "units/person_detail.html", context | {"today": request.access.on})


@require_http_methods(["GET", "HEAD", "POST"])
def person_create(request):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    form = NewPersonForm(
        request.POST or None, units=manageable_units(request.access), initial={"starts_on": request.access.on}
    )
    if form.is_valid():
        try:
            person, password = _create(form.cleaned_data, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            if password:
                return show_password(request, person, password)
            messages.success(request, f"Đã thêm đồng chí {person.full_name}. Bước tiếp theo: làm và in thẻ.")
            return redirect("units:person-detail", person.pk)
    return render(request, "units/person_create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request, pk):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    person = get_object_or_404(manageable_people(request.access), pk=pk)
    initial = {"full_name": person.full_name, "phone": person.phone, "email": person.email}
    form = PersonForm(request.POST or None, initial=initial)
    if form.is_valid():
        revise_person(person=person, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu thông tin liên hệ.")
        return redirect("units:person-detail", person.pk)
    return render(request, "units/person_edit.html", {"form": form, "person": person})


def show_password(request, person, password):
    """Shown in the answer itself, once: a redirect would have to keep the password somewhere."""
    return render(request, "units/person_password.html", {"person": person, "password": password})


@transaction.atomic
def _create(typed, *, by):
    person = create_person(
        full_name=typed["full_name"], username=typed["username"], phone=typed["phone"], email=typed["email"], by=by
    )
    give_role(
        person=person,
        unit=typed["unit"],
        role=typed["role"],
        position=typed["position"],
        starts_on=typed["starts_on"],
        by=by,
    )
    password = None if typed["role"] in Role.BY_CARD else reset_password(person=person, by=by, lasts=FIRST_LASTS)
    return person, password
