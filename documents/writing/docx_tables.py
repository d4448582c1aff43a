"""Tables of a Word file: the two columns of the head, the signatures, and the biểu with a repeated heading."""

from itertools import groupby

from documents.content import Column, Table
from documents.writing.docx_styles import CELL, COLUMN, GAP, GROUP, MM, TABLE_TITLE, TOTAL
from documents.writing.docx_text import Bookmarks, marked_up, paragraph

HEAD_WIDTHS = (round(80 * MM), round(85 * MM))
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS, _NO_MARGINS = (
    "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", high), ("left", wide), ("bottom", high), ("right", wide))
    )
    for high, wide in ((40, 80), (0, 0))
)


def side_by_side(left: str, right: str) -> str:
    """Return two blocks of paragraphs beside each other, 80 and 85 mm, without lines, never torn apart."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content or paragraph(GAP)}</w:tc>'
        for width, content in zip(HEAD_WIDTHS, (left, right), strict=True)
    )
    return f"<w:tbl>{_properties(HEAD_WIDTHS)}<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"


def grid(table: Table, width: int, bookmarks: Bookmarks, name: str) -> str:
    """Return a biểu of `width` twentieths of a point with its title, or the gap that keeps it off what is above."""
    widths = _widths(table.columns, width)
    if table.title:
        rows = paragraph(TABLE_TITLE, bookmarks.around(name, marked_up(table.title)))
        name = ""
    else:
        rows = paragraph(GAP, align="left").replace("<w:jc", '<w:spacing w:before="140"/><w:jc', 1)
    rows += f"<w:tbl>{_properties(widths, lines=True)}{_heading(table.columns, widths, bookmarks, name)}"
    for row in table.rows:
        rows += _content_row(table.columns, row, widths, CELL)
    if table.total:
        rows += _content_row(table.columns, table.total, widths, TOTAL)
    return f"{rows}</w:tbl>"


def _heading(columns: tuple[Column, ...], widths, bookmarks: Bookmarks, name: str) -> str:
    """Return the titles of the columns, in two rows when some stand under a common one."""
    titles = []
    for number, column in enumerate(columns):
        titles.append(paragraph(COLUMN, bookmarks.around("" if number else name, marked_up(column.title))))
    if not any(column.group for column in columns):
        return _row([_cell(title, width) for title, width in zip(titles, widths, strict=True)], heading=True)
    above, below, place = [], [], 0
    for group, members in groupby(columns, key=lambda column: column.group):
        end = place + len(list(members))
        own = zip(titles[place:end], widths[place:end], strict=True)
        if group:
            above.append(_cell(paragraph(COLUMN, marked_up(group)), sum(widths[place:end]), span=end - place))
            below += [_cell(title, width) for title, width in own]
        else:
            for title, width in own:
                above.append(_cell(title, width, merge='<w:vMerge w:val="restart"/>'))
                below.append(_cell(paragraph(COLUMN), width, merge="<w:vMerge/>"))
        place = end
    return _row(above, heading=True) + _row(below, heading=True)


def _content_row(columns: tuple[Column, ...], row: tuple[str, ...], widths, style) -> str:
    if style is CELL and len(row) == 1 and len(columns) > 1:
        return _row([_cell(paragraph(GROUP, marked_up(row[0])), sum(widths), span=len(columns))])
    texts = [*row, *[""] * (len(columns) - len(row))][: len(columns)]
    return _row(
        [
            _cell(paragraph(style, marked_up(text), align="" if column.align == "left" else column.align), width)
            for column, text, width in zip(columns, texts, widths, strict=True)
        ]
    )


def _cell(content: str, width: int, *, span: int = 1, merge: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


def _row(cells: list[str], *, heading: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heading else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _properties(widths, *, lines: bool = False) -> str:
    look = f"<w:tblBorders>{_BORDERS}</w:tblBorders>" if lines else ""
    margins = _MARGINS if lines else _NO_MARGINS
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>{look}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _widths(columns: tuple[Column, ...], width: int) -> tuple[int, ...]:
    whole = sum(column.width for column in columns) or 1
    widths = [max(1, int(width * column.width / whole)) for column in columns]
    widths[-1] += width - sum(widths)
    return tuple(widths)
