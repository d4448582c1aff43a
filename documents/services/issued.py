"""Issued papers: frozen at release, then only the scan, the dispatch marks and a withdrawal are added (decisions 11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from documents.choices import FilePurpose
from documents.content import Paper
from documents.models import Dispatch, IssuedPaper, NumberEntry
from documents.paper_json import to_dict
from documents.services.files import store_bytes, store_upload
from documents.writing import pdf
from units.models import Unit, User
from units.services.audit import record_event


@dataclass(frozen=True, slots=True)
class DispatchLine:
    """One addressee of Nơi nhận: its name as printed, the unit it is (if one of ours), note and copies on paper."""

    addressee: str
    unit: Unit | None = None
    note: str = ""
    copies: int = 1


@transaction.atomic
def freeze_paper(
    *,
    paper: Paper,
    ward: Unit,
    entry: NumberEntry | None,
    kind: str,
    dated_on: date,
    signer_name: str,
    by: User,
    at: datetime,
    corrects: IssuedPaper | None = None,
) -> IssuedPaper:
    """Keep a numbered paper for good: its content as data, our PDF of it and the PDF's SHA-256.

    Raises:
        ValidationError: ``not_numbered`` when number or day is still blank, or the paper is too large to print.
    """
    if paper.for_signature or paper.draft:
        raise ValidationError(
            "Văn bản còn để trống số hoặc ngày nên chưa ban hành được. Hãy ghi số và ngày theo bản đã ký.",
            code="not_numbered",
        )
    rendered = pdf.render(paper)
    stored = store_bytes(
        data=rendered.data,
        name=rendered.name,
        content_type="application/pdf",
        purpose=FilePurpose.PAPER,
        ward=ward,
        by=by,
        at=at,
    )
    issued = IssuedPaper.objects.create(
        ward=ward, entry=entry, kind=kind, number_text=_number_text(paper), dated_on=dated_on, subject=paper.subject,
        signer_name=signer_name, content=to_dict(paper), pdf=stored, sha256=stored.sha256, issued_at=at, issued_by=by,
        corrects=corrects,
    )  # fmt: skip
    record_event(by=by, verb="paper.issue", target=issued, ward=ward, details={"sha256": stored.sha256}, at=at)
    return issued


@transaction.atomic
def attach_scan(
    *, paper: IssuedPaper, upload: UploadedFile, declared_not_secret: bool, by: User, at: datetime | None = None
) -> IssuedPaper:
    """Put the scan of the signed original beside the frozen text; once, since an archive is not rewritten."""
    stored = store_upload(
        upload=upload, purpose=FilePurpose.SCAN, ward=paper.ward, by=by, declared_not_secret=declared_not_secret, at=at
    )
    if not IssuedPaper.objects.filter(pk=paper.pk, signed_scan__isnull=True).update(signed_scan=stored):
        raise ValidationError(
            "Văn bản này đã có bản đã ký. Bản cũ được giữ nguyên; nếu tải nhầm, hãy báo người quản trị.",
            code="has_scan",
        )
    paper.signed_scan = stored
    record_event(by=by, verb="paper.scan", target=paper, ward=paper.ward, details={"sha256": stored.sha256})
    return paper


@transaction.atomic
def withdraw_paper(*, paper: IssuedPaper, reason: str, by: User, at: datetime) -> IssuedPaper:
    """Mark a paper as withdrawn, with the reason; its number stays used and its text stays readable."""
    if not reason.strip():
        raise ValidationError({"reason": ValidationError("Cần ghi lý do thu hồi.", code="required")})
    changed = IssuedPaper.objects.filter(pk=paper.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by=by, withdrawal_reason=reason.strip()[:500]
    )
    if not changed:
        raise ValidationError("Văn bản này đã được thu hồi từ trước.", code="withdrawn")
    paper.refresh_from_db()
    record_event(
        by=by, verb="paper.withdraw", target=paper, ward=paper.ward, details={"reason": reason.strip()[:500]}, at=at
    )
    return paper


@transaction.atomic
def make_dispatches(*, paper: IssuedPaper, lines: Iterable[DispatchLine], by: User | None = None) -> list[Dispatch]:
    """Write the send list in the order of Nơi nhận; a list that exists is not written twice."""
    if paper.dispatches.exists():
        return list(paper.dispatches.all())
    rows = [
        Dispatch(
            paper=paper,
            unit=line.unit,
            addressee=line.addressee[:200],
            note=line.note[:60],
            copies=line.copies,
            position=place,
        )
        for place, line in enumerate(lines, start=1)
    ]
    made = Dispatch.objects.bulk_create(rows)
    record_event(by=by, verb="paper.dispatches", target=paper, ward=paper.ward, details={"lines": len(made)})
    return made


def _number_text(paper: Paper) -> str:
    line = paper.copy.number_line if paper.copy else paper.number_line
    return f"{line.number:02d}-{line.sign}" if line else ""
