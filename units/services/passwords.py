"""Passwords of office staff, leaders and administrators: changed by themselves, reset and unlocked by an administrator."""

import datetime as dt
import secrets

from allauth.mfa.models import Authenticator
from axes.utils import reset as reset_attempts
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from units.models import AuditEvent, User
from units.selectors.wards import ward_of_person
from units.services.audit import record_event
from units.services.notices import tell_person
from units.services.people import end_sessions

# No l, o, i, 0, 1: the password is read out over the telephone.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
RESET_LASTS = dt.timedelta(hours=1)
FIRST_LASTS = dt.timedelta(days=3)  # of a new account: handed over in the office, used when its owner is back at the desk


@transaction.atomic
def change_password(*, person: User, password: str, by: User) -> User:
    """Set a password the person chose; ends every other session because the session hash holds the password."""
    person.set_password(password)
    person.must_change_password, person.temporary_until = False, None
    person.save(update_fields=["password", "must_change_password", "temporary_until"])
    record_event(by=by, verb="password.change", target=person, ward=ward_of_person(by))
    return person


@transaction.atomic
def reset_password(*, person: User, by: User | None, lasts: dt.timedelta = RESET_LASTS) -> str:
    """Give a temporary password, to be changed at the next log-in; returned in plain once, old cookies end.

    It opens for the time `lasts`: an hour when it replaces a lost one (reliability A-06). The person finds a line
    about it in their own list, so that a reset they did not ask for does not go unseen.
    """
    password = "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
    person.set_password(password)
    now = timezone.now()
    person.must_change_password, person.temporary_until = True, now + lasts
    person.save(update_fields=["password", "must_change_password", "temporary_until"])
    end_sessions(person)
    event = record_event(by=by, verb="password.reset", target=person, ward=ward_of_person(by), at=now)
    _tell(person, event, "Mật khẩu của đồng chí vừa được cấp lại", "")
    return password


@transaction.atomic
def unlock_person(*, person: User, by: User | None) -> int:
    """Forget the wrong tries of a person at once; returns how many were forgotten."""
    forgotten = reset_attempts(username=person.username)
    record_event(by=by, verb="person.unlock", target=person, ward=ward_of_person(by))
    return forgotten


@transaction.atomic
def reset_second_factor(*, person: User, reason: str, by: User | None) -> None:
    """Remove a lost second factor; the next log-in asks to set up a new one.

    `reason` is what the administrator was told and how it was checked; it stands in the trail, and the person finds
    it in their own list. Raises ValidationError "none" and "reason" (nothing was given).
    """
    if not reason.strip():
        raise ValidationError("Đồng chí ghi lý do đặt lại; lý do được lưu trong nhật ký.", code="reason")
    if not Authenticator.objects.filter(user_id=person.pk).delete()[0]:
        raise ValidationError("Người này chưa bật xác thực hai lớp nên không có gì để đặt lại.", code="none")
    end_sessions(person)
    details = {"reason": reason.strip()}
    event = record_event(by=by, verb="second_factor.reset", target=person, ward=ward_of_person(by), details=details)
    _tell(person, event, "Xác thực hai lớp của đồng chí vừa được đặt lại", f"Lý do: {reason.strip()}.")


def _tell(person: User, event: AuditEvent, title: str, reason: str) -> None:
    lines = [f"Người thực hiện: {event.actor_label}.", reason, "Nếu đồng chí không đề nghị, hãy đổi mật khẩu và báo người quản trị."]
    tell_person(
        person=person,
        key=f"{event.verb}:{event.pk}",
        title=title,
        body="\n".join(line for line in lines if line),
        url=reverse("units:account"),
        at=event.at,
    )
