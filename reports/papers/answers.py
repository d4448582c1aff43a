"""The outline and biểu of one report as blocks of its paper: what a body, or a unit that was asked nothing else, sent."""

from campaigns.annex_paper import ALIGN
from campaigns.choices import ColumnKind
from documents.content import Column, Heading, Item, Paragraph, Table
from documents.markup import escape
from reports.models import Submission
from reports.outline import FormPart
from reports.selectors.answers import answered_parts

NOTHING = "chưa có nội dung"
NARROW = 0.09  # of the other columns together: the numbers never break "STT"


def width_of(column, others: float) -> float:
    """How wide a column of a biểu prints beside `others`, the sum of the columns that hold no order."""
    return max(float(column.width), NARROW * others) if column.kind == ColumnKind.ORDER else float(column.width)


def answer_blocks(submission: Submission):
    """The sections with the words of the unit, then each biểu with its rows; an empty place says so."""
    for number, one in enumerate(answered_parts(submission), 1):
        part = one["part"]
        if one["table"]:
            yield _table(part, one["groups"])
            continue
        yield Heading(2, f"{number}.", escape(part.title.split(". ", 1)[-1]))
        for heading, text in one["headings"]:
            if heading.asks:
                yield Item(f"{escape(heading.title)}: {escape(' '.join(text.split())) or NOTHING}")
            elif heading.level > 1:
                yield Paragraph(f"*{escape(heading.title)}*")


def _table(part: FormPart, groups) -> Table:
    others = sum(one.width for one in part.columns if one.kind != ColumnKind.ORDER)
    columns = tuple(
        Column(one.title, width=width_of(one, others), align=ALIGN.get(ColumnKind(one.kind), "left"), group=one.group)
        for one in part.columns
    )
    rows = []
    for name, lines in groups:
        if name:
            rows.append((escape(name),))
        rows.extend(tuple(escape(words) for _column, words in line) for line in lines)
    title = f"**Biểu {part.number}.** {escape(part.title)}"
    return Table(columns=columns, rows=tuple(rows) or (("Chưa ghi dòng nào.",),), title=title, landscape=part.wide)
