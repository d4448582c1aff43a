"""Hồ sơ lưu trữ of a plan: everything the campaign left, gathered for the archive. It only reads."""

import datetime as dt
import json
import re
from collections import defaultdict
from functools import partial
from pathlib import PurePath

from django.db.models import Q
from django.utils import timezone

from campaigns.choices import PlanState
from campaigns.models import Assignment, Plan
from campaigns.selectors.conferences import roll_groups
from campaigns.selectors.plan_pages import dispatch_rows
from campaigns.workbooks import roll_workbook
from documents.models import IssuedPaper
from documents.services.files import open_stored
from documents.spreadsheets import Sheet, write_workbook
from documents.writing.pdf import render as render_pdf
from reports.archive import Item
from reports.choices import ReportState
from reports.models import CompiledReport, Evidence, Filing, StudySession, Submission
from reports.papers.merged import merged_paper
from reports.papers.unit_report import printed_report
from reports.selectors.merging import counted_submissions, coverage_of
from reports.selectors.outline import plans_asking
from reports.services.snapshot import take_figures
from reports.workbooks_forms import merged_workbook
from reports.workbooks_report import annex_workbook
from units.models import AuditEvent
from units.permissions import Permission
from units.presenters import audit_line
from units.selectors.units import OldNames

FOLDERS = {
    "01-van-ban-cap-tren": "Văn bản cấp trên",
    "02-ke-hoach": "Kế hoạch",
    "03-cong-van": "Công văn, văn bản khác",
    "04-danh-sach": "Danh sách",
    "05-bao-cao-don-vi": "Báo cáo của đơn vị",
    "06-bao-cao-tong-hop": "Báo cáo tổng hợp",
    "07-nhat-ky": "Nhật ký",
}
ABOVE, PLAN, LETTERS, ROLLS, UNITS, REPORTS, LOG = FOLDERS
NAMED = "có nhắc số kế hoạch, cần xem lại"
MOST_KEYS = 500  # of one question to the log: SQLite takes no more than a thousand values


def archivable_plans(access):
    """Plans whose papers the clerk of the ward may gather: issued, closed or withdrawn ones."""
    plans = Plan.objects.filter(
        access.reach(Permission.READ_WARD, prefix="ward__"), state__in=PlanState.FROZEN, paper__isnull=False
    )
    return plans.select_related("ward", "paper__pdf", "paper__signed_scan")


def archive_items(plan: Plan, *, now: dt.datetime) -> list[Item]:
    """Every line of the mục lục of `plan` as it stands at `now`, in the order of FOLDERS; nothing is read or laid out yet."""
    return [
        *_directives(plan),
        *_paper(plan.paper, PLAN),
        *(item for paper, why in _letters(plan) for item in _paper(paper, LETTERS, why=why)),
        *_rolls(plan),
        *_units(plan, now),
        *_answers(plan, now),
        *(item for report in _reports(plan) for item in _paper(report.paper, REPORTS)),
        _item(LOG, "Nhật ký của kế hoạch", suffix=".xlsx", read=partial(_log, plan)),
    ]


def _item(folder, title, **fields):
    return Item(folder=folder, group=FOLDERS[folder], title=title, **fields)


def _stored(file):
    with open_stored(file) as opened:
        return opened.read()


def _directives(plan):
    for link in plan.directive_links.select_related("directive").order_by("position", "pk"):
        directive = link.directive
        files = [one for one in directive.files.select_related("file") if one.file.ward_id in {plan.ward_id, None}]
        known = {"number": directive.number_text, "dated_on": directive.dated_on}
        for one in files:
            suffix = PurePath(one.file.shown_name).suffix.lower()
            yield _item(ABOVE, one.title, suffix=suffix, read=partial(_stored, one.file), **known)
        if not files:
            yield _item(ABOVE, str(directive), note=_place_of(directive), **known)


def _place_of(directive):
    where = (
        "bản chính ở hệ thống điều hành tác nghiệp"
        if directive.held_elsewhere
        else "bản chính không có trong chương trình"
    )
    number = f"số đến {directive.incoming_number}" if directive.incoming_number else ""
    day = f"ngày đến {directive.arrived_on:%d/%m/%Y}" if directive.arrived_on else ""
    return ", ".join(part for part in (where, number, day) if part)


def _paper(paper, folder, *, why=""):
    """The printed text, and the signed scan beside it; without a scan the list says where the signed paper is to be found."""
    known = {"number": paper.number_text, "dated_on": paper.dated_on}
    withdrawn = "đã thu hồi" if paper.withdrawn_at else ""
    missing = "" if paper.signed_scan_id else "chưa có bản ký quét; bản giấy ở văn thư"
    note = "; ".join(part for part in (withdrawn, missing, why) if part)
    yield _item(folder, str(paper), suffix=".pdf", note=note, read=partial(_stored, paper.pdf), **known)
    if paper.signed_scan_id:
        scan = paper.signed_scan
        suffix = PurePath(scan.shown_name).suffix.lower()
        yield _item(folder, f"{paper}, bản đã ký", suffix=suffix, read=partial(_stored, scan), **known)


