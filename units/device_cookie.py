"""The cookie by which a known phone is recognised: the phone's token and the secret of its card.

The server keeps hashes of both, so neither its database nor a copy of it can answer for the phone.
"""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from units.models import KnownDevice
from units.selectors.cards import device_of_token
from units.services.devices import KNOWN_FOR

_SALT = "units.device"


def _name() -> str:
    return "__Host-lantoa-phone" if settings.HTTPS else "lantoa-phone"


def read_device(request: HttpRequest, *, now: dt.datetime) -> tuple[KnownDevice, str] | None:
    """The known phone behind this request and its card's secret; None when unknown, forgotten or altered."""
    value = request.get_signed_cookie(_name(), default="", salt=_SALT, max_age=int(KNOWN_FOR.total_seconds()))
    token, _, secret = value.partition(".")
    device = device_of_token(token, now=now) if secret else None
    return (device, secret) if device else None


def write_device(response: HttpResponse, *, token: str, secret: str) -> None:
    """Let the phone carry its token and secret, out of reach of scripts."""
    response.set_signed_cookie(
        _name(),
        f"{token}.{secret}",
        salt=_SALT,
        max_age=int(KNOWN_FOR.total_seconds()),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def renew_device(request: HttpRequest, response: HttpResponse) -> None:
    """Start the months of the cookie anew on a phone in use."""
    value = request.get_signed_cookie(_name(), default="", salt=_SALT)
    token, _, secret = value.partition(".")
    write_device(response, token=token, secret=secret)


def drop_device(response: HttpResponse) -> None:
    """Take the cookie from the phone."""
    response.delete_cookie(_name(), samesite="Lax")
