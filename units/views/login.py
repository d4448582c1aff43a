"""Log-in of office staff, leaders and administrators (django-allauth under our addresses and words)."""

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from units.device_cookie import read_device, read_leader_phone


class LoginView(account.LoginView):
    """User name and password; a known phone is sent to its PIN first."""

    def get(self, request, *args, **kwargs):
        page = None if "mat-khau" in request.GET else _pin_page(request)
        if page:
            wanted = request.GET.get("next", "")
            query = f"?{urlencode({'next': wanted})}" if wanted else ""
            return redirect(f"{reverse(page)}{query}")
        return super().get(request, *args, **kwargs)


def _pin_page(request):
    """Name of the page that asks a known phone for its PIN; None for a machine nobody knows."""
    if read_device(request, now=request.received_at):
        return "units:pin"
    return "units:phone-open" if read_leader_phone(request, now=request.received_at) else None


class PasswordChangeView(account.PasswordChangeView):
    """A person who signs in by card has no password to change."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, "Đồng chí đăng nhập bằng thẻ và mã PIN nên không có mật khẩu để đổi.")
            return redirect("/")
        return super().dispatch(request, *args, **kwargs)


class KeyRemoveView(webauthn.RemoveWebAuthnView):
    """Takes a key of the browser away; the last second factor of somebody who must have one stays."""

    def form_valid(self, form):
        if not get_adapter().can_delete_authenticator(self.object):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)
