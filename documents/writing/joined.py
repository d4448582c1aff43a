"""Several finished PDFs as one, for a printer that should be asked once."""

import io
from collections.abc import Iterable

from pypdf import PdfWriter


def joined(parts: Iterable[bytes]) -> bytes:
    """The pages of our own PDFs one after another."""
    writer, out = PdfWriter(), io.BytesIO()
    for data in parts:
        writer.append(io.BytesIO(data))
    writer.write(out)
    return out.getvalue()
