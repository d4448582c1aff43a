"""The compiled report as an official paper: Báo cáo with an annex table per plan."""

from datetime import date

from django.utils import timezone

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
    Recipient,
    Signature,
    Table,
)
from documents.dates import short
from documents.markup import escape
from documents.profiles import profile_for
from reports.choices import RemarkField
from reports.figures import outside, rate
from reports.papers.compiled_tables import STANDINGS, kind_blocks, plan_blocks
from reports.selectors.remarks import remarks_of
from reports.selectors.report_outline import outline_of
from reports.wording import joined
from units.templatetags.lantoa import vn_number

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_REMARKS = {
    "strengths": (RemarkField.STRENGTHS, RemarkField.GOOD_MODELS),
    "limits": (RemarkField.LIMITS, RemarkField.CAUSES),
    "proposals": (RemarkField.OPINIONS, RemarkField.PROPOSALS),
}
_NONE = "–"
MOST_NAMED = 3


def compiled_report_paper(report, *, number=None, dated_on=None, draft=False):
    """The Paper of `report`; without number and day it is the bản trình ký, whose words are those of the issued one.

    With `draft` it carries the mark, and beside every remark who said it: what is signed names nobody.
    """
    settings = report.ward.ward_settings
    expected = timezone.localdate(report.counted_at)
    return Paper(
        kind=PaperKind.REPORT,
        letterhead=Letterhead(superior=settings.superior_heading, body=settings.committee_heading),
        number_line=NumberLine(sign=f"{PaperKind.REPORT.sign}/{settings.sign_code}", number=number),
        place_date=PlaceDate(place=settings.place_name, day=dated_on, expected=expected),
        subject=report.subject,
        blocks=tuple(_blocks(report, final=not draft)),
        signature=_signature(report.signer),
        recipients=tuple(_recipients(report.recipients)),
        closing=f"Số liệu trong báo cáo tính đến {_counted(report)}.",
        annexes=tuple(_annexes(report)),
        draft=draft,
        profile=profile_for(dated_on or expected).name,
    )


def _counted(report):
    at = timezone.localtime(report.counted_at)
    return f"{at.hour:02d} giờ {at.minute:02d}, ngày {short(at.date())}"


def _blocks(report, *, final):
    included = [remark for remark in remarks_of(report) if remark.included]
    index = 0
    for section in report.sections.all():
        said = [remark for remark in included if remark.field in _REMARKS.get(section.slot, ())]
        if not (section.body.strip() or said):
            continue
        yield Heading(level=1, marker=f"{_ROMAN[index]}.", title=section.title)
        index += 1
        for text in section.body.split("\n\n"):
            if text.strip():
                yield Item(text.strip()[2:]) if text.strip().startswith("- ") else Paragraph(" ".join(text.split()))
        for remark in said:
            yield Item(_remark_words(remark, final=final))
    for one in outline_of(report, included=True):
        yield Heading(level=1, marker=f"{_ROMAN[index]}.", title=f"Nội dung theo đề cương của Kế hoạch số {one.plan}")
        index += 1
        yield from _outline(one, final=final)


def _outline(one, *, final):
    """The ticked texts of one plan, heading by heading; each with its unit until the report is final."""
    section = None
    for group in one.headings:
        if group.section != section:
            section = group.section
            yield Paragraph(f"**{escape(section.title)}**")
        if group.heading.level > 1:
            yield Paragraph(f"*{escape(f'{group.heading.number}. {group.heading.title}')}*")
        for text in group.texts:
            words = escape(" ".join(text.text.split()))
            yield Item(words if final else f"{words} [{text.submission.unit.short_name}]")


def _remark_words(remark, *, final):
    """A remark as printed; a good model always with its unit, anything else without one once the report is final."""
    if remark.field == RemarkField.GOOD_MODELS:
        return f"{remark.text.rstrip('. ')} ({joined(remark.units)})."
    return remark.text if final else f"{remark.text} [{_source(remark)}]"


