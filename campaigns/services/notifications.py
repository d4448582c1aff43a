"""A person's own list on the pages: written once by key, read by nobody else."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from campaigns.models import Notification
from units.models import User
from units.workdays import WorkCalendar, office_moment


@transaction.atomic
def notify(
    *, person: User, key: str, title: str, body: str = "", url: str = "", at: dt.datetime | None = None
) -> Notification:
    """Put a line into the list of `person`; the same `key` again changes nothing. `url` is a path of this site."""
    notification, _ = Notification.objects.get_or_create(
        key=key[:160],
        defaults={"person": person, "title": title[:200], "body": body, "url": url, "created_at": at or timezone.now()},
    )
    return notification


@dataclass(frozen=True)
class Notice:
    """One line for one person; `key` names the event and the person, `url` is a path of this site.

    `ward_id`: whose office tells it; it leaves the program by the channels of that ward alone.
    `dispatch_id`: the line of a send list that it tells of.
    """

    person_id: int
    key: str
    title: str
    body: str
    url: str
    ward_id: int
    dispatch_id: int | None = None


def tell(notices: Iterable[Notice], *, at: dt.datetime, at_any_hour: bool = False) -> int:
    """Put `notices` into people's lists and let each go out by the channels of its person; returns how many were meant.

    They reach people in working hours: what the office decides at night is kept until it opens. Part of the act that is
    told, whose transaction it shares: two queries, whatever their number; the same key again changes nothing, and the
    clock opens the channels.
    """
    reaches = at if at_any_hour else office_moment(at, WorkCalendar.load())
    lines = [
        Notification(
            person_id=one.person_id, key=one.key[:160], title=one.title[:200], body=one.body, url=one.url,
            created_at=reaches, leaves=True, ward_id=one.ward_id, dispatch_id=one.dispatch_id,
        )
        for one in notices
    ]  # fmt: skip
    Notification.objects.bulk_create(lines, ignore_conflicts=True, batch_size=500)
    return len(lines)


@transaction.atomic
def add_to_digest(*, person_id: int, day: dt.date, title: str, lines: list[str], url: str, at: dt.datetime) -> None:
    """Write today's digest of a person, or add `lines` to it when it is there and mark it unread again."""
    notification, created = Notification.objects.get_or_create(
        key=f"digest:{person_id}:{day:%Y-%m-%d}",
        defaults={"person_id": person_id, "title": title, "body": "\n".join(lines), "url": url, "created_at": at},
    )
    if not created:
        body = "\n".join([notification.body, *lines])
        Notification.objects.filter(pk=notification.pk).update(body=body, title=title, url=url, read_at=None)


@transaction.atomic
def mark_read(*, person: User, at: dt.datetime, notification: Notification | None = None) -> int:
    """`person` has seen one of their lines, or all of them; returns how many were unread."""
    unread = Notification.objects.filter(person=person, read_at__isnull=True, created_at__lte=at)
    if notification is not None:
        unread = unread.filter(pk=notification.pk)
    return unread.update(read_at=at)
