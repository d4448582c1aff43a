"""Drafting, refreshing, editing and freezing the compiled report."""

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.choices import AssignmentState
from campaigns.models import Plan
from campaigns.services.assignments import record_progress
from documents.choices import PaperKind
from documents.dates import short
from documents.services.issued import freeze_paper
from documents.services.numbers import book_for, take_number
from reports.choices import RemarkField, ReportState, SubmissionState
from reports.differences import conference_changes, total_changes, unit_changes
from reports.models import CompiledReport, ReportRemark, ReportSection, Submission
from reports.papers.compiled import compiled_report_paper
from reports.selectors.compiled import line_before, newest_of
from reports.sentences import draft_sections, joined_names
from reports.services.report_outline import collect_outline
from reports.services.snapshot import take_figures
from reports.supplement_sentences import supplement_sections
from units.services.audit import record_event

BATCH = 500


@transaction.atomic
def draft_report(*, ward, plans, by, now, signer=None):
    """Draft a report over `plans` (issued or closed plans of the ward) from what is accepted at `now`.

    Raises ValidationError ("no_plans", "not_issued") with the sentence to show.
    """
    plans = list(plans)
    if not plans:
        raise ValidationError("Hãy chọn ít nhất một kế hoạch để tổng hợp.", code="no_plans")
    if any(plan.paper_id is None for plan in plans):
        raise ValidationError("Chỉ tổng hợp được kế hoạch đã ban hành. Hãy bỏ chọn kế hoạch còn là dự thảo.", code="not_issued")
    figures = take_figures(plans, counted_at=now)
    names = joined_names(plan["name"] for plan in figures["plans"])
    report = CompiledReport.objects.create(
        ward=ward,
        subject=f"kết quả học tập, quán triệt, tuyên truyền và triển khai thực hiện {names}",
        signer=signer or ward.signers.filter(active_to__isnull=True).first(),
        recipients=_default_recipients(ward),
        figures=figures,
        counted_at=now,
        created_at=now,
        created_by=by,
        edited_at=now,
        edited_by=by,
    )
    return _fill(report, plans=plans, by=by, now=now, details={"plans": [plan.pk for plan in plans]})


def _fill(report, *, plans, by, now, details):
    """Give a new draft its plans, sections and remarks."""
    report.plans.set(plans)
    ReportSection.objects.bulk_create(
        ReportSection(
            report=report,
            position=position,
            slot=section.slot,
            title=section.title,
            drafted=section.body,
            body=section.body,
            sentences=section.sources,
        )
        for position, section in enumerate(_drafted_sections(report))
    )
    _collect_remarks(report)
    collect_outline(report)
    record_event(by=by, verb="report.draft", target=report, ward=report.ward, details=details, at=now)
    return report


def _drafted_sections(report):
    """What the rules write for the figures of `report`, a report of its own or one that adds to another."""
    if report.supplements_id is None:
        return draft_sections(report.figures)
    base = report.supplements
    return supplement_sections(
        base.figures, report.figures, number_text=base.paper.number_text, dated_on=short(base.paper.dated_on)
    )


@transaction.atomic
def draft_supplement(*, report, by, now):
    """Draft the báo cáo bổ sung to an issued `report`: what arrived or changed since, and nothing else.

    New figures, new words (remarks, texts of an outline) or both. A supplement adds to the newest issued one of its line.
    Raises ValidationError "not_issued", "exists" (a draft of one
    waits already) or "nothing_new".
    """
    base = CompiledReport.objects.select_for_update().get(pk=newest_of(report).pk)
    if base.state != ReportState.FROZEN:
        raise ValidationError("Báo cáo chưa ban hành nên chưa cần báo cáo bổ sung; hãy cập nhật số liệu của dự thảo.", code="not_issued")
    if base.supplemented_by.exists():
        raise ValidationError("Đã có dự thảo báo cáo bổ sung. Hãy mở dự thảo đó và cập nhật số liệu.", code="exists")
    plans = list(base.plans.order_by("pk"))
    figures = take_figures(plans, counted_at=now)
    supplement = CompiledReport.objects.create(
        ward=base.ward,
        subject=f"bổ sung {base.subject.removeprefix('bổ sung ')}"[:1000],
        signer=base.signer,
        recipients=base.recipients,
        figures=figures,
        supplements=base,
        counted_at=now,
        created_at=now,
        created_by=by,
        edited_at=now,
        edited_by=by,
    )
    _fill(supplement, plans=plans, by=by, now=now, details={"supplements": base.pk})
    counted = any(changes(base.figures, figures) for changes in (total_changes, unit_changes, conference_changes))
    if not (counted or supplement.remarks.exists() or supplement.outline_texts.exists()):
        raise ValidationError("Từ khi ban hành báo cáo chưa có gì mới nên không cần bổ sung.", code="nothing_new")
    return supplement


