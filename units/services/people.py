"""People and what they are at which unit: accounts, roles, hand-over of an office to the next person."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from units.folding import fold
from units.models import AccessCard, Membership, Unit, User
from units.selectors.wards import ward_of, ward_of_person
from units.services.audit import record_event
from units.services.cards import cancel_card
from units.usernames import free_username


def _search_text(user: User) -> str:
    return fold(f"{user.full_name} {user.username} {user.phone}")[:200]


@transaction.atomic
def create_person(
    *,
    full_name: str,
    by: User | None,
    username: str = "",
    password: str | None = None,
    phone: str = "",
    email: str = "",
    must_change_password: bool = False,
) -> User:
    """Enter a person who will hold an account or a card; no role yet.

    Without `username` one is made from the name ("nguyenvanan", "nguyenvanan2"). Without `password` the account
    opens by card alone. `by` is None only for commands and the very first administrator.
    Raises ValidationError when the user name is taken or a field is not well formed.
    """
    user = User(
        username=username.strip() or free_username(full_name),
        full_name=full_name.strip(),
        phone=phone.strip(),
        email=email.strip(),
        must_change_password=must_change_password,
    )
    user.set_password(password)
    user.search = _search_text(user)
    user.full_clean(exclude=["password"])
    user.save()
    record_event(by=by, verb="person.create", target=user, ward=ward_of_person(by), details={"username": user.username})
    return user


@transaction.atomic
def revise_person(*, person: User, full_name: str, phone: str, email: str, by: User) -> User:
    """Correct the name, telephone or e-mail address of `person`; the user name stays."""
    person.full_name, person.phone, person.email = full_name.strip(), phone.strip(), email.strip()
    person.search = _search_text(person)
    person.full_clean(exclude=["password"])
    person.save(update_fields=["full_name", "phone", "email", "search"])
    record_event(by=by, verb="person.revise", target=person, ward=ward_of_person(by))
    return person


def end_sessions(person: User) -> None:
    """Make every cookie of `person` worthless from the next request on; part of a larger act, so no event of its own."""
    User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])


@transaction.atomic
def give_role(
    *,
    person: User,
    unit: Unit,
    role: str,
    starts_on: dt.date,
    by: User | None,
    position: str = "",
    ends_on: dt.date | None = None,
) -> Membership:
    """Let `person` be `role` (units.choices.Role) at `unit` from `starts_on`; cookies of before end.

    Raises ValidationError when the person holds that role there already or the dates are the wrong way round.
    """
    membership = Membership(
        user=person, unit=unit, role=role, position=position.strip(), starts_on=starts_on, ends_on=ends_on
    )
    membership.full_clean()
    membership.save()
    end_sessions(person)
    record_event(by=by, verb="role.give", target=membership, ward=ward_of(unit), details={"role": str(role), "unit": unit.name})
    return membership


@transaction.atomic
def end_role(*, membership: Membership, on: dt.date, by: User) -> Membership:
    """Close a role: `on` is its last day in force. Cookies end at once, and so do its cards when that day is past.

    A role given by mistake and ended the same day is dated back to `on`, else it would hold until midnight.
    Raises ValidationError "already_ended" when somebody has closed it before.
    """
    changed = Membership.objects.filter(pk=membership.pk, ends_on__isnull=True).update(
        ends_on=on, starts_on=min(on, membership.starts_on)
    )
    if changed != 1:
        raise ValidationError("Vai trò này đã được kết thúc trước đó. Không có gì thay đổi.", code="already_ended")
    membership.refresh_from_db()
    if on < timezone.localdate():
        for card in AccessCard.objects.filter(membership=membership, cancelled_at__isnull=True):
            cancel_card(card=card, by=by)
    end_sessions(membership.user)
    record_event(by=by, verb="role.end", target=membership, ward=ward_of(membership.unit), details={"on": on.isoformat()})
    return membership


@transaction.atomic
def hand_over(*, membership: Membership, full_name: str, phone: str, on: dt.date, by: User) -> Membership:
    """Pass a role to a new person in one act: the old one ends the day before `on`, the new one starts on `on`.

    What the old person did keeps their name. Returns the new membership; the caller makes its card.
    """
    end_role(membership=membership, on=on - dt.timedelta(days=1), by=by)
    person = create_person(full_name=full_name, phone=phone, by=by)
    successor = give_role(
        person=person, unit=membership.unit, role=membership.role, starts_on=on, position=membership.position, by=by
    )
    record_event(
        by=by,
        verb="role.hand_over",
        target=successor,
        ward=ward_of(membership.unit),
        details={"from": membership.user.full_name, "to": person.full_name},
    )
    return successor


@transaction.atomic
def disable_person(*, person: User, by: User) -> User:
    """Shut an account: cookies end, cards are cancelled; roles and history stay to be read.

    Raises ValidationError "own_account" and "already" (somebody did it before).
    """
    if person.pk == by.pk:
        raise ValidationError("Đồng chí không thể tự khóa tài khoản của mình.", code="own_account")
    if User.objects.filter(pk=person.pk, is_active=True).update(is_active=False) != 1:
        raise ValidationError("Tài khoản này đã được khóa trước đó. Không có gì thay đổi.", code="already")
    person.is_active = False
    end_sessions(person)
    for card in AccessCard.objects.filter(membership__user=person, cancelled_at__isnull=True):
        cancel_card(card=card, by=by)
    record_event(by=by, verb="person.disable", target=person, ward=ward_of_person(by))
    return person


@transaction.atomic
def enable_person(*, person: User, by: User) -> User:
    """Open a shut account again; cards have to be made anew."""
    if User.objects.filter(pk=person.pk, is_active=False).update(is_active=True) != 1:
        raise ValidationError("Tài khoản này đang được dùng. Không có gì thay đổi.", code="already")
    person.is_active = True
    record_event(by=by, verb="person.enable", target=person, ward=ward_of_person(by))
    return person
