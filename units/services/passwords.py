"""Passwords of office staff, leaders and administrators: changed by themselves, reset and unlocked by an administrator."""

import secrets

from allauth.mfa.models import Authenticator
from axes.utils import reset as reset_attempts
from django.core.exceptions import ValidationError
from django.db import transaction

from units.models import User
from units.selectors.wards import ward_of_person
from units.services.audit import record_event
from units.services.people import end_sessions

# No l, o, i, 0, 1: the password is read out over the telephone.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def change_password(*, person: User, password: str, by: User) -> User:
    """Set a password the person chose; ends every other session because the session hash holds the password."""
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    record_event(by=by, verb="password.change", target=person, ward=ward_of_person(by))
    return person


@transaction.atomic
def reset_password(*, person: User, by: User | None) -> str:
    """Give a temporary password, to be changed at the next log-in; returned in plain once, old cookies end."""
    password = "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    end_sessions(person)
    record_event(by=by, verb="password.reset", target=person, ward=ward_of_person(by))
    return password


@transaction.atomic
def unlock_person(*, person: User, by: User | None) -> int:
    """Forget the wrong tries of a person at once; returns how many were forgotten."""
    forgotten = reset_attempts(username=person.username)
    record_event(by=by, verb="person.unlock", target=person, ward=ward_of_person(by))
    return forgotten


@transaction.atomic
def reset_second_factor(*, person: User, by: User | None) -> None:
    """Remove a lost second factor; the next log-in asks to set up a new one. Raises ValidationError "none"."""
    if not Authenticator.objects.filter(user_id=person.pk).delete()[0]:
        raise ValidationError("Người này chưa bật xác thực hai lớp nên không có gì để đặt lại.", code="none")
    end_sessions(person)
    record_event(by=by, verb="second_factor.reset", target=person, ward=ward_of_person(by))
