"""The annexes of a plan as they print: the outline, then each biểu as a table to be filled in."""

from collections.abc import Iterator
from datetime import date

from campaigns.choices import ColumnKind
from campaigns.plan_content import AnnexText, FormText, OutlineText, PlanContent
from documents.content import Annex, Block, Column, Heading, Item, Paragraph, Table
from documents.dates import short

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_WIDE = 6  # columns; more than these do not fit upright with readable words
ALIGN = {ColumnKind.ORDER: "center", ColumnKind.NUMBER: "right", ColumnKind.PERCENT: "right", ColumnKind.DATE: "center"}
_ORDER_SHARE = 0.09  # of the other columns together: 13 mm of an upright page
MORE = "..."


def plan_annexes(content: PlanContent, *, accompanies: str = "") -> tuple[Annex, ...]:
    """Return the phụ lục of the plan in order; the biểu are numbered through all of them."""
    texts = content.annexes or ()
    labelled = sum(1 for one in texts if one.label)
    found, number, form = [], 0, 0
    for text in texts:
        number += bool(text.label)
        found.append(
            Annex(
                title=text.title,
                blocks=tuple(_blocks(text, forms_before=form)),
                number=number if text.label and labelled > 1 else None,
                subject=text.subject,
                accompanies=accompanies,
                label=text.label,
            )
        )
        form += len(text.forms)
    return tuple(found)


def outline_markers(headings: tuple[OutlineText, ...]) -> list[str]:
    """Return the number of each heading: "I.", "1.", "1.1."; a level starts again under the next greater one."""
    counts, markers = [0, 0, 0], []
    for heading in headings:
        level = min(max(heading.level, 1), 3)
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        if level == 1:
            markers.append(f"{_ROMAN[counts[0] - 1] if counts[0] <= len(_ROMAN) else counts[0]}.")
        else:
            # A heading that skips a level still gets a number that can be cited.
            markers.append("".join(f"{max(count, 1)}." for count in counts[1:level]))
    return markers


def is_wide(form: FormText) -> bool:
    """Whether the biểu needs the page turned on its side."""
    return form.landscape or len(form.columns) > _WIDE


def _blocks(annex: AnnexText, *, forms_before: int) -> Iterator[Block]:
    for heading, marker in zip(annex.headings, outline_markers(annex.headings), strict=True):
        yield Heading(min(max(heading.level, 1), 3), marker, heading.title)
        yield from _guidance(heading.guidance)
    for number, form in enumerate(annex.forms, start=forms_before + 1):
        yield _table(form, number)


def _guidance(text: str) -> Iterator[Block]:
    for line in filter(None, (line.strip() for line in text.splitlines())):
        yield Item(line[2:].strip(), line[0]) if line[:2] in {"- ", "+ "} else Paragraph(line)


def _table(form: FormText, number: int) -> Table:
    others = sum(one.width for one in form.columns if one.kind != ColumnKind.ORDER)
    columns = tuple(
        Column(one.title, width=_width(one, others), align=ALIGN.get(ColumnKind(one.kind), "left"), group=one.group)
        for one in form.columns
    )
    rows: list[tuple[str, ...]] = []
    for group in form.groups.splitlines() or [""]:
        if group.strip():
            rows.append((group.strip(),))
        rows.extend(_row(form, str(row)) for row in range(1, form.blank_rows + 1))
        if form.repeating:
            rows.append(_row(form, MORE))
    period = period_words(form.period_from, form.period_to)
    title = f"**Biểu {number}.** {form.title}{f' ({period})' if period else ''}"
    return Table(columns, tuple(rows), title=title, landscape=is_wide(form))


def period_words(first: date | None, last: date | None) -> str:
    """Return "từ năm 2017 đến hết năm 2020", whole years without days, or "" when a biểu has no limits."""
    starts = str(first and first.year) if first and (first.day, first.month) == (1, 1) else short(first) if first else ""
    ends = f"hết năm {last.year}" if last and (last.day, last.month) == (31, 12) else f"ngày {short(last)}" if last else ""
    since = f"từ {'năm' if len(starts) == len('2017') else 'ngày'} {starts}" if starts else ""
    return " ".join(filter(None, (since, f"đến {ends}" if ends else "")))


def _width(column, others: int) -> float:
    """Return the share of a column; that of the numbers is never so narrow that "STT" is broken."""
    return max(float(column.width), _ORDER_SHARE * others) if column.kind == ColumnKind.ORDER else float(column.width)


def _row(form: FormText, order: str) -> tuple[str, ...]:
    return tuple(order if column.kind == ColumnKind.ORDER else "" for column in form.columns)
