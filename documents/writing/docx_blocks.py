"""The numbered content of a paper in a Word file: headings, paragraphs, items, tables."""

from documents.content import Block, Heading, Item, Paragraph, Table
from documents.paper_text import heading_rest
from documents.writing import docx_styles as styles
from documents.writing.docx_properties import block_name
from documents.writing.docx_sections import Section
from documents.writing.docx_tables import grid
from documents.writing.docx_text import Bookmarks, marked_up, paragraph, stretch, unbroken


class Blocks:
    """Writes blocks into sections, each inside its own bookmark; a wide table opens a section on its side."""

    def __init__(self) -> None:
        self._bookmarks = Bookmarks()

    def add(self, sections: list[Section], block: Block, number: int, *, annex: int | None = None, keep: bool = False) -> None:
        """Put a block at the end; `number` is its place in the paper, or in the annex of that number."""
        name = block_name(number, annex)
        section = sections[-1] if annex is not None else self._section(sections, wide=_is_wide(block))
        if isinstance(block, Table):
            section.content += grid(block, section.width, self._bookmarks, name)
        else:
            section.content += self._line(block, name, keep)

    def add_closing(self, sections: list[Section], text: str, *, keep: bool) -> None:
        """Put a sentence of the closing at the end."""
        self.tail(sections).content += paragraph(styles.CLOSING, marked_up(text), keep=keep)

    def tail(self, sections: list[Section]) -> Section:
        """Return the upright section at the end, where running text goes on."""
        return self._section(sections, wide=False)

    @staticmethod
    def _section(sections: list[Section], *, wide: bool) -> Section:
        if sections[-1].wide != wide:
            sections.append(Section("", wide=wide))
        return sections[-1]

    def _line(self, block: Heading | Paragraph | Item, name: str, keep: bool) -> str:
        if isinstance(block, Heading):
            style = styles.HEADINGS[min(max(block.level, 1), len(styles.HEADINGS)) - 1]
            return paragraph(style, self._bookmarks.around(name, _heading(block)), keep=keep or not block.text)
        if isinstance(block, Item):
            style, text = styles.PLUS if block.mark == "+" else styles.DASH, f"{block.mark} {block.text}"
        else:
            style, text = styles.ALIGNED[block.align], block.text
        return paragraph(style, self._bookmarks.around(name, marked_up(text)), keep=keep)


def _heading(block: Heading) -> str:
    title = block.title.upper() if block.level == 1 else block.title
    marker = stretch(f"{block.marker} " if title else block.marker, style=styles.MARKER[0])
    return marker + stretch(unbroken(title), style=styles.TITLE[0]) + marked_up(heading_rest(block))


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape
