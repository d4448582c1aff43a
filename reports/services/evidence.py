"""Photos and minutes of a session: kept, taken out again before sending, and the signed scan of a report."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from documents.choices import FilePurpose
from documents.services.files import discard_upload, store_upload
from reports.models import Evidence, Filing, Submission
from units.models import User
from units.selectors.wards import ward_of
from units.services.audit import record_event

MOST_FILES = 10  # of one filing


@transaction.atomic
def add_evidence(
    *, filing: Filing, upload: UploadedFile, kind: str, declared_not_secret: bool, by: User, at: dt.datetime
) -> Evidence:
    """Keep one file with `filing`, also after it was sent; the same picture given twice is kept once.

    Raises ValidationError "too_many" beyond 10 files, and what store_upload finds wrong; nothing is then kept.
    """
    filing = Filing.objects.select_for_update(of=("self",)).select_related("unit").get(pk=filing.pk)
    if filing.evidence.count() >= MOST_FILES:
        raise ValidationError(
            f"Mỗi báo cáo kèm nhiều nhất {MOST_FILES} tệp. Tệp này chưa được lưu; đồng chí bỏ bớt tệp không cần rồi gửi lại.",
            code="too_many",
        )
    stored = store_upload(
        upload=upload,
        purpose=FilePurpose.EVIDENCE,
        ward=ward_of(filing.unit),
        by=by,
        declared_not_secret=declared_not_secret,
        at=at,
    )
    known = filing.evidence.filter(file__sha256=stored.sha256).first()
    if known:
        discard_upload(stored=stored, by=by, at=at)
        return known
    evidence = Evidence.objects.create(filing=filing, kind=kind, file=stored, added_at=at, added_by=by)
    record_event(by=by, verb="evidence.add", target=evidence, ward=ward_of(filing.unit), details={"kind": kind}, at=at)
    return evidence


def add_all(
    *, filing: Filing, uploads: Iterable[tuple[str, UploadedFile]], by: User, at: dt.datetime
) -> tuple[int, list[str]]:
    """Keep several files (kind, upload), each by itself: how many are kept, and a sentence for each that is not."""
    kept, problems = 0, []
    for kind, upload in uploads:
        try:
            add_evidence(filing=filing, upload=upload, kind=kind, declared_not_secret=True, by=by, at=at)
            kept += 1
        except ValidationError as error:
            problems += error.messages
    return kept, problems


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, at: dt.datetime) -> None:
    """Take a file out of a draft, with its bytes. Raises ValidationError "sent" when the report has gone."""
    filing = Filing.objects.select_for_update(of=("self",)).select_related("unit").get(pk=evidence.filing_id)
    if filing.sent_at:
        raise ValidationError(
            "Báo cáo đã gửi nên tệp kèm được giữ nguyên. Đồng chí gửi thêm tệp đúng nếu cần.", code="sent"
        )
    record_event(by=by, verb="evidence.remove", target=evidence, ward=ward_of(filing.unit), at=at)
    evidence.delete()
    discard_upload(stored=evidence.file, by=by, at=at)


def discard_evidence(*, filing: Filing, by: User, at: dt.datetime) -> None:
    """Take every file out of a draft that is thrown away; part of that act, so the caller holds the transaction."""
    for evidence in filing.evidence.select_related("file"):
        evidence.delete()
        discard_upload(stored=evidence.file, by=by, at=at)


@transaction.atomic
def attach_signed_scan(
    *, submission: Submission, upload: UploadedFile, declared_not_secret: bool, by: User, at: dt.datetime
) -> Submission:
    """Keep the scan of the signed paper beside the report and tick "đã có bản giấy ký".

    Raises ValidationError "not_sent" before the report is sent, and what store_upload finds wrong.
    """
    if submission.submitted_at is None:
        raise ValidationError("Báo cáo chưa gửi nên chưa có bản để ký.", code="not_sent")
    submission.signed_scan = store_upload(
        upload=upload,
        purpose=FilePurpose.SCAN,
        ward=submission.plan.ward,
        by=by,
        declared_not_secret=declared_not_secret,
        at=at,
    )
    submission.signed_copy_kept = True
    submission.save(update_fields=["signed_scan", "signed_copy_kept"])
    record_event(by=by, verb="submission.signed_scan", target=submission, ward=submission.plan.ward, at=at)
    return submission
