"""Drafts a công văn đôn đốc about one due day; it is edited, signed and issued like any paper."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns import chase_words as words
from campaigns.models import ChasedUnit, ChaseLetter
from campaigns.selectors.chase_letters import DueGroup, due_groups
from documents.choices import PaperKind
from documents.services.drafts import create_draft
from units.models import Signer, Unit, User, WardSettings
from units.services.audit import record_event
from units.workdays import WorkCalendar

MORE_DAYS = 3  # working days from the letter to the new day it asks for


@transaction.atomic
def draft_chase_letter(*, ward: Unit, due_on: dt.date, by: User, at: dt.datetime) -> ChaseLetter:
    """Write the next letter about every plan with the deadline `due_on`, with the silent units in its annex.

    Raises ValidationError "nobody" when no unit is silent, "open" when a letter about this day is still being written.
    """
    on = timezone.localdate(at)
    groups = due_groups(ward, on=on, due_on=due_on)
    if not groups:
        raise ValidationError("Không còn đơn vị nào quá hạn của ngày này. Chưa soạn công văn nào.", code="nobody")
    group = groups[0]
    if group.open_draft:
        raise ValidationError(
            "Công văn đôn đốc lần trước còn đang soạn. Đồng chí ban hành hoặc bỏ dự thảo đó trước.", code="open"
        )
    letter = _create(group, ward=ward, by=by, at=at)
    letter.plans.set(group.plans)
    letter.draft.sent_to.set(group.silent)  # "có tên trong phụ lục" is nobody by name: each of them gets its own line
    ChasedUnit.objects.bulk_create(
        ChasedUnit(letter=letter, unit=unit, owed=owed[:500]) for unit, owed in words.owed_by_unit(group)
    )
    details = {"due_on": str(due_on), "ordinal": letter.ordinal, "units": len(group.silent)}
    record_event(by=by, verb="chase.draft", target=letter.draft, ward=ward, details=details, at=at)
    return letter


def _create(group: DueGroup, *, ward: Unit, by: User, at: dt.datetime) -> ChaseLetter:
    on = timezone.localdate(at)
    new_due_on = WorkCalendar.load().add_working_days(on, MORE_DAYS)
    phone = WardSettings.objects.values_list("office_phone", flat=True).get(ward=ward)
    draft = create_draft(
        ward=ward, kind=PaperKind.LETTER, by=by, now=at,
        subject=words.subject_of(group)[:1000],
        addressees=words.addressees_of(group),
        body=words.body_of(group, counted_at=at, new_due_on=new_due_on, phone=phone),
        closing=words.closing_of(group),
        recipients=words.RECIPIENTS,
        annex_title="Danh sách đơn vị chưa hoàn thành",
        annex_body=words.annex_of(group),
        signer=_signer(group, ward),
    )  # fmt: skip
    try:
        return ChaseLetter.objects.create(
            ward=ward, due_on=group.due_on, ordinal=group.next_ordinal, draft=draft, counted_at=at
        )
    except IntegrityError as twice:
        raise ValidationError(
            "Công văn đôn đốc lần này vừa được người khác soạn. Đồng chí mở lại trang.", code="open"
        ) from twice


def _signer(group: DueGroup, ward: Unit) -> Signer | None:
    """Who signed the plans, while they still sign; else the first who does."""
    signers = list(Signer.objects.filter(ward=ward, active_to__isnull=True).order_by("pk"))
    signed = {plan.signer_id for plan in group.plans}
    return next((one for one in signers if one.pk in signed), signers[0] if signers else None)
