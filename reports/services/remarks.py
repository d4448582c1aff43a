"""Putting remarks of units together under one wording, and taking them apart again."""

from django.core.exceptions import ValidationError
from django.db import transaction

from reports.choices import ReportState
from reports.models import CompiledReport
from reports.selectors.remarks import remarks_of
from units.services.audit import record_event


@transaction.atomic
def join_remarks(*, report, leads, wording, by, now):
    """Make one line of the remarks whose first rows are `leads` (pks), in `wording` or in the words most units used.

    Raises ValidationError "frozen", "too_few" (fewer than two), "kinds" (a limit and a proposal are not one).
    """
    chosen = [remark for remark in remarks_of(report) if remark.pks[0] in leads]
    if len(chosen) < 2:
        raise ValidationError("Hãy đánh dấu ít nhất hai ý kiến để gộp.", code="too_few")
    if len({remark.field for remark in chosen}) > 1:
        raise ValidationError("Chỉ gộp được các ý kiến cùng loại. Hãy bỏ dấu ở loại khác rồi gộp lại.", code="kinds")
    claim_draft(report, by, now)
    pks = [pk for remark in chosen for pk in remark.pks]
    included = any(remark.included for remark in chosen)
    report.remarks.filter(pk__in=pks).update(bundle=min(pks), wording=wording.strip(), included=included)
    record_event(
        by=by, verb="report.join_remarks", target=report, ward=report.ward, details={"remarks": len(pks)}, at=now
    )


@transaction.atomic
def part_remarks(*, report, lead, by, now):
    """Let each wording of the remark that begins with `lead` (pk) stand for itself again. Raises ValidationError "frozen"."""
    remark = next((one for one in remarks_of(report) if one.pks[0] == lead), None)
    if remark is None:
        raise ValidationError("Ý kiến này vừa được gộp hoặc tách ở nơi khác. Hãy tải lại trang.", code="stale")
    claim_draft(report, by, now)
    own = {}
    for row in report.remarks.filter(pk__in=remark.pks).order_by("pk"):
        row.bundle, row.wording = own.setdefault(" ".join(row.text.split()), row.pk), ""
        row.save(update_fields=["bundle", "wording"])
    record_event(
        by=by, verb="report.part_remarks", target=report, ward=report.ward, details={"remarks": len(remark.pks)}, at=now
    )


def claim_draft(report, by, now):
    """Take the draft's next version, so that an edit page opened before is told: its ticks stand for other lines now.

    Raises ValidationError "frozen" when the report is issued or somebody saved meanwhile."""
    changed = CompiledReport.objects.filter(pk=report.pk, version=report.version, state=ReportState.DRAFT).update(
        version=report.version + 1, edited_at=now, edited_by=by
    )
    if not changed:
        raise ValidationError(
            "Báo cáo đã ban hành hoặc vừa có người sửa nên chưa gộp, tách ý kiến. Hãy tải lại trang.", code="frozen"
        )
    report.refresh_from_db()
