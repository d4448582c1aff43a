"""Cards are made and printed in one act: afterwards nobody, the server included, can print them again."""

from django.db import transaction
from django.utils import timezone

from documents.cards import cards_pdf
from documents.writing.pdf import RenderedPdf
from units.models import Membership, User
from units.selectors.wards import ward_of_person
from units.services.cards import UNUSED_CARD_LASTS, make_card


@transaction.atomic
def print_cards(*, memberships: list[Membership], by: User) -> RenderedPdf:
    """New cards for `memberships`, their old ones cancelled, as one PDF.

    Raises ValidationError when one of them may not have a card; then no card is made at all.
    """
    now = timezone.now()
    made = [make_card(membership=membership, by=by, now=now) for membership in memberships]
    ward = ward_of_person(by)
    return cards_pdf(
        made,
        ward_name=ward.name if ward else "Lan Tỏa",
        expires_on=timezone.localdate(now + UNUSED_CARD_LASTS),
        made_at=now,
    )
