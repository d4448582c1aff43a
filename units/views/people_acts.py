"""Acts on an account that ask first: shut and open, new password, unlock, a lost second factor, open machines."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from units.forms.people import ReasonForm
from units.permissions import Permission
from units.selectors.people import manageable_people, visible_people
from units.services.open_sessions import end_all_sessions
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
        consequences=["Mật khẩu cũ hết giá trị ngay; mật khẩu tạm dùng được trong 1 giờ.", "Lần đăng nhập tới, đồng chí ấy phải đặt mật khẩu của riêng mình."],
        action_label="Cấp mật khẩu tạm",
    )


@require_POST
def person_unlock(request, pk):
    person = _person(request, pk)
    return _done(request, person, unlock_person, "Đã mở khóa đăng nhập. Đồng chí ấy đăng nhập lại được ngay.")


@require_http_methods(["GET", "HEAD", "POST"])
def person_second_factor(request, pk):
    person = _person(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reset = partial(reset_second_factor, reason=form.cleaned_data["reason"])
        return _done(request, person, reset, "Đã đặt lại xác thực hai lớp. Lần đăng nhập tới sẽ cài lại; đồng chí ấy được báo.")
    return _ask(
        request,
        person,
        form=form,
        heading="Đặt lại xác thực hai lớp",
        question=f"Đặt lại xác thực hai lớp của đồng chí {person.full_name}?",
        consequences=[
            "Ứng dụng xác thực, khóa bảo mật và mã dự phòng cũ hết giá trị; mọi máy đang mở phải dừng.",
            "Chỉ làm khi đã xác nhận trực tiếp với đồng chí ấy. Lý do được ghi nhật ký và báo cho đồng chí ấy.",
        ],
        action_label="Đặt lại",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_sessions(request, pk):
    person = _person(request, pk)
    if request.method == "POST":
        end = partial(end_all_sessions, now=request.received_at)
        return _done(request, person, end, f"Đã dừng mọi máy đang mở của đồng chí {person.full_name}.")
    return _ask(
        request,
        person,
        heading="Dừng mọi máy đang mở",
        question=f"Dừng mọi máy đang mở tài khoản của đồng chí {person.full_name}?",
        consequences=[
            "Mọi máy phải đăng nhập lại ngay ở lần bấm tiếp theo; bản nháp đã lưu trên máy chủ vẫn còn.",
            "Điện thoại đã nhận biết phải quét lại thẻ hoặc đăng nhập lại bằng mật khẩu.",
        ],
        action_label="Dừng mọi máy",
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
