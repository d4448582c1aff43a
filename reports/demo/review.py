"""A review of the demonstration that is over: its outline and biểu, written by eight schools, taken in, the plan ended."""

import datetime as dt
from dataclasses import replace

from campaigns.choices import AssignmentState, LeadGroup, PlanKind, Product
from campaigns.models import Assignment
from campaigns.selectors.plans import plan_content
from campaigns.services.assignments import record_progress
from campaigns.services.deadline_chain import DraftPhrases
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.issuing import close_plan, issue_plan, plan_book
from campaigns.services.plans import approve_plan, save_plan_draft, submit_plan
from documents.choices import PaperKind
from documents.dates import long, short
from documents.services.numbers import suggest_number
from reports.outline import FormPart
from reports.selectors.outline import parts_of
from reports.services.answer_sheets import open_sheet, save_sheet, send_sheet
from reports.services.submissions import accept_submission
from units.choices import UnitKind

_WRITTEN = {
    "I.1": (
        "Phổ biến trong hai kỳ sinh hoạt chi bộ và buổi họp hội đồng đầu năm học; phát tài liệu cho từng tổ chuyên môn.",
        "Học tại chi bộ, sau đó nhắc lại trong ba buổi sinh hoạt dưới cờ; 21 lượt giáo viên phát biểu.",
        "Bí thư chi bộ trực tiếp truyền đạt; gửi bản tóm tắt vào nhóm của cha mẹ học sinh.",
    ),
    "I.2": (
        "Chi bộ ban hành nghị quyết chuyên đề, nhà trường có kế hoạch năm học.",
        "Đưa vào nghị quyết của chi bộ hằng quý.",
    ),
    "I.3": ("Chi ủy kiểm tra hai tổ chuyên môn, không có việc phải nhắc nhở.", "Lồng ghép vào kiểm tra cuối học kỳ."),
    "II.1": (
        "Đủ góc đọc ở các lớp; số lượt mượn sách tăng gần gấp đôi so với trước khi thực hiện. Phòng đọc chung còn chật.",
        "Mỗi tuần có một tiết đọc cùng học sinh; đã nối thư viện với nhà văn hóa tổ dân phố.",
    ),
    "II.2": ("Có một mô hình đang làm tốt, ghi ở Biểu 2.", "Cha mẹ học sinh cùng đọc với con vào tối thứ Sáu."),
    "III.1": ("Cấp ủy vào cuộc sớm, giáo viên nhiệt tình.", "Việc làm cụ thể nên học sinh dễ theo."),
    "III.2": ("Kinh phí mua sách còn ít, chủ yếu nhờ quyên góp.", "Một số lớp làm chưa đều."),
    "III.3": ("Chọn việc nhỏ, làm đều thì giữ được lâu.", "Phải có người phụ trách từng lớp."),
    "IV.1": ("Duy trì tiết đọc hằng tuần, bổ sung sách cho khối nhỏ.", "Mở thư viện cả buổi chiều thứ Bảy."),
    "IV.2": ("Đề nghị phường hỗ trợ giá sách và máy tính tra cứu.", "Đề nghị có ngày hội đọc sách chung của phường."),
}
_PAPERS = [
    ("{n}-NQ/CB", "15/11/2023", "lãnh đạo xây dựng thói quen đọc sách trong nhà trường"),
    ("{n}-KH/TrH", "08/9/2024", "tổ chức tiết đọc năm học 2024 - 2025"),
]
_MODELS = [
    ("Tủ sách trước cửa lớp", "Tổ Ngữ văn", "Học sinh tự mượn, tự trả", "320 cuốn, 40 lượt mượn mỗi tuần"),
    (
        "Tối thứ Sáu cùng con",
        "Ban đại diện cha mẹ học sinh",
        "Đọc cùng con 30 phút",
        "hơn một nửa số gia đình tham gia",
    ),
    ("Đổi sách cũ", "Liên đội", "Mỗi tháng một phiên đổi sách", "9 phiên, 600 cuốn"),
]


def review_schools(cast, clock):
    """The plan from its directive to its end; returns it. Its number is the one before those of the month's plans."""
    plan = _plan(cast, clock)
    owed = plan.assignments.filter(product=Product.REPORT).select_related("unit").order_by("unit__code")
    for place, assignment in enumerate(owed):
        _answer(cast, clock, plan, assignment.unit, place)
    _bodies_done(cast, clock, plan)
    return close_plan(plan=plan, by=cast.staff["tonghop"], now=clock.at(4, 24, 16))


