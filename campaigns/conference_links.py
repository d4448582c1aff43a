"""Secret parts of the addresses an invitee is given: no stored secret, not to be guessed, revocable.

The token holds the row's number and a 128-bit HMAC over the purpose, the number and the versions of the day it was
made: raising `Conference.link_epoch` ends the links of all invitees, `Invitee.link_version` those of one.
"""

import base64
import re

from django.utils.crypto import constant_time_compare, salted_hmac

CHECK_IN = "check-in"  # the QR on a letter, read at the door by a person of the office
REPLY = "reply"  # the link to answer the letter
_TOKEN = re.compile(r"([1-9][0-9]{0,11})-([A-Za-z0-9_-]{22})")
_BYTES = 16


def token_of(invitee, purpose: str) -> str:
    """The token of `invitee` (with its conference loaded) for `purpose`."""
    return f"{invitee.pk}-{_mac(invitee, purpose)}"


def pk_in(token: str) -> int | None:
    """The row a token speaks of, before its secret is compared; None for anything that is no token."""
    found = _TOKEN.fullmatch(token)
    return int(found[1]) if found else None


def fits(token: str, invitee, purpose: str) -> bool:
    """Whether `token` was made for `invitee` and `purpose` and has not been revoked; compared in constant time."""
    found = _TOKEN.fullmatch(token)
    return bool(found) and int(found[1]) == invitee.pk and constant_time_compare(found[2], _mac(invitee, purpose))


def _mac(invitee, purpose: str) -> str:
    value = f"{invitee.pk}:{invitee.link_version}:{invitee.conference_id}:{invitee.conference.link_epoch}"
    digest = salted_hmac(f"lantoa.conference.{purpose}", value, algorithm="sha256").digest()[:_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
