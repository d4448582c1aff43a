"""The installation's own mail server: set in the environment, off by default; and a letter as it goes over the line."""

import base64
import re
from dataclasses import dataclass
from email.header import Header
from email.utils import formatdate, parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.core.mail.message import sanitize_address

_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")  # what may stand between < and > of the envelope
_LONGEST_LINE = 900  # bytes; RFC 5321 allows 998 with what a server may put before


def mail_is_set_up() -> bool:
    """Whether this installation sends letters at all."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def message_domain() -> str:
    """The right half of Message-IDs: the host of this installation."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def stop_headers(link: str) -> dict[str, str]:
    """What lets a mail program offer "stop" itself (RFC 2369); in one click over TLS only (RFC 8058, 3.1)."""
    headers = {"List-Unsubscribe": f"<{link}>"}
    if link.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


@dataclass(frozen=True)
class Wire:
    """One letter to one person as the server gets it: bare addresses of the envelope, the whole text with its head."""

    sender: str
    recipient: str
    text: bytes


def wire_of(message: EmailMessage) -> Wire:
    """`message` (plain text, one recipient) for the line; BadHeaderError when its head would break.

    Written out, as ten thousand of them go out in a morning: a tree of MIME objects takes longer to build and to print
    than everything else about a letter.
    """
    sender, recipient = _bare(message.from_email), _bare(message.to[0])
    body = message.body.replace("\r\n", "\n").replace("\r", "\n").encode()
    encoding = "8bit"
    if max(map(len, body.split(b"\n"))) > _LONGEST_LINE:
        body, encoding = base64.encodebytes(body), "base64"
    head = {
        "Content-Type": 'text/plain; charset="utf-8"',
        "MIME-Version": "1.0",
        "Content-Transfer-Encoding": encoding,
        "Subject": _encoded(message.subject),
        "From": sanitize_once(message.from_email),
        "To": recipient,
        "Date": formatdate(),
        **message.extra_headers,
    }
    if any("\n" in value.replace("\r\n ", "") or "\r" in value.replace("\r\n ", "") for value in head.values()):
        raise BadHeaderError("a line break in the head of a letter")
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    body = body if body.endswith(b"\n") else body + b"\n"
    return Wire(sender, recipient, lines.encode("ascii") + b"\r\n" + body.replace(b"\n", b"\r\n"))


@lru_cache(maxsize=256)
def _encoded(subject: str) -> str:
    """A subject as encoded words (RFC 2047); a morning has few of them."""
    if "\n" in subject or "\r" in subject:
        raise BadHeaderError("a line break in a subject")
    return Header(subject, "utf-8").encode(linesep="\r\n")


@lru_cache(maxsize=64)
def sanitize_once(address: str) -> str:
    """"Lan Tỏa <a@b.vn>" as it stands in the head."""
    return sanitize_address(address, "utf-8")


@lru_cache(maxsize=64)
def _without_name(address: str) -> str:
    """What stands between < and >; ours is the same on every letter."""
    return parseaddr(sanitize_once(address))[1]


def _bare(address: str) -> str:
    """The address alone, in plain letters; BadHeaderError when it is none."""
    if not _ADDRESS.fullmatch(address):
        address = _without_name(address)
    if not _ADDRESS.fullmatch(address):
        raise BadHeaderError("no address of a letter")
    return address
