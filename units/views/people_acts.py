"""Acts on an account that ask first: shut and open, new password, unlock, a lost second factor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from units.permissions import Permission
from units.selectors.people import manageable_people, visible_people
from units.services.passwords import reset_password, reset_second_factor, unlock_person
from units.services.people import disable_person, enable_person
from units.views.people import show_password


@require_http_methods(["GET", "HEAD", "POST"])
def person_disable(request, pk):
    person = _person(request, pk)
    if request.method == "POST":
        return _done(request, person, disable_person, f"Đã khóa tài khoản của đồng chí {person.full_name}.")
    return _ask(
        request,
        person,
        heading="Khóa tài khoản",
        question=f"Khóa tài khoản của đồng chí {person.full_name}?",
        consequences=[
            "Mọi máy đang mở tài khoản này phải dừng ngay.",
            "Thẻ của đồng chí ấy bị hủy; mở lại tài khoản thì phải làm thẻ mới.",
            "Việc đã làm và lịch sử vẫn giữ nguyên.",
        ],
        action_label="Khóa tài khoản",
    )


@require_POST
def person_enable(request, pk):
    person = _person(request, pk)
    return _done(request, person, enable_person, f"Đã mở lại tài khoản của đồng chí {person.full_name}.")


@require_http_methods(["GET", "HEAD", "POST"])
def person_password(request, pk):
    person = _person(request, pk)
    if request.method == "POST":
        return show_password(request, person, reset_password(person=person, by=request.user))
    return _ask(
        request,
        person,
        heading="Cấp mật khẩu tạm",
        question=f"Cấp mật khẩu tạm cho đồng chí {person.full_name}?",
        consequences=["Mật khẩu cũ hết giá trị ngay.", "Lần đăng nhập tới, đồng chí ấy phải đặt mật khẩu của riêng mình."],
        action_label="Cấp mật khẩu tạm",
    )


@require_POST
def person_unlock(request, pk):
    person = _person(request, pk)
    return _done(request, person, unlock_person, "Đã mở khóa đăng nhập. Đồng chí ấy đăng nhập lại được ngay.")


@require_http_methods(["GET", "HEAD", "POST"])
def person_second_factor(request, pk):
    person = _person(request, pk)
    if request.method == "POST":
        return _done(request, person, reset_second_factor, "Đã đặt lại xác thực hai lớp. Lần đăng nhập tới sẽ cài lại.")
    return _ask(
        request,
        person,
        heading="Đặt lại xác thực hai lớp",
        question=f"Đặt lại xác thực hai lớp của đồng chí {person.full_name}?",
        consequences=["Ứng dụng xác thực và mã dự phòng cũ hết giá trị.", "Chỉ làm khi đã xác nhận trực tiếp với đồng chí ấy."],
        action_label="Đặt lại",
    )


def _person(request, pk):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    person = get_object_or_404(visible_people(request.access), pk=pk)
    if not manageable_people(request.access).filter(pk=pk).exists():
        raise PermissionDenied("Người này còn vai trò ở nơi khác; quản trị viên nơi đó quản lý tài khoản này.")
    return person


def _done(request, person, act, sentence):
    try:
        act(person=person, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, sentence)
    return redirect("units:person-detail", person.pk)


def _ask(request, person, **words):
    context = {"person": person, "danger": False, "cancel_url": reverse("units:person-detail", args=[person.pk])}
    return render(request, "units/person_confirm.html", context | words)
