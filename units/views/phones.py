"""A leader's own phone: remembered after a full log-in, opened with a PIN each working day, forgotten."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from units.addresses import client_ip, is_own_page
from units.backends import PHONE_BACKEND
from units.choices import Role, SignIn
from units.device_cookie import LEADER, drop_device, read_leader_phone, renew_device, write_device
from units.forms.cards import NewPinForm, PinForm
from units.selectors.leader_phones import leader_phones
from units.selectors.wards import ward_of_person
from units.services.audit import record_event
from units.services.leader_phones import forget_leader_phone, open_leader_phone, remember_leader_phone
from units.session_book import book_session, device_label


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def phone_remember(request):
    """After password and second factor: choose a PIN, and this phone asks for nothing else for months."""
    if Role.LEADER not in request.access.roles or request.access.by_phone:
        raise PermissionDenied("Chỉ lãnh đạo đăng nhập bằng mật khẩu mới ghi nhớ được điện thoại.")
    form = NewPinForm(request.POST or None)
    if form.is_valid():
        remembered = remember_leader_phone(
            person=request.user, pin=form.cleaned_data["pin"], label=device_label(request), now=request.received_at
        )
        messages.success(request, "Đã ghi nhớ điện thoại này. Từ lần sau chỉ hỏi mã PIN, để xem và duyệt.")
        response = redirect("units:account")
        write_device(response, token=remembered.token, secret=remembered.secret, use=LEADER)
        return response
    return render(request, "units/phone_remember.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def phone_open(request):
    """Log-in on a leader's known phone: the PIN alone; it opens the leader's office and no other."""
    known = read_leader_phone(request, now=request.received_at)
    if known is None:
        return redirect(f"{settings.LOGIN_URL}?mat-khau")
    phone, secret = known
    wanted = request.POST.get("next", request.GET.get("next", ""))
    form = PinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            open_leader_phone(phone=phone, secret=secret, pin=form.cleaned_data["pin"], now=request.received_at)
        except ValidationError as refused:
            form.add_error("pin", refused)
        else:
            return _enter(request, phone, wanted)
    return render(request, "units/phone_open.html", {"form": form, "person": phone.person, "next": wanted})


def _enter(request, phone, wanted):
    person = phone.person
    login(request, person, backend=PHONE_BACKEND)
    book_session(request, way=SignIn.PHONE)
    record_event(
        by=person,
        verb="session.open_by_phone",
        target=phone,
        ward=ward_of_person(person),
        ip_address=client_ip(request),
    )
    response = redirect(wanted if is_own_page(wanted) else settings.LOGIN_REDIRECT_URL)
    renew_device(request, response, use=LEADER)
    return response


@login_not_required
@require_POST
def phone_leave(request):
    """ "Không phải tôi": this phone is no longer known; password and second factor are needed again."""
    known = read_leader_phone(request, now=request.received_at)
    if known:
        forget_leader_phone(phone=known[0], by=known[0].person, now=request.received_at)
    response = redirect(f"{settings.LOGIN_URL}?mat-khau")
    drop_device(response, use=LEADER)
    return response


@require_POST
def leader_phone_forget(request, pk):
    phone = get_object_or_404(leader_phones(request.user, now=request.received_at), pk=pk)
    forget_leader_phone(phone=phone, by=request.user, now=request.received_at)
    messages.success(request, "Đã bỏ nhận biết điện thoại đó. Muốn dùng lại phải đăng nhập bằng mật khẩu.")
    return redirect("units:account")
