"""Single pages of a paper that was laid out as a whole."""

import io
from dataclasses import replace

import pypdf

from documents.content import Paper
from documents.writing.pdf import RenderedPdf, render


def render_annexes(paper: Paper) -> RenderedPdf | None:
    """The annexes of `paper` alone, page for page as they stand behind it; None for a paper without any.

    The whole paper is laid out and its first pages are left out, so that every line, mark and page number is the same.
    """
    if not paper.annexes:
        return None
    whole = render(paper)
    before = render(replace(paper, annexes=())).pages
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(whole.data), pages=(before, whole.pages), import_outline=False)
    writer.metadata = {"/Title": f"Phụ lục kèm theo {paper.kind.label}"}
    target = io.BytesIO()
    writer.write(target)
    return RenderedPdf(f"phu-luc-{whole.name}", target.getvalue(), whole.pages - before)
