"""One's own account: machines that are open, phones that are known, the way to password and second factor."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from units.choices import Role
from units.permissions import Permission
from units.selectors.leader_phones import leader_phones
from units.selectors.open_sessions import known_phones, open_sessions
from units.services.devices import forget_device
from units.services.open_sessions import end_other_sessions, end_session
from units.session_book import booked_pk


@require_safe
def account(request):
    now = request.received_at
    context = {
        "base": "base_phone.html" if request.access.can(Permission.REPORT_UNIT) else "base.html",
        "sessions": open_sessions(request.user, now=now),
        "own_pk": booked_pk(request),
        "phones": known_phones(request.user, now=now),
        "leader_phones": leader_phones(request.user, now=now),
        "may_remember": Role.LEADER in request.access.roles and not request.access.by_phone,
        "has_password": request.user.has_usable_password(),
        "memberships": request.access.memberships,
    }
    return render(request, "units/account.html", context)


@require_POST
def session_end(request, pk):
    session = get_object_or_404(open_sessions(request.user, now=request.received_at), pk=pk)
    try:
        end_session(session=session, by=request.user, now=request.received_at)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("units:account")
    if pk == booked_pk(request):
        logout(request)
        return redirect("account_login")
    messages.success(request, f"Đã dừng {session}. Máy đó phải đăng nhập lại.")
    return redirect("units:account")


@require_POST
def sessions_end(request):
    count = end_other_sessions(person=request.user, keep=booked_pk(request), now=request.received_at)
    messages.success(
        request, f"Đã dừng {count} máy khác. Máy này vẫn mở." if count else "Không có máy nào khác đang mở."
    )
    return redirect("units:account")


@require_POST
def phone_forget(request, pk):
    device = get_object_or_404(known_phones(request.user, now=request.received_at), pk=pk)
    forget_device(device=device, by=request.user, now=request.received_at)
    messages.success(request, "Đã bỏ nhận biết điện thoại đó. Muốn dùng lại phải quét thẻ.")
    return redirect("units:account")
