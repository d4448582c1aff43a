"""The smallest PDF that a reader opens, for tests that need a real file."""

import io

from pypdf import PdfWriter


def plain_pdf() -> bytes:
    """One blank A4 page; the same bytes every time."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
