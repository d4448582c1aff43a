"""The merged outline and forms of a plan as a paper: the dated steps, then every biểu with its source column."""

from campaigns.annex_paper import ALIGN, period_words
from campaigns.choices import ColumnKind
from documents.choices import PaperKind
from documents.content import (
    Annex,
    Column,
    Heading,
    Item,
    Letterhead,
    NumberLine,
    Paper,
    Paragraph,
    PlaceDate,
    Signature,
    Table,
)
from documents.dates import short
from documents.markup import escape
from documents.profiles import profile_for
from reports.papers.answers import width_of
from reports.selectors.merging import merged_forms, outline_counts, stages_of, texts_of
from reports.wording import plan_name

SOURCE = "Đơn vị"


def merged_paper(plan, submissions, coverage, *, today):
    """The Paper to print and sign; `submissions` and `coverage` as the page shows them, `today` the day of the figures."""
    settings = plan.ward.ward_settings
    return Paper(
        kind=PaperKind.REPORT,
        letterhead=Letterhead(superior=settings.superior_heading, body=settings.committee_heading),
        number_line=NumberLine(sign=f"{PaperKind.REPORT.sign}/{settings.sign_code}"),
        place_date=PlaceDate(place=settings.place_name, day=None, expected=today),
        subject=f"tổng hợp đề cương, biểu theo {plan_name(plan)}",
        blocks=tuple(_blocks(plan, submissions, coverage, today)),
        signature=_signature(plan.signer),
        annexes=tuple(_annexes(plan, submissions)),
        profile=profile_for(today).name,
    )


def coverage_words(coverage) -> str:
    """ "Số liệu của 41/58 đơn vị; 12 đơn vị chưa báo cáo." Missing ones are told, never counted as nothing."""
    missing = f"; {len(coverage.missing)} đơn vị chưa báo cáo" if coverage.missing else ""
    bodies = f" và {coverage.bodies} cơ quan, tổ chức" if coverage.bodies else ""
    quiet = f"; {len(coverage.bodies_missing)} cơ quan, tổ chức chưa báo cáo" if coverage.bodies_missing else ""
    apart = f"; {len(coverage.bodies_apart)} cơ quan, tổ chức báo cáo bằng văn bản riêng" if coverage.bodies_apart else ""
    return f"Số liệu của {coverage.counted}/{coverage.asked} đơn vị{bodies}{missing}{quiet}{apart}."


def _blocks(plan, submissions, coverage, today):
    yield Heading(1, "I.", "Phạm vi tổng hợp")
    yield Paragraph(f"{coverage_words(coverage)} Tính đến ngày {short(today)}.")
    if stages := stages_of(plan):
        yield Heading(1, "II.", "Các mốc thời gian")
        for stage in stages:
            yield Item(escape(f"{stage.who}: {stage.what.rstrip('. ')}, {lower_first(stage.phrase)} (hết ngày {short(stage.last_day)})."))
    sections = [one for one in outline_counts(plan, submissions) if any(count for _, count in one[1])]
    if sections:
        yield Heading(1, "III." if stages else "II.", "Nội dung theo đề cương")
        for part, headings in sections:
            yield Paragraph(f"**{escape(part.title)}**")
            for heading, count in headings:
                if count:
                    yield from _said(plan, submissions, heading)


def _said(plan, submissions, heading):
    if heading.level > 1:
        yield Paragraph(f"*{escape(f'{heading.number}. {heading.title}')}*")
    for one in texts_of(plan, submissions, heading):
        yield Item(f"**{escape(one.unit)}:** {escape(' '.join(one.text.split()))}")


def lower_first(text):
    """A printed phrase in the middle of a sentence: "hoàn thành trước ngày 10/8/2021"."""
    return text[:1].lower() + text[1:]


def _annexes(plan, submissions):
    forms = merged_forms(plan, submissions)
    if forms:
        yield Annex(
            title="Các biểu tổng hợp", label="Phụ lục", blocks=tuple(_table(one) for one in forms), subject=f"theo {plan_name(plan)}"
        )


def _table(form):
    part = form.part
    others = sum(one.width for one in part.columns if one.kind != ColumnKind.ORDER)
    columns = [
        Column(
            one.title,
            width=width_of(one, others),
            align=ALIGN.get(ColumnKind(one.kind), "left"),
            group=one.group,
        )
        for one in part.columns
    ]
    rows = []
    for name, lines in form.lines():
        if name:
            rows.append((escape(name),))
        rows.extend((*map(escape, words), escape(source)) for words, source in lines)
    if not rows:
        rows.append(("Chưa đơn vị nào ghi.",))
    total = form.total_words()
    period = period_words(part.first, part.last)
    return Table(
        columns=(*columns, Column(SOURCE, width=max(others / max(len(columns), 1), 1.0))),
        rows=tuple(rows),
        title=f"**Biểu {part.number}.** {escape(part.title)}{f' ({period})' if period else ''}",
        total=(*total, "") if total else (),
        landscape=part.wide,
    )


def _signature(signer):
    if signer is None:
        return Signature(authority="T/M BAN THƯỜNG VỤ", position="", name="")
    return Signature(authority=signer.authority, position=signer.position, name=signer.name)
