"""Papers beside plans and reports: written, put into the book and frozen, or thrown away before that."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from documents.choices import DraftState, PaperKind
from documents.content import Paper
from documents.draft_papers import draft_paper
from documents.limits import check_size
from documents.models import IssuedPaper, NumberEntry, PaperDraft
from documents.selectors.drafts import units_named
from documents.services.addressees import WardRoll, actual_addressees, without_repeats
from documents.services.issued import DispatchLine, attach_scan, freeze_paper, make_dispatches
from documents.services.numbers import book_for, take_number
from units.models import Unit, User, WardSettings
from units.services.audit import record_event


@transaction.atomic
def create_draft(*, ward: Unit, kind: str, by: User, now: datetime, **texts) -> PaperDraft:
    """Begin a paper of a kind; raises ValidationError when it would not fit a paper."""
    draft = PaperDraft(ward=ward, kind=kind, created_at=now, created_by=by, edited_at=now, edited_by=by, **texts)
    _refuse_too_large(draft, now)
    draft.save()
    record_event(by=by, verb="draft.create", target=draft, ward=ward, details={"kind": str(kind)}, at=now)
    return draft


@transaction.atomic
def edit_draft(*, draft: PaperDraft, expected_version: int, by: User, now: datetime, **texts) -> PaperDraft:
    """Keep a changed text.

    Raises:
        ValidationError: ``changed`` when somebody else saved or issued it meanwhile; nothing is overwritten.
    """
    for name, value in texts.items():
        setattr(draft, name, value)
    _refuse_too_large(draft, now)
    rows = PaperDraft.objects.filter(pk=draft.pk, state=DraftState.DRAFT, version=expected_version)
    if not rows.update(**texts, version=expected_version + 1, edited_at=now, edited_by=by):
        raise _changed()
    draft.refresh_from_db()
    record_event(by=by, verb="draft.edit", target=draft, ward=draft.ward, at=now)
    return draft


@transaction.atomic
def issue_draft(
    *,
    draft: PaperDraft,
    expected_version: int,
    number: int | None,
    dated_on: date,
    by: User,
    now: datetime,
    scan: UploadedFile | None = None,
    declared_not_secret: bool = False,
) -> IssuedPaper:
    """Record that the paper was signed: number and day from the book, text frozen, send list written; all or nothing.

    A biên bản takes no number. Raises ValidationError ``changed``, ``future_date``, ``no_signer``, ``number`` and those
    of the book and of the uploaded file.
    """
    _refuse_unready(draft, number=number, dated_on=dated_on, today=timezone.localdate(now))
    rows = PaperDraft.objects.filter(pk=draft.pk, state=DraftState.DRAFT, version=expected_version)
    if not rows.update(state=DraftState.ISSUED, version=expected_version + 1):
        raise _changed()
    draft.refresh_from_db()
    signer_name = draft.signer.name if draft.signer else draft.chair_name
    paper = draft_paper(draft, today=timezone.localdate(now), number=number, dated_on=dated_on)
    issued = freeze_paper(
        paper=paper, ward=draft.ward, entry=_entry(draft, number, dated_on, signer_name, by), kind=draft.kind,
        dated_on=dated_on, signer_name=signer_name, by=by, at=now, corrects=draft.corrects,
    )  # fmt: skip
    draft.paper = issued
    draft.save(update_fields=["paper"])
    if scan is not None:
        attach_scan(paper=issued, upload=scan, declared_not_secret=declared_not_secret, by=by, at=now)
    make_dispatches(paper=issued, lines=_send_list(draft, paper, on=timezone.localdate(now)), by=by)
    return issued


@transaction.atomic
def discard_draft(*, draft: PaperDraft, by: User, now: datetime) -> None:
    """Throw a draft away; an issued paper stays (``changed``)."""
    record_event(by=by, verb="draft.discard", target=draft, ward=draft.ward, at=now)
    deleted, _ = PaperDraft.objects.filter(pk=draft.pk, state=DraftState.DRAFT).delete()
    if not deleted:
        raise _changed()


def _send_list(draft: PaperDraft, paper: Paper, *, on: date) -> list[DispatchLine]:
    """Who gets the paper: the units it is sent to one by one, for a correction everybody who got the wrong paper, then
    Nơi nhận as printed. What an addressee gets already is not written a second time."""
    lines = [DispatchLine(unit.name, unit) for unit in units_named(draft, paper)]
    if draft.corrects:
        old = draft.corrects.dispatches.select_related("unit").order_by("position", "pk")
        lines += [DispatchLine(line.addressee, line.unit, line.note, line.copies) for line in old]
    printed = paper.copy.recipients if paper.copy else paper.recipients
    known = {line.addressee for line in lines}
    # "Như trên", "Như danh sách kèm theo": those stand in the list by name.
    others = [one for one in printed if one.name not in known and not (lines and one.name.startswith("Như "))]
    return without_repeats(lines + actual_addressees(WardRoll.on(draft.ward, on), others, addressees=paper.addressees))


def _entry(draft: PaperDraft, number: int | None, dated_on: date, signer_name: str, by: User) -> NumberEntry | None:
    if draft.kind == PaperKind.MINUTES:
        return None
    facts = WardSettings.objects.get(ward=draft.ward)
    book = book_for(
        body=draft.ward, kind_sign=PaperKind(draft.kind).sign, body_sign=facts.sign_code, term_name=facts.term_name
    )
    return take_number(
        book=book, number=number, dated_on=dated_on, subject=draft.subject, signer_name=signer_name, by=by
    )


def _refuse_unready(draft: PaperDraft, *, number: int | None, dated_on: date, today: date) -> None:
    if dated_on > today:
        raise ValidationError(
            {"dated_on": ValidationError("Ngày văn bản không thể sau hôm nay.", code="future_date")}
        )
    if draft.kind == PaperKind.MINUTES:
        return
    if number is None:
        raise ValidationError({"number": ValidationError("Cần ghi số theo bản đã ký.", code="number")})
    if draft.signer is None:
        raise ValidationError(
            "Văn bản chưa chọn người ký. Chưa có gì được ghi; đồng chí bổ sung rồi ghi số.", code="no_signer"
        )


def _refuse_too_large(draft: PaperDraft, now: datetime) -> None:
    check_size(draft_paper(draft, today=timezone.localdate(now)))


def _changed() -> ValidationError:
    return ValidationError(
        "Văn bản này vừa được người khác sửa hoặc ghi số. Phần đồng chí gõ vẫn còn trên màn hình; "
        "hãy mở lại văn bản ở thẻ khác để đối chiếu.",
        code="changed",
    )