def _letters(plan):
    """(paper, why it is here): papers of the ward that belong to the plan by record, then those that only name its number.

    By record: chasing letters about the plan, letters that convene its conferences, papers its bodies made as products, contents that were waited for, copies of
    the plan, and what corrects any of these. A letter drafted freely has no record: it is known by the number in its text,
    and the list says that somebody should look.
    """
    papers = IssuedPaper.objects.filter(ward=plan.ward).exclude(pk=plan.paper_id).filter(compiled_report=None)
    papers = papers.select_related("pdf", "signed_scan")
    of_plan = Q(draft__chase_letter__plans=plan) | Q(draft__copy_of=plan.paper_id)
    of_plan |= Q(draft__conference_letter__conference__plans=plan)
    products = Assignment.objects.filter(plan=plan, product_paper__isnull=False).values("product_paper")
    awaited = plan.awaited_contents.filter(paper__isnull=False).values("paper")
    known = {one.pk: one for one in papers.filter(of_plan | Q(pk__in=products) | Q(pk__in=awaited)).distinct()}
    known |= _corrections(papers, {plan.paper_id, *known})
    rows = [(paper, "") for paper in known.values()]
    later = papers.filter(dated_on__gte=plan.paper.dated_on).exclude(pk__in=known)
    rows += [(paper, NAMED) for paper in later if _names(paper, plan.paper.number_text)]
    return sorted(rows, key=lambda pair: (pair[0].dated_on, pair[0].pk))


def _corrections(papers, wanted):
    """{pk: paper} of what corrects one of `wanted`, and of what corrects that."""
    found = {}
    while more := {one.pk: one for one in papers.filter(corrects__in=wanted).exclude(pk__in=found)}:
        found |= more
        wanted = set(more)
    return found


def _names(paper, number):
    """Whether the paper names `number` as a whole: 12-KH/ĐU is not in 112-KH/ĐU."""
    if not number:
        return False
    whole = re.compile(rf"(?<![\w-]){re.escape(number)}(?!\w)")
    return bool(whole.search(paper.subject) or whole.search(json.dumps(paper.content, ensure_ascii=False)))


def _reports(plan):
    reports = CompiledReport.objects.filter(plans=plan, state=ReportState.FROZEN, paper__isnull=False)
    return reports.select_related("paper__pdf", "paper__signed_scan").order_by("frozen_at", "pk")


def _rolls(plan):
    yield _item(ROLLS, "Danh sách gửi kế hoạch", suffix=".xlsx", read=partial(_send_list, plan))
    yield _item(ROLLS, "Danh sách buổi học của các đơn vị", suffix=".xlsx", read=partial(_session_list, plan))
    for conference in plan.conferences.standing().order_by("held_on", "pk"):
        title = f"Danh sách đại biểu, điểm danh: {conference}"
        yield _item(ROLLS, title, suffix=".xlsx", dated_on=conference.held_on, read=partial(_roll, conference))


def _units(plan, now):
    yield _item(UNITS, "Số liệu các đơn vị", suffix=".xlsx", read=partial(_figures, plan, now))
    sent = Submission.objects.filter(plan=plan, submitted_at__isnull=False).select_related(
        "unit", "plan__ward__ward_settings", "signed_scan"
    )
    sent = list(sent.order_by("unit__sort_key", "unit_id"))
    files, names = _evidence(plan), OldNames(one.unit for one in sent)
    for one in sent:
        day = timezone.localdate(one.submitted_at)
        title = f"Báo cáo của {names.called(one.unit, on=day).short_name}"
        note = f"{one.get_state_display()}, lần nộp {one.revision}" + (
            "" if one.signed_copy_kept else ", chưa có bản giấy ký"
        )
        yield _item(UNITS, title, suffix=".pdf", dated_on=day, note=note, read=partial(_unit_report, one))
        if scan := one.signed_scan:
            suffix = PurePath(scan.shown_name).suffix.lower()
            yield _item(UNITS, f"{title}, bản đã ký", suffix=suffix, dated_on=day, read=partial(_stored, scan))
        yield from files.get(one.pk, ())


