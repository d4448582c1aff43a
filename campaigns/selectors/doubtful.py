"""What may have been sent between a backup and its restore: due, and not known to have gone out (reliability.md R-12)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from campaigns.choices import Channel, ChaseStep, DeliveryState
from campaigns.digest_words import task_words
from campaigns.models import Delivery, Notification, Reminder
from campaigns.selectors.channels import visible_deliveries, ways_of
from campaigns.selectors.contact import choice_of
from campaigns.selectors.reminders import due_reminders
from campaigns.selectors.told import told_in
from units.models import Unit, User

REMINDERS, NOTICE, DELIVERY = "r", "n", "d"
MOST_WORDS = 5  # duties of one digest that are named; the rest is counted
PENDING = (DeliveryState.WAITING, DeliveryState.SENDING)


@dataclass(frozen=True, order=True)
class Doubt:
    """One thing a person may have got already; sorted as the old clock would have sent it.

    kind: the digest of `day` (`row` is the person), a notice or a waiting delivery (`row` is its key).
    """

    at: dt.datetime
    person_id: int
    kind: str
    row: int
    day: dt.date

    @property
    def key(self) -> str:
        """What the box of its line sends back."""
        return f"{self.kind}-{self.row}-{self.day:%Y%m%d}"


@dataclass(frozen=True)
class DoubtLine:
    """The same in words: who, which day, by which channels, what for."""

    doubt: Doubt
    person: User
    channels: list[str]
    what: list[str]


def doubts_of(ward: Unit, *, until: dt.datetime) -> list[Doubt]:
    """What was due by `until` (the moment of the restore) about duties and notices of `ward`, oldest first.

    A notice that reaches its person by no channel outside the program is only the line in it, which the restore took back.
    """
    reminders = doubtful_reminders(ward, until=until).order_by().values_list("person_id", "remind_on")
    notices = list(doubtful_notices(ward, until=until).order_by().values_list("created_at", "person_id", "pk"))
    outside = _outside(_people({person for _, person, _ in notices}).values(), ward=ward)
    deliveries = doubtful_deliveries(ward, until=until).order_by().values_list("next_try_at", "person_id", "pk", "day")
    found = [Doubt(at, person, REMINDERS, person, day) for person, day, at in reminders.annotate(at=Min("remind_at"))]
    found += [Doubt(at, person, NOTICE, pk, timezone.localdate(at)) for at, person, pk in notices if outside[person]]
    found += [Doubt(at, person, DELIVERY, pk, day) for at, person, pk, day in deliveries]
    return sorted(found)


def doubtful_reminders(ward: Unit, *, until: dt.datetime) -> QuerySet[Reminder]:
    """Reminders that were due and have not been told as far as the backup knows."""
    return due_reminders(until).filter(assignment__plan__ward=ward)


def doubtful_notices(ward: Unit, *, until: dt.datetime) -> QuerySet[Notification]:
    """Lines of people's lists that were still to leave the program."""
    return Notification.objects.filter(leaves=True, created_at__lte=until, ward=ward)


def doubtful_deliveries(ward: Unit, *, until: dt.datetime) -> QuerySet[Delivery]:
    """Letters and messages that were waiting, or in the hands of a sender."""
    return visible_deliveries(ward).filter(channel__in=Channel.OUTSIDE, state__in=PENDING, next_try_at__lte=until)


def waiting_to_send(*, now: dt.datetime) -> tuple[int, int, int]:
    """How many (reminders, notices, letters and messages) of all wards go out at once when sending is released."""
    notices = Notification.objects.filter(leaves=True, created_at__lte=now)
    letters = Delivery.objects.filter(channel__in=Channel.OUTSIDE, state__in=PENDING, next_try_at__lte=now)
    return due_reminders(now).count(), notices.count(), letters.count()


def others_wait(ward: Unit, *, until: dt.datetime) -> bool:
    """Whether another ward of this installation has such a list of its own."""
    notices = Notification.objects.filter(leaves=True, created_at__lte=until, ward__isnull=False)
    letters = Delivery.objects.filter(
        channel__in=Channel.OUTSIDE, state__in=PENDING, next_try_at__lte=until, ward__isnull=False
    )
    reminders = due_reminders(until).exclude(assignment__plan__ward=ward)
    return reminders.exists() or notices.exclude(ward=ward).exists() or letters.exclude(ward=ward).exists()


