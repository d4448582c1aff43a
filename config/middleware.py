"""The outermost layer: the maintenance page when the database is away, and headers every answer carries."""

import logging
import secrets

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.defaults import bad_request

logger = logging.getLogger(__name__)
LOCKED = {"55P03", "40P01"}  # PostgreSQL: lock not available, deadlock detected
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]  # no page uses more; a view must not have to refuse the others one by one


def _is_beyond_all_numbers(exception):
    """A key of twenty figures: SQLite and PostgreSQL refuse it each in its way; only a forged form sends one (A-11)."""
    out_of_range = getattr(exception.__cause__, "pgcode", "") == "22003"
    return isinstance(exception, OverflowError) or (isinstance(exception, DataError) and out_of_range)


class ServiceMiddleware:
    """Turns "database unreachable" into 503 with Retry-After, and marks pages of signed-in people as not to be stored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.incident = secrets.token_hex(4)
        request.received_at = timezone.now()  # the receipt time of a report: before its body is read
        try:
            response = self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        except (OperationalError, InterfaceError) as failure:
            response = self._unavailable(request, failure)
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
        return response

    def process_exception(self, request, exception):
        if _is_beyond_all_numbers(exception):
            return bad_request(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return self._unavailable(request, exception)
        logger.error("incident %s %s", request.incident, request.path, exc_info=exception)
        return None

    def _unavailable(self, request, failure):
        busy = waited_too_long(failure)
        logger.error("database %s %s %s", "busy" if busy else "away", request.incident, request.path)
        page = render_to_string("503.html", {"busy": busy, "incident": request.incident})
        response = HttpResponse(page, status=503)
        response["Retry-After"] = "5" if busy else "60"
        return response


class LengthMiddleware:
    """Refuses a body that no form needs by its announced length, before a byte of it is read (U-01).

    nginx does the same in front of a ward's server; an office PC runs the program alone. A body without a length is read as empty.
    """

    SPARE = 256 * 1024  # what a form adds to the largest file taken

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = (request.META.get("CONTENT_LENGTH") or "0").lstrip("0") or "0"
        if not length.isdecimal() or int(length[:12]) > settings.UPLOAD_MAX_BYTES + self.SPARE:
            limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
            return HttpResponse(render_to_string("413.html", {"limit": limit}), status=413)
        return self.get_response(request)


def waited_too_long(failure):
    """Whether the database is well and somebody else held the row (or, on SQLite, the file) for too long."""
    return getattr(failure.__cause__, "pgcode", None) in LOCKED or "database is locked" in str(failure)
