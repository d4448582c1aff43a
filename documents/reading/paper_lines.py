"""A paper of the database as the lines it prints, so that a draft is read and checked like any file."""

from documents.content import Paper
from documents.markup import parse, plain
from documents.paper_order import NumberedLine, numbered_lines
from documents.reading.source import Source, SourceKind, SourceLine
from documents.reading.styled import row_line, styled_line


def paper_source(paper: Paper) -> Source:
    """Return the lines of ``paper`` with the numbers of ``documents.paper_order``, which the preview carries too."""
    lines = (_line(one) for one in numbered_lines(paper))
    return Source(lines=tuple(line for line in lines if line is not None), kind=SourceKind.PAPER, name=paper.subject)


def _line(one: NumberedLine) -> SourceLine | None:
    if one.cells:
        return row_line(one.number, [plain(cell) for cell in one.cells])
    return styled_line(one.number, parse(one.text), heading=getattr(one.block, "level", 0))
