"""First use, with the number books: one transaction over units and documents."""

from django.db import transaction

from documents.services.numbers import open_book
from units.models import Unit, User
from units.services.calendar import seed_calendar
from units.services.first_use import FirstWard, set_up_ward


@transaction.atomic
def set_up_installation(*, first: FirstWard, next_numbers: dict[str, int]) -> tuple[User, Unit]:
    """The ward, its administrator and its number books; `next_numbers` maps a kind's sign to the next free number.

    Raises ValidationError "in_use" as `set_up_ward` does; then nothing is written.
    """
    admin, ward = set_up_ward(first=first)
    seed_calendar()
    for kind_sign, number in next_numbers.items():
        open_book(
            body=ward,
            kind_sign=kind_sign,
            body_sign=first.settings["sign_code"],
            term_name=first.settings["term_name"],
            first_number=number,
            by=admin,
        )
    return admin, ward
