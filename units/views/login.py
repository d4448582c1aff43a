"""Log-in of office staff, leaders and administrators (django-allauth under our addresses and words)."""

from allauth.account import views as account
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from units.device_cookie import read_device


class LoginView(account.LoginView):
    """User name and password; a phone that a card has opened is sent to its PIN first."""

    def get(self, request, *args, **kwargs):
        if "mat-khau" not in request.GET and read_device(request, now=timezone.now()):
            wanted = request.GET.get("next", "")
            query = f"?{urlencode({'next': wanted})}" if wanted else ""
            return redirect(f"{reverse('units:pin')}{query}")
        return super().get(request, *args, **kwargs)


class PasswordChangeView(account.PasswordChangeView):
    """A person who signs in by card has no password to change."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, "Đồng chí đăng nhập bằng thẻ và mã PIN nên không có mật khẩu để đổi.")
            return redirect("/")
        return super().dispatch(request, *args, **kwargs)