def _source(remark):
    """Who said it, shown until the report is final."""
    return ", ".join(remark.units) if len(remark.units) <= MOST_NAMED else f"{len(remark.units)} đơn vị"


def _signature(signer):
    if signer is None:
        return Signature(authority="T/M BAN THƯỜNG VỤ", position="", name="")
    return Signature(authority=signer.authority, position=signer.position, name=signer.name)


def _recipients(text):
    for line in text.splitlines():
        name, _, note = line.strip().partition(" (")
        if name:
            yield Recipient(name=name, note=note.rstrip(")"))


COLUMNS = (
    Column("TT", 0.65, "center"),
    Column("Đơn vị", 3.2),
    Column("Phải dự", 0.9, "right"),
    Column("Có mặt", 0.9, "right"),
    Column("Tỷ lệ %", 1.0, "right"),
    Column("Ngoài Đảng", 1.0, "right"),
    Column("Số buổi", 0.8, "right"),
    Column("Hình thức", 2.6),
    Column("Tự chấm", 1.1, "right"),
    Column("Thẩm định", 0.95, "right"),
    Column("Xếp loại", 1.1),
    Column("Ngày nộp", 1.55, "center"),
    Column("Ghi chú", 1.5),
)


def _annexes(report):
    plans = report.figures.get("plans", [])
    for index, plan in enumerate(plans, start=1):
        rows = [row for row in plan["rows"] if report.late_list_printed or row["standing"] == "accepted"]
        table = Table(
            columns=COLUMNS,
            rows=tuple(annex_row(number, row) for number, row in enumerate(rows, start=1)),
            total=total_row(plan["totals"]),
            landscape=True,
        )
        yield Annex(
            title=f"Biểu tổng hợp kết quả học tập {plan['name']}",
            number=index if len(plans) > 1 else None,
            blocks=(table, Paragraph(_coverage(plan["totals"])), *kind_blocks(plan)),
        )
    if len(plans) > 1:
        yield Annex(title="Biểu tổng hợp theo văn bản", number=len(plans) + 1, blocks=plan_blocks(plans))


def _coverage(totals):
    """Whose figures the table holds; units that keep theirs to themselves are in no sum and are named as a number."""
    words = f"Số liệu của {totals['accepted']}/{totals['asked']} đơn vị"
    if totals["withheld"]:
        words += f", chưa gồm số người của {totals['withheld']} đơn vị lực lượng vũ trang"
    return f"{words}."


def annex_row(number, row):
    """The cells of one unit, as strings; what was not reported is a dash."""
    counts = row["counts"]
    return (
        str(number),
        row["name"],
        _cell(counts.get("required")),
        _cell(counts.get("present")),
        _percent(rate(counts.get("present"), counts.get("required"))),
        _cell(outside(counts)),
        _cell(counts.get("sessions")),
        ", ".join(row["forms"]) or _NONE,
        _points(row["self_total"]),
        _points(row["appraised_total"]),
        row["level"] or _NONE,
        short(date.fromisoformat(row["received_on"])) if row["received_on"] else _NONE,
        _note(row),
    )


def total_row(totals):
    """The cells of the last row: sums of counts only."""
    counts = totals["counts"]
    return (
        "",
        f"Cộng {totals['accepted']}/{totals['asked']} đơn vị",
        _cell(counts["required"]),
        _cell(counts["present"]),
        _percent(rate(counts["present"], counts["required"])),
        _cell(outside(counts)),
        _cell(counts["sessions"]),
        "",
        "",
        "",
        "",
        "",
        "",
    )


def _note(row):
    if row["standing"] != "accepted":
        return (row["standing"] == "exempt" and row["note"]) or STANDINGS[row["standing"]]
    if row["verdict"] == "late":
        return f"muộn {row['days_late']} ngày"
    return "không nêu số liệu" if row["withheld"] else row["note"]


def _cell(value):
    return _NONE if value is None else vn_number(value)


def _percent(value):
    return _NONE if value is None else vn_number(value, 1)


def _points(value):
    return _NONE if value is None else vn_number(value, 1)
