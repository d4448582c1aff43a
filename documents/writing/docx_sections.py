"""Parts of a Word file with their own page: upright or on its side, page numbers going on or beginning at 1."""

from dataclasses import dataclass

from documents.writing.docx_package import FIRST_HEADER, NUMBERED_HEADER
from documents.writing.docx_styles import GAP, MM
from documents.writing.docx_text import paragraph

_A4 = (round(210 * MM), round(297 * MM))
# Top, right, bottom, left in millimetres; on its side the binding edge is on top, and no page is mirrored.
_UPRIGHT, _TURNED = (20, 15, 20, 30), (30, 20, 15, 20)
_NUMBER_FROM_EDGE = 10


@dataclass
class Section:
    """Content of one part; ``wide`` turns the page, ``first`` begins a paper or an annex whose pages count from 1."""

    content: str
    wide: bool = False
    first: bool = False

    @property
    def width(self) -> int:
        """The width of its text in twentieths of a point."""
        margins = _TURNED if self.wide else _UPRIGHT
        return _A4[1 if self.wide else 0] - round((margins[1] + margins[3]) * MM)


def joined_sections(sections: list[Section], *, duplex: bool) -> str:
    """Return the body of word/document.xml."""
    filled = [section for section in sections if section.content]
    body = ""
    for section in filled[:-1]:
        end = paragraph(GAP).replace("</w:pPr>", f"{_properties(section, duplex)}</w:pPr>")
        body += section.content + end
    last = filled[-1]
    # A file may not end with a table.
    return body + last.content + (paragraph(GAP) if last.content.endswith("</w:tbl>") else "") + _properties(last, duplex)


def _properties(section: Section, duplex: bool) -> str:
    top, right, bottom, left = (round(side * MM) for side in (_TURNED if section.wide else _UPRIGHT))
    width, height = _A4[::-1] if section.wide else _A4
    turned = ' w:orient="landscape"' if section.wide else ""
    numbering = '<w:pgNumType w:start="1"/><w:titlePg/>' if section.first else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{NUMBERED_HEADER}"/>'
        f'<w:headerReference w:type="first" r:id="{FIRST_HEADER}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{round(_NUMBER_FROM_EDGE * MM)}" w:footer="0" w:gutter="0"/>'
        f"{numbering}</w:sectPr>"
    )
