"""Log-ins noted when they open and ended by their owner or by an administrator."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from units.models import KnownDevice, OpenSession, User
from units.selectors.open_sessions import fit_of, known_phones, open_sessions
from units.selectors.wards import ward_of_person
from units.services.audit import record_event
from units.services.people import end_sessions

KEPT_FOR = dt.timedelta(days=200)  # longer than any cookie lasts


@transaction.atomic
def note_session(*, person: User, key: str, way: str, label: str, now: dt.datetime) -> OpenSession:
    """Enter a log-in that has just opened; rows of cookies long dead are cleared on the way."""
    OpenSession.objects.filter(person=person, seen_at__lt=now - KEPT_FOR).delete()
    values = {
        "person": person,
        "fit": fit_of(person),
        "way": way,
        "label": label[:120],
        "opened_at": now,
        "seen_at": now,
    }
    # Who logs in again in the same browser keeps the session and its key.
    noted, _ = OpenSession.objects.update_or_create(
        session_key=key, defaults=values | {"ended_at": None, "ended_by": None}
    )
    return noted


def prolong_session(*, pk: int, person: User, key: str, now: dt.datetime) -> None:
    """A log-in in use, perhaps under a new key; not an event of the trail."""
    OpenSession.objects.filter(pk=pk, ended_at__isnull=True).update(session_key=key, fit=fit_of(person), seen_at=now)


@transaction.atomic
def end_session(*, session: OpenSession, by: User, now: dt.datetime) -> OpenSession:
    """End one log-in: its cookie is worthless from the next request on. Raises ValidationError "already"."""
    if OpenSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(ended_at=now, ended_by=by) != 1:
        raise ValidationError("Máy này đã được dừng trước đó. Không có gì thay đổi.", code="already")
    Session.objects.filter(session_key=session.session_key).delete()
    record_event(by=by, verb="session.end", target=session, ward=ward_of_person(session.person), at=now)
    return session


@transaction.atomic
def end_other_sessions(*, person: User, keep: int | None, now: dt.datetime) -> int:
    """End every log-in of `person` but the one in hand (`keep`, a primary key); returns how many."""
    others = list(open_sessions(person, now=now).exclude(pk=keep))
    for session in others:
        end_session(session=session, by=person, now=now)
    if others:
        details = {"count": len(others)}
        record_event(
            by=person, verb="session.end_others", target=person, ward=ward_of_person(person), details=details, at=now
        )
    return len(others)


@transaction.atomic
def end_all_sessions(*, person: User, by: User, now: dt.datetime) -> int:
    """An administrator ends every log-in of `person`, and every phone asks for the card again; returns the log-ins."""
    count = open_sessions(person, now=now).update(ended_at=now, ended_by=by)
    phones = list(known_phones(person, now=now).values_list("pk", flat=True))
    forgotten = KnownDevice.objects.filter(pk__in=phones).update(forgotten_at=now)
    end_sessions(person)
    details = {"count": count, "phones": forgotten}
    record_event(by=by, verb="session.end_all", target=person, ward=ward_of_person(by), details=details, at=now)
    return count
