"""Tells the leaders of every ward how the week begins: once a week and ward, by the key of the line."""

import datetime as dt
from collections import Counter, defaultdict

from django.utils import timezone

from campaigns.digest_words import LEADER_URL
from campaigns.models import Notification
from campaigns.selectors.weekly import week_of
from campaigns.services.notifications import Notice, tell
from units.choices import Role
from units.models import Membership, Unit, User
from units.workdays import RemindingCalendar


def tell_leaders(*, now: dt.datetime) -> int:
    """On the first working day of a week, from the ward's hour on, a line for each leader; returns lines written."""
    local = timezone.localtime(now)
    monday = local.date() - dt.timedelta(days=local.weekday())
    if local.date() != RemindingCalendar.load().next_working_day(monday):
        return 0
    untold, told = _untold(_leaders(local), monday=monday), 0
    wards_of = _wards_of({person for people in untold.values() for person in people}, on=local.date())
    for ward, people in untold.items():
        week = week_of(ward, on=local.date())
        if week is None:
            continue
        body, lines = "\n".join(week.lines), []
        for person in people:
            title = f"{ward.short_name}: {week.title}" if wards_of[person.pk] > 1 else week.title
            lines.append(Notice(person.pk, _key(person, ward, monday), title, body, LEADER_URL, ward.pk))
        told += tell(lines, at=now, at_any_hour=True)  # the ward itself says at which hour
    return told


def _leaders(local: dt.datetime) -> set[tuple[Unit, User]]:
    """(ward, leader) where the hour of the ward has come; somebody may lead two wards."""
    current = (
        Membership.objects.current(on=local.date())
        .filter(role=Role.LEADER, unit__ward_settings__remind_at__lte=local.time())
        .select_related("user", "unit")
        .order_by("pk")
    )
    return {(row.unit, row.user) for row in current}


def _wards_of(people: set[User], *, on: dt.date) -> Counter:
    """{person: how many wards they lead on the day `on`}, also those whose hour has not come yet."""
    leading = Membership.objects.current(on=on).filter(role=Role.LEADER, user__in=people).order_by()
    return Counter(person for person, _ward in leading.values_list("user_id", "unit_id").distinct())


def _untold(leaders: set[tuple[Unit, User]], *, monday: dt.date) -> dict[Unit, list[User]]:
    """Those of the leaders, by ward, who have no line of this week about it."""
    keys = {_key(person, ward, monday) for ward, person in leaders}
    written = set(Notification.objects.filter(key__in=keys).values_list("key", flat=True))
    found = defaultdict(list)
    for ward, person in sorted(leaders, key=lambda pair: (pair[0].pk, pair[1].pk)):
        if _key(person, ward, monday) not in written:
            found[ward].append(person)
    return found


def _key(person: User, ward: Unit, monday: dt.date) -> str:
    return f"week:{person.pk}:{ward.pk}:{monday:%Y-%m-%d}"
