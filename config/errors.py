"""The page of an unexpected failure, with the code that finds it in the log."""

from django.http import HttpResponse
from django.template.loader import render_to_string


def server_error(request):
    """500 with the incident code; without request and context, since whatever failed may be in one of them."""
    page = render_to_string("500.html", {"incident": getattr(request, "incident", "")})
    return HttpResponse(page, status=500)