def _default_recipients(ward):
    superior = ward.ward_settings.superior_name
    return f"{superior} (báo cáo)\nThường trực Đảng ủy\nLưu Văn phòng Đảng ủy"


def _collect_remarks(report):
    """One row per remark of an accepted submission, ticked weak points each for itself; what was ticked stays ticked, what is no longer accepted goes.

    A supplement collects only what none of the reports before it has. A constant number of statements, whatever the number
    of units.
    """
    told = set(ReportRemark.objects.filter(report__in=line_before(report)).values_list("submission_id", "field", "text"))
    known = {(remark.submission_id, remark.field, remark.place): remark for remark in report.remarks.all()}
    accepted = Submission.objects.filter(plan__in=report.plans.all(), state__in=SubmissionState.COUNTED)
    said = {
        (submission.pk, field, place): text
        for submission in accepted.order_by("unit__sort_key", "pk")
        for field in RemarkField.values
        for place, text in submission.said_apart(field).items()
        if (submission.pk, field, text) not in told
    }
    report.remarks.exclude(pk__in=[known[key].pk for key in known if key in said]).delete()
    changed = [known[key] for key, text in said.items() if key in known and known[key].text != text]
    for remark in changed:
        # Other words are another remark: what it was put together with, and the wording of that, no longer speak for it.
        remark.text, remark.bundle, remark.wording = said[remark.submission_id, remark.field, remark.place], None, ""
    ReportRemark.objects.bulk_update(changed, ["text", "bundle", "wording"], batch_size=BATCH)
    fresh = [
        ReportRemark(report=report, submission_id=submission_id, field=field, place=place, text=text)
        for (submission_id, field, place), text in said.items()
        if (submission_id, field, place) not in known
    ]
    ReportRemark.objects.bulk_create(fresh, batch_size=BATCH)


@transaction.atomic
def refresh_report(*, report, by, now):
    """Count again: untouched sections follow the new figures, edited ones keep their words. Returns the list of changes."""
    _require_draft(report)
    before = report.figures
    figures = take_figures(report.plans.order_by("pk"), counted_at=now)
    report.figures = figures
    rewritten = _rewrite_sections(report)
    changes = [change.text for change in total_changes(before, figures)]
    kept = {"figures": changes, "units": [_unit_line(change) for changes in (unit_changes, conference_changes) for change in changes(before, figures)], "sections": rewritten}
    _bump(report, report.version, figures=figures, changes=kept, counted_at=now, edited_at=now, edited_by=by)
    _collect_remarks(report)
    collect_outline(report)
    record_event(by=by, verb="report.refresh", target=report, ward=report.ward, at=now)
    return changes


def _rewrite_sections(report):
    """Let untouched sections follow the figures; returns what the rules now write otherwise, section by section."""
    fresh, rewritten = {section.slot: section for section in _drafted_sections(report)}, []
    for section in report.sections.all():
        drafted = fresh[section.slot]
        edited = section.body != section.drafted
        if drafted.body != section.drafted:
            rewritten.append({"section": section.pk, "edited": edited, "was": section.drafted, "now": drafted.body})
        if not edited:
            section.body = drafted.body
        section.drafted, section.sentences = drafted.body, drafted.sources
        section.save(update_fields=["body", "drafted", "sentences"])
    return rewritten


def _unit_line(change):
    """ "Chi bộ A: có mặt 24 → 25" """
    words = {"arrived": "được tiếp nhận thêm", "left": "không còn được tính"}.get(change.kind)
    facts = "; ".join(f"{name} {was} → {now}" for name, was, now in change.facts)
    return f"{change.plan}, {change.unit}: {words or facts}"


