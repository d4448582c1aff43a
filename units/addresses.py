"""From which address a request comes, and to which of our own it may be sent on."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def client_ip(request: HttpRequest) -> str:
    """The caller's address: what our own proxy saw last, or the peer itself when there is no proxy.

    Only the last hop of X-Forwarded-For was written by our proxy; what stands before it anybody may invent.
    """
    if settings.BEHIND_PROXY:
        last_hop = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if last_hop:
            return last_hop
    return request.META.get("REMOTE_ADDR", "")


def is_own_page(url: str | None) -> bool:
    """Whether a "next" names a page of ours by its path; a host, a scheme or a relative path is refused (A-08)."""
    return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