def _answers(plan, now):
    """The outline and biểu as units and bodies filled them in, put together with those not yet taken in; none where none is asked."""
    if plan.pk not in plans_asking([plan.pk]):
        return
    title = "Đề cương, biểu các đơn vị đã điền"
    yield _item(UNITS, title, suffix=".pdf", read=partial(_merged_pdf, plan, now))
    yield _item(UNITS, title, suffix=".xlsx", read=partial(_merged_sheets, plan))


def _merged_pdf(plan, now):
    submissions = counted_submissions(plan, waiting=True)
    return render_pdf(merged_paper(plan, submissions, coverage_of(plan, submissions), today=timezone.localdate(now))).data


def _merged_sheets(plan):
    submissions = counted_submissions(plan, waiting=True)
    return merged_workbook(plan, submissions, coverage_of(plan, submissions))


def _evidence(plan):
    """{report: items of the photos, minutes and rolls given with any of its sendings}, in the order they were given."""
    links = Filing.submissions.through.objects.filter(submission__plan=plan, filing__sent_at__isnull=False)
    report_of = dict(links.order_by().values_list("filing_id", "submission_id"))
    rows = Evidence.objects.filter(filing__in=report_of).select_related("file", "filing__unit").order_by("added_at", "pk")
    found, names = defaultdict(list), OldNames(one.filing.unit for one in rows)
    for one in rows:
        suffix, day = PurePath(one.file.shown_name).suffix.lower(), timezone.localdate(one.added_at)
        title = f"{one.get_kind_display()} của {names.called(one.filing.unit, on=day).short_name}"
        note = f"gửi kèm báo cáo: {one.file.shown_name}"
        found[report_of[one.filing_id]].append(_item(UNITS, title, suffix=suffix, dated_on=day, note=note, read=partial(_stored, one.file)))
    return found


def _unit_report(submission):
    return printed_report(submission).data


def _figures(plan, now):
    return annex_workbook(take_figures([plan], counted_at=now))


def _send_list(plan):
    rows = [
        [line.addressee, line.copies, _moment(line.sent_at), _moment(line.received_at), line.note]
        for line in dispatch_rows(plan)
    ]
    return write_workbook(
        [Sheet(title="Danh sách gửi", header=("Nơi nhận", "Số bản", "Gửi lúc", "Nhận lúc", "Ghi chú"), rows=rows)]
    )


def _roll(conference):
    return roll_workbook(roll_groups(conference))


def _session_list(plan):
    header = (
        "Mã đơn vị",
        "Đơn vị",
        "Ngày học",
        "Loại buổi",
        "Hình thức",
        "Báo cáo viên",
        "Có mặt",
        "Có danh sách, biên bản",
    )
    rows = []
    given = list(Submission.objects.filter(plan=plan).select_related("unit").order_by("unit__sort_key", "unit_id"))
    names = OldNames(one.unit for one in given)
    for one in given:
        for held in one.sessions.order_by("held_on", "pk"):
            present = None if one.unit.figures_withheld else held.heads
            kind, form = held.get_kind_display(), held.get_form_display()
            rows.append(
                [
                    one.unit.code,
                    names.called(one.unit, on=held.held_on).short_name,
                    held.held_on,
                    kind,
                    form,
                    held.speaker,
                    present,
                    bool(held.minutes_kept),
                ]
            )
    return write_workbook([Sheet(title="Buổi học", header=header, rows=rows)])


def _log(plan):
    """What was done with the plan, its duties, conferences and send list, sessions, reports of units and the compiled reports, oldest first."""
    wanted = {
        "campaigns.plan": [plan.pk],
        "documents.issuedpaper": [plan.paper_id],
        "documents.dispatch": _keys(plan.paper.dispatches.all()),
        "campaigns.assignment": _keys(Assignment.objects.filter(plan=plan)),
        "campaigns.conference": _keys(plan.conferences.all()),
        "reports.studysession": _keys(StudySession.objects.filter(submissions__plan=plan)),
        "reports.filing": _keys(Filing.objects.filter(plans=plan)),
        "reports.submission": _keys(Submission.objects.filter(plan=plan)),
        "reports.compiledreport": _keys(CompiledReport.objects.filter(plans=plan)),
    }
    rows = []
    for kind, keys in wanted.items():
        for start in range(0, len(keys), MOST_KEYS):
            known = [str(key) for key in keys[start : start + MOST_KEYS]]
            for event in AuditEvent.objects.filter(object_type=kind, object_id__in=known).order_by("pk"):
                line = audit_line(event)
                rows.append((event.pk, [_moment(event.at), line.sentence, line.note]))
    rows.sort(key=lambda pair: pair[0])
    return write_workbook([Sheet(title="Nhật ký", header=("Lúc", "Việc", "Chi tiết"), rows=[row for _pk, row in rows])])


def _keys(rows):
    return list(rows.order_by().values_list("pk", flat=True).distinct())


def _moment(at):
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""
