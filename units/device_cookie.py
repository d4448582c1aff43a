"""The cookie by which a known phone is recognised: the phone's token and a secret (of its card, or of its own).

The server keeps hashes of both, so neither its database nor a copy of it can answer for the phone.
"""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from units.models import KnownDevice, LeaderPhone
from units.selectors.cards import device_of_token
from units.selectors.leader_phones import leader_phone_of_token
from units.services.devices import KNOWN_FOR

CARD, LEADER = "phone", "leader"  # whose phone: a secretary's card opened it, or a leader's log-in
_SALTS = {CARD: "units.device", LEADER: "units.leader_phone"}


def _name(use: str) -> str:
    return f"__Host-lantoa-{use}" if settings.HTTPS else f"lantoa-{use}"


def _read(request: HttpRequest, use: str) -> tuple[str, str]:
    """(token, secret); both empty when the phone is unknown or the cookie was altered."""
    age = int(KNOWN_FOR.total_seconds())
    value = request.get_signed_cookie(_name(use), default="", salt=_SALTS[use], max_age=age)
    token, _, secret = value.partition(".")
    return (token, secret) if secret else ("", "")


def read_device(request: HttpRequest, *, now: dt.datetime) -> tuple[KnownDevice, str] | None:
    """The known phone behind this request and its card's secret; None when unknown, forgotten or altered."""
    token, secret = _read(request, CARD)
    device = device_of_token(token, now=now) if token else None
    return (device, secret) if device else None


def read_leader_phone(request: HttpRequest, *, now: dt.datetime) -> tuple[LeaderPhone, str] | None:
    """The leader's phone behind this request and its secret; None when unknown, forgotten or altered."""
    token, secret = _read(request, LEADER)
    phone = leader_phone_of_token(token, now=now) if token else None
    return (phone, secret) if phone else None


def write_device(response: HttpResponse, *, token: str, secret: str, use: str = CARD) -> None:
    """Let the phone carry its token and secret, out of reach of scripts."""
    response.set_signed_cookie(
        _name(use),
        f"{token}.{secret}",
        salt=_SALTS[use],
        max_age=int(KNOWN_FOR.total_seconds()),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def renew_device(request: HttpRequest, response: HttpResponse, *, use: str = CARD) -> None:
    """Start the months of the cookie anew on a phone in use."""
    token, secret = _read(request, use)
    write_device(response, token=token, secret=secret, use=use)


def drop_device(response: HttpResponse, *, use: str = CARD) -> None:
    """Take the cookie from the phone."""
    response.delete_cookie(_name(use), samesite="Lax")
