"""The installation's own mail server: set in the environment, off by default."""

from urllib.parse import urlsplit

from django.conf import settings


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
