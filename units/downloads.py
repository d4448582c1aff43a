"""Files leave the program in one way only: as a download that the browser neither guesses about nor runs (U-10)."""

from typing import BinaryIO

from django.http import FileResponse

CSP = "default-src 'none'; sandbox"


def download(file: BinaryIO, *, name: str, content_type: str) -> FileResponse:
    """An open file as an attachment under its shown name (RFC 6266), sandboxed and not to be sniffed."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = CSP
    return response
