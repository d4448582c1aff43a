"""The words of a Word file, read by a library that had no part in writing it."""

import io

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


def docx_text(content):
    """All words in reading order, cells of the two-column tables one after the other."""
    document = Document(io.BytesIO(content))
    return "\n".join(paragraph.text for paragraph in paragraphs(document))


def paragraphs(document):
    """Every paragraph, those of tables in their place."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block
        if isinstance(block, Table):
            # A joined cell is named by every row and column that it spans.
            cells = {cell._tc: cell for row in block.rows for cell in row.cells}
            for cell in cells.values():
                yield from cell.paragraphs


def paragraphs_by_style(content):
    """(style name, text) of every paragraph that says something."""
    found = [(one.style.name, one.text) for one in paragraphs(Document(io.BytesIO(content)))]
    return [(style, text) for style, text in found if text.strip()]
