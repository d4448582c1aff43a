"""Papers of a conference: drafted in one click from the record, then signed, numbered and sent like any paper."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.choices import LetterPurpose
from campaigns.letter_texts import letter_texts
from campaigns.models import Conference, ConferenceClass, ConferenceLetter
from campaigns.selectors.conference_letters import letter_facts, letter_invitees, purposes_for
from documents.choices import PaperKind
from documents.services.drafts import create_draft
from units.models import Signer, Unit, User


@transaction.atomic
def draft_letter(
    *, conference: Conference, kind: PaperKind, purpose: LetterPurpose, groups: Iterable[ConferenceClass],
    personal: bool, signer: Signer, by: User, now: dt.datetime,
) -> ConferenceLetter:  # fmt: skip
    """Write a giấy mời, thông báo or công văn for the lines of some classes; its units stand on the send list.

    Raises:
        ValidationError: ``no_day`` (convening before the day is fixed), ``purpose``, ``empty`` and those of a draft.
    """
    if purpose not in purposes_for(conference):
        words = "Hội nghị chưa định ngày, hoặc tình trạng không hợp với loại giấy này. Chưa có gì được soạn."
        raise ValidationError(words, code="purpose")
    invitees = letter_invitees(conference, groups=list(groups))
    if not invitees:
        raise ValidationError("Các thành phần đã chọn chưa có ai trong danh sách. Chưa có gì được soạn.", code="empty")
    texts = letter_texts(letter_facts(conference, invitees=invitees, purpose=purpose), kind=kind, purpose=purpose)
    draft = create_draft(ward=conference.ward, kind=kind, by=by, now=now, signer=signer, **texts)
    draft.sent_to.set(Unit.objects.filter(pk__in={one.unit_id for one in invitees if one.unit_id}))
    letter = ConferenceLetter.objects.create(conference=conference, draft=draft, purpose=purpose, personal=personal)
    letter.invitees.set(invitees)
    return letter