def lines_of(doubts: Iterable[Doubt], *, ward: Unit, until: dt.datetime) -> list[DoubtLine]:
    """`doubts` in words and in their order; a fixed number of queries, whatever their number."""
    doubts = list(doubts)
    people = _people({one.person_id for one in doubts})
    what = _digests(doubts, ward=ward, until=until) | _notices(doubts) | _deliveries(doubts, ward=ward, until=until)
    outside = _outside(people.values(), ward=ward)
    lines = []
    for one in doubts:
        channels, words = what[one]
        if channels is None:  # not opened yet: by what reaches the person today
            channels = outside[one.person_id]
        if one.kind == REMINDERS:
            channels = [Channel.IN_APP, *channels]
        names = [Channel(channel).label for channel in channels]
        lines.append(DoubtLine(one, people[one.person_id], names, words))
    return lines


def chosen_rows(doubts: Iterable[Doubt]) -> dict[str, Q]:
    """{kind: which rows} of `doubts`."""
    rows, days = defaultdict(list), defaultdict(list)
    for one in doubts:
        rows[one.kind].append(one.row)
        if one.kind == REMINDERS:
            days[one.day].append(one.person_id)
    digests = Q(pk__in=[])
    for day, people in days.items():
        digests |= Q(remind_on=day, person__in=people)
    return {REMINDERS: digests, NOTICE: Q(pk__in=rows[NOTICE]), DELIVERY: Q(pk__in=rows[DELIVERY])}


def _digests(doubts: list[Doubt], *, ward: Unit, until: dt.datetime) -> dict[Doubt, tuple[None, list[str]]]:
    mine = {(one.person_id, one.day): one for one in doubts if one.kind == REMINDERS}
    rows = doubtful_reminders(ward, until=until).filter(chosen_rows(mine.values())[REMINDERS])
    rows = rows.select_related("assignment__duty", "assignment__unit", "assignment__plan__paper")
    rows = rows.prefetch_related("assignment__plan__directive_links__directive")
    words = defaultdict(dict)
    for row in rows.order_by("assignment__due_on", "assignment_id", "pk"):
        words[row.person_id, row.remind_on][_task(row)] = None
    return {one: (None, _shortened(list(words[key]))) for key, one in mine.items()}


def _task(row: Reminder) -> str:
    words = f"{row.assignment.unit.short_name}: {task_words(row.assignment)}"
    return words if row.step in ChaseStep.OWN else f"Báo việc quá hạn. {words}"


def _notices(doubts: list[Doubt]) -> dict[Doubt, tuple[None, list[str]]]:
    mine = [one for one in doubts if one.kind == NOTICE]
    titles = dict(Notification.objects.filter(chosen_rows(mine)[NOTICE]).order_by().values_list("pk", "title"))
    return {one: (None, [f"Thông báo: {titles[one.row]}"]) for one in mine}


def _deliveries(doubts: list[Doubt], *, ward: Unit, until: dt.datetime) -> dict[Doubt, tuple[list[str], list[str]]]:
    """One that tells of several wards never shows what it says (visible_deliveries)."""
    mine = [one for one in doubts if one.kind == DELIVERY]
    rows = Delivery.objects.in_bulk([one.row for one in mine])
    told = told_in([row for row in rows.values() if row.ward_id == ward.pk], on=timezone.localdate(until))
    found = {}
    for one in mine:
        said = told.get(one.row)
        words = [f"Thông báo: {notice.title}" for notice in said.notices] if said else []
        words += [_task(row) for row in said.rows] if said else []
        found[one] = [rows[one.row].channel], _shortened(words) or ["Bản tin nhắc việc của ngày này"]
    return found


def _people(keys: set[int]) -> dict[int, User]:
    return User.objects.select_related("contact_choice").in_bulk(keys)


def _outside(people: Iterable[User], *, ward: Unit) -> dict[int, list[str]]:
    wards = frozenset({ward.pk})
    ways = ways_of({(person, wards) for person in people})
    return {person.pk: [way for way in found if choice_of(person).wants(way)] for (person, _), found in ways.items()}


def _shortened(words: list[str]) -> list[str]:
    left = len(words) - MOST_WORDS
    return [*words[:MOST_WORDS], f"và {left} việc khác"] if left > 0 else words