def _directive(cast, clock):
    return register_directive(
        kind=PaperKind.DIRECTIVE, number="32", sign="CT/TU", dated_on=dt.date(2023, 9, 14), issuer="Ban Thường vụ Tỉnh ủy",
        subject="về xây dựng thói quen đọc sách trong nhà trường và khu dân cư", by=cast.staff["soanthao"], ward=cast.ward,
        arrived_on=clock.day(3, 9), incoming_number="118", held_elsewhere=True, at=clock.at(3, 9, 9),
    )  # fmt: skip


def _plan(cast, clock):
    """Drafted with the outline and biểu of the wording; the schools are asked, each by name."""
    drafter = cast.staff["soanthao"]
    phrases = DraftPhrases(
        report=f"trước ngày {short(clock.day(4, 10))}",
        compiled=f"trước ngày {short(clock.day(4, 17))}",
        final=f"trước ngày {short(clock.day(4, 21))}",
    )
    directives = [_directive(cast, clock)]
    plan = draft_plan(
        ward=cast.ward, directives=directives, kind=PlanKind.REVIEW, by=drafter, now=clock.at(3, 11, 9), phrases=phrases
    )
    content = plan_content(plan)
    save = {"expected_version": plan.version, "by": drafter, "now": clock.at(3, 11, 10)}
    plan = save_plan_draft(plan=plan, content=replace(content, duties=_by_school(cast, content.duties)), **save)
    plan = submit_plan(plan=plan, by=drafter, now=clock.at(3, 12, 9))
    plan = approve_plan(plan=plan, by=cast.staff["lanhdao"], now=clock.at(3, 13, 8))
    issued = {"dated_on": clock.day(3, 13), "by": cast.staff["vanthu"], "now": clock.at(3, 13, 10)}
    return issue_plan(plan=plan, number=suggest_number(plan_book(plan)), **issued)


def _by_school(cast, duties):
    """The clause of all units becomes one clause of each school."""
    kept = [one for one in duties if one.lead_group == LeadGroup.ONE]
    (asked,) = (one for one in duties if one.lead_group == LeadGroup.ALL_UNITS)
    schools = [unit for unit in cast.units.values() if unit.kind == UnitKind.SCHOOL]
    return (
        *kept,
        *(replace(asked, lead_text=unit.name, lead_group=LeadGroup.ONE.value, lead_id=unit.pk) for unit in schools),
    )


def _answer(cast, clock, plan, unit, place):
    """One school writes every part on some evening before the deadline and sends; the office takes it in, two days later."""
    by, day = cast.secretaries[unit.code].user, 1 + place
    sheet = open_sheet(unit=unit, plan=plan, by=by, at=clock.at(4, day, 19))
    for number, part in enumerate(parts_of(plan)):
        changes = _rows(part, unit, place) if isinstance(part, FormPart) else _texts(part, place)
        at = clock.at(4, day, 19, 5 + 4 * number)
        sheet = save_sheet(sheet=sheet, version=sheet.version, changes=changes, part=part.slug, by=by, at=at)
    sent = send_sheet(sheet=sheet, version=sheet.version, by=by, at=clock.at(4, day, 20), confirmed=True)
    accept_submission(submission=sent, by=cast.staff["tonghop"], at=clock.at(4, day + 2, 9))


def _texts(part, place):
    written = {one.pk: _WRITTEN[one.number] for one in part.asking if one.number in _WRITTEN}
    return {"headings": {str(pk): texts[place % len(texts)] for pk, texts in written.items()}}


def _rows(part, unit, place):
    """Biểu 1 holds the papers of the school, Biểu 2 its model; every third school has none."""
    if part.number == 1:
        rows = [(number.format(n=4 + place), day, unit.name, words) for number, day, words in _PAPERS[: 1 + place % 2]]
    else:
        rows = [_MODELS[place % len(_MODELS)]] if place % 3 else []
    cells = [{column.key: text for column, text in zip(part.asking, row, strict=True)} for row in rows]
    return {"forms": {str(part.pk): [{"g": 0, "c": one} for one in cells]}}


def _bodies_done(cast, clock, plan):
    """The bodies named their papers; they stand in the books of those bodies, not in the ward's."""
    owed = Assignment.objects.filter(plan=plan, product=Product.DOCUMENT).select_related("plan__ward").order_by("pk")
    for place, assignment in enumerate(owed):
        day = clock.day(4, 9 + place)
        record_progress(
            assignment=assignment, state=AssignmentState.DONE, note="", by=cast.staff["tonghop"], at=clock.at(4, 9 + place, 15),
            product_words=f"Báo cáo số {21 + place}, {long(day)}",
        )  # fmt: skip
