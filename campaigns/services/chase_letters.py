"""Drafts a công văn đôn đốc about one due day; it is edited, signed and issued like any paper."""

import datetime as dt
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns import chase_words as words
from campaigns.models import ChasedUnit, ChaseLetter
from campaigns.selectors.chase_letters import DueGroup, due_groups
from documents.choices import PaperKind
from documents.services.drafts import create_draft, edit_draft
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
    _name_units(letter, group)
    details = {"due_on": str(due_on), "ordinal": letter.ordinal, "units": len(group.silent)}
    record_event(by=by, verb="chase.draft", target=letter.draft, ward=ward, details=details, at=at)
    return letter


@transaction.atomic
def recount_chase_letter(*, ward: Unit, due_on: dt.date, by: User, at: dt.datetime) -> ChaseLetter:
    """Write the words and the annex of the letter that is being written anew, from what is silent now.

    What was changed by hand in them is replaced; signer and Nơi nhận stay. Raises ValidationError "nobody" when no unit
    is silent any more, "no_draft" when no letter of that day is being written, "changed" when it was issued meanwhile.
    """
    groups = due_groups(ward, on=timezone.localdate(at), due_on=due_on)
    if not groups:
        raise ValidationError("Không còn đơn vị nào quá hạn của ngày này. Dự thảo vẫn giữ nguyên.", code="nobody")
    letter = groups[0].open_draft
    if letter is None:
        raise ValidationError("Không có công văn nào của hạn này đang soạn. Chưa ghi gì thêm.", code="no_draft")
    group = replace(groups[0], letters=groups[0].issued)
    draft = letter.draft
    edit_draft(draft=draft, expected_version=draft.version, by=by, now=at, **_texts(group, ward=ward, at=at))
    letter.counted_at = at
    letter.save(update_fields=["counted_at"])
    letter.units.all().delete()
    _name_units(letter, group)
    return letter


def _name_units(letter: ChaseLetter, group: DueGroup) -> None:
    letter.plans.set(group.plans)
    letter.draft.sent_to.set(group.silent)  # "có tên trong phụ lục" is nobody by name: each of them gets its own line
    ChasedUnit.objects.bulk_create(
        ChasedUnit(letter=letter, unit=unit, owed=owed[:500]) for unit, owed in words.owed_by_unit(group)
    )


def _texts(group: DueGroup, *, ward: Unit, at: dt.datetime) -> dict[str, str]:
    """The parts of the paper that follow from the figures."""
    new_due_on = WorkCalendar.load().add_working_days(timezone.localdate(at), MORE_DAYS)
    phone = WardSettings.objects.values_list("office_phone", flat=True).get(ward=ward)
    return {
        "subject": words.subject_of(group)[:1000],
        "addressees": words.addressees_of(group),
        "body": words.body_of(group, counted_at=at, new_due_on=new_due_on, phone=phone),
        "closing": words.closing_of(group),
        "annex_body": words.annex_of(group),
    }


def _create(group: DueGroup, *, ward: Unit, by: User, at: dt.datetime) -> ChaseLetter:
    draft = create_draft(
        ward=ward, kind=PaperKind.LETTER, by=by, now=at,
        recipients=words.RECIPIENTS,
        annex_title="Danh sách đơn vị chưa hoàn thành",
        signer=_signer(group, ward),
        **_texts(group, ward=ward, at=at),
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
