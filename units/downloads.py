"""Files leave the program in one way only: as a download that the browser neither guesses about nor runs (U-10)."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

CSP = "default-src 'none'; sandbox"


def download(data: bytes, *, name: str, content_type: str) -> HttpResponse:
    """A file as an attachment under its shown name (RFC 6266), sandboxed and not to be sniffed.

    Whole in memory: an upload is 12 MB at most, and a sync worker is freed the sooner.
    """
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": CSP,
    }
    return HttpResponse(data, content_type=content_type, headers=headers)
