"""A paper as a Word file with the same geometry and the same words as its PDF, for offices that go on in Word.

Real paragraph styles with Vietnamese names, numbers as plain text, one bookmark a block: what an office edits comes
back through ``documents.reading.docx_paper``. Equal papers give equal bytes.
"""

import hashlib

from documents import limits, paper_text
from documents.content import Annex, Paper, Paragraph
from documents.paper_json import to_json
from documents.writing import docx_styles as styles
from documents.writing.docx_blocks import Blocks
from documents.writing.docx_heads import copy_lines, head, signing, title_lines
from documents.writing.docx_package import package
from documents.writing.docx_properties import properties_of
from documents.writing.docx_sections import Section, joined_sections
from documents.writing.docx_text import line, marked_up, paragraph, stretch
from documents.writing.kept import kept_with_signature
from documents.writing.pdf import file_name as pdf_name

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_docx(paper: Paper) -> bytes:
    """Return the paper as a .docx file.

    Raises:
        ValidationError: the paper is larger than ``documents.limits`` allows.
    """
    limits.check_size(paper)
    blocks = Blocks()
    sections = [*_main(paper, blocks), *(_annex(annex, index, blocks) for index, annex in enumerate(paper.annexes))]
    if paper.copy:
        sections[-1].content += copy_lines(paper.copy, paper.profile)
    return package(
        joined_sections(sections, duplex=paper.duplex),
        title=paper_text.document_title(paper),
        dated=paper.place_date.day,
        properties=properties_of(paper, fingerprint(paper)),
        draft=paper.draft,
        duplex=paper.duplex,
    )


def fingerprint(paper: Paper) -> str:
    """Return what tells this very paper from any other: an edited file is matched with the paper it came from."""
    return hashlib.sha256(to_json(paper).encode()).hexdigest()[:32]


def file_name(paper: Paper) -> str:
    """Return "KH-12-DU.docx", the name of the PDF with the ending of Word."""
    return pdf_name(paper).removesuffix(".pdf") + ".docx"


def _main(paper: Paper, blocks: Blocks) -> list[Section]:
    closing = paper_text.closing_texts(paper)
    everything = [*paper.blocks, *map(Paragraph, closing)]
    kept = kept_with_signature(everything) if paper.signature else set()
    start = head(paper) + title_lines(paper) + _address(paper)
    start += "".join(paragraph(styles.BASIS, marked_up(base)) for base in paper_text.base_lines(paper))
    sections = [Section(start, first=True)]
    for number, block in enumerate(paper.blocks):
        blocks.add(sections, block, number, keep=number in kept)
    for number, text in enumerate(closing, start=len(paper.blocks)):
        blocks.add_closing(sections, text, keep=number in kept)
    if paper.signature:
        blocks.tail(sections).content += signing(paper)
    return sections


def _address(paper: Paper) -> str:
    names, word = paper_text.addressee_lines(paper), paper_text.address_word(paper)
    if not names:
        return ""
    if len(names) == 1:
        upright = stretch(f" {names[0]}", style=styles.UPRIGHT[0])
        return paragraph(styles.ADDRESS, stretch(f"{word}:") + upright)
    rows = "".join(line(styles.ADDRESSEE, f"- {name}", keep=True) for name in names)
    return line(styles.ADDRESS_WORD, f"{word}:") + rows


def _annex(annex: Annex, index: int, blocks: Blocks) -> Section:
    lines = (
        (styles.ANNEX_LABEL, paper_text.annex_label(annex)),
        (styles.ANNEX_TITLE, annex.title.upper()),
        (styles.ANNEX_SUBJECT, annex.subject),
        (styles.ACCOMPANIES, f"({annex.accompanies})" if annex.accompanies else ""),
        (styles.HYPHENS, "-----"),
    )
    content = "".join(paragraph(style, marked_up(text)) for style, text in lines if text)
    section = Section(content, wide=annex.landscape, first=True)
    for number, block in enumerate(annex.blocks):
        blocks.add([section], block, number, annex=index)
    return section