@transaction.atomic
def adopt_drafted(*, report, section, expected_version, by, now):
    """Put the words that the rules write now in the place of the edited ones of `section`.

    Raises ValidationError "frozen", or "stale" when somebody saved since the page was opened.
    """
    _require_draft(report)
    _bump(report, expected_version, edited_at=now, edited_by=by)
    section.body = section.drafted
    section.save(update_fields=["body"])
    details = {"section": section.slot, "adopted": True}
    record_event(by=by, verb="report.edit", target=report, ward=report.ward, details=details, at=now)
    return section


@transaction.atomic
def save_report(*, report, expected_version, subject, signer, recipients, late_list_printed, bodies, included, by, now):
    """Save the compiler's edits. `bodies`: {section pk: text}; `included`: set of remark pks.

    Raises ValidationError code "stale" when somebody saved since this page was opened, "frozen" after issue.
    """
    _require_draft(report)
    _bump(
        report,
        expected_version,
        subject=subject,
        signer=signer,
        recipients=recipients,
        late_list_printed=late_list_printed,
        edited_at=now,
        edited_by=by,
    )
    for section in report.sections.all():
        if section.pk in bodies and bodies[section.pk] != section.body:
            section.body = bodies[section.pk]
            section.save(update_fields=["body"])
    report.remarks.filter(pk__in=included).update(included=True)
    report.remarks.exclude(pk__in=included).update(included=False)
    record_event(by=by, verb="report.edit", target=report, ward=report.ward, at=now)
    return report


def _bump(report, expected_version, **values):
    changed = CompiledReport.objects.filter(pk=report.pk, version=expected_version, state=ReportState.DRAFT).update(
        version=expected_version + 1, **values
    )
    if not changed:
        raise ValidationError(
            "Báo cáo vừa được người khác lưu. Nội dung đồng chí gõ vẫn còn trên màn hình; hãy mở bản mới ở thẻ khác, "
            "đối chiếu rồi lưu lại.",
            code="stale",
        )
    report.refresh_from_db()


def _require_draft(report):
    if report.state != ReportState.DRAFT:
        raise ValidationError("Báo cáo đã ban hành nên không sửa được nữa.", code="frozen")


@transaction.atomic
def freeze_report(*, report, number, dated_on, by, now, ending=()):
    """Record the signed report: number and date from the book, frozen text, figures and PDF, all or nothing.
    `ending`: open duties whose product it is; the paper closes them.

    Locks the submissions it counted (the second clock). Raises ValidationError ("frozen", "taken", "no_signer").
    """
    if report.signer is None:
        raise ValidationError("Hãy chọn người ký trước khi ghi số báo cáo.", code="no_signer")
    # The same lock as of a sending: a report of a unit is received before the freeze or after it, never beside it.
    list(Plan.objects.select_for_update().filter(compiled_reports=report).order_by("pk"))
    won = CompiledReport.objects.filter(pk=report.pk, state=ReportState.DRAFT, version=report.version).update(
        state=ReportState.FROZEN, frozen_at=now, frozen_by=by, version=report.version + 1
    )
    if not won:
        raise ValidationError("Báo cáo này đã được ghi ban hành hoặc vừa có người sửa. Hãy tải lại trang.", code="frozen")
    settings = report.ward.ward_settings
    book = book_for(body=report.ward, kind_sign=PaperKind.REPORT.sign, body_sign=settings.sign_code, term_name=settings.term_name)
    entry = take_number(
        book=book, number=number, dated_on=dated_on, subject=report.subject, signer_name=report.signer.name, by=by
    )
    paper = freeze_paper(
        paper=compiled_report_paper(report, number=number, dated_on=dated_on),
        ward=report.ward,
        entry=entry,
        kind=PaperKind.REPORT,
        dated_on=dated_on,
        signer_name=report.signer.name,
        by=by,
        at=now,
    )
    CompiledReport.objects.filter(pk=report.pk).update(paper=paper)
    for assignment in ending:
        note = f"Đã ban hành báo cáo ngày {short(dated_on)}."
        record_progress(assignment=assignment, state=AssignmentState.DONE, note=note, product_paper=paper, by=by, at=now)
    record_event(by=by, verb="report.issue", target=report, ward=report.ward, details={"number": paper.number_text}, at=now)
    report.refresh_from_db()
    return report
