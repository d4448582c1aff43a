"""What stands between log-in and the pages: access beside the user, idle sessions, steps that come first."""

import time
from functools import cache
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, logout
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from units.backends import CARD_BACKEND, PHONE_BACKEND
from units.choices import Role
from units.models import User
from units.selectors.access import Access
from units.session_book import follow_session

_ALWAYS_OPEN = frozenset({"healthz", "account_logout"})
_STEP_PAGES = frozenset({"account_change_password", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
_SECOND_FACTOR_PAGES = _STEP_PAGES | {"mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"}
_ROLES_WITH_SECOND_FACTOR = Role.AT_WARD | {Role.VIEWER.value}
_SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
_TOUCH_SECONDS = 60  # a session row is written at most once a minute


class AccessMiddleware:
    """Puts `request.access` (units.selectors.access.Access) beside `request.user`; it asks the database only when used."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.access = SimpleLazyObject(lambda: _access(request))
        return self.get_response(request)


def _access(request):
    opened_by = request.session.get(BACKEND_SESSION_KEY)
    return Access(request.user, by_card=opened_by == CARD_BACKEND, by_phone=opened_by == PHONE_BACKEND)


class SessionBookMiddleware:
    """Keeps the list of open log-ins true: a new session key after a change of password, the time of last use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.session.accessed:
            follow_session(request)
        return response


class AccountStepsMiddleware:
    """Leads to what has to come first: first use, log-in after idling, a new password, a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path in _paths(_ALWAYS_OPEN):
            return self.get_response(request)
        return self._step(request, request.path) or self.get_response(request)

    def _step(self, request, path):
        user = request.user
        if not user.is_authenticated:
            nobody_yet = path != settings.FIRST_USE_URL and not User.objects.exists()
            return redirect(settings.FIRST_USE_URL) if nobody_yet else None
        if request.session.get(BACKEND_SESSION_KEY) in {CARD_BACKEND, PHONE_BACKEND}:
            return None  # a known phone: the PIN has been asked, and what it opens is narrow
        if _is_over(request.session):
            logout(request)
            messages.info(request, "Đã hết thời gian làm việc không thao tác. Đồng chí đăng nhập lại để tiếp tục.")
            wanted = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
            return redirect(f"{reverse('account_login')}{wanted}")
        if user.must_change_password and path not in _paths(_STEP_PAGES):
            return redirect("account_change_password")
        if path not in _paths(_SECOND_FACTOR_PAGES) and _lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        return None


@cache
def _paths(names: frozenset[str]) -> frozenset[str]:
    """Addresses of these pages; each has one that never changes. Working out what page an address names costs more."""
    return frozenset(reverse(name) for name in names)


def _is_over(session) -> bool:
    """Idle for too long, or open since longer than a working day; marks the session as in use otherwise."""
    now = int(time.time())
    seen, began = session.get("seen", now), session.get("began", now)
    if now - seen > settings.OFFICE_IDLE_MINUTES * 60 or now - began > settings.SESSION_COOKIE_AGE:
        return True
    if "began" not in session or now - seen > _TOUCH_SECONDS:
        session["seen"], session["began"] = now, began
    return False


def _lacks_second_factor(request) -> bool:
    """Whether this person must set one up before anything else; the answer "no" is kept in the session."""
    if not settings.SECOND_FACTOR_REQUIRED or request.session.get("second_factor"):
        return False
    if not request.access.roles & _ROLES_WITH_SECOND_FACTOR:
        return False
    if Authenticator.objects.filter(user_id=request.user.pk, type__in=_SECOND_FACTORS).exists():
        request.session["second_factor"] = True
        return False
    return True
