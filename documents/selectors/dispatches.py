"""Send lists as the office reads them and as the addressees do."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from documents.choices import DispatchChannel
from documents.models import DeliveryReceipt, Dispatch, IssuedPaper
from units.choices import Role
from units.models import Membership
from units.permissions import ROLE_PERMISSIONS, Permission

_READERS = (Role.SECRETARY, Role.HELPER, Role.CONTACT)


def own_units(access) -> list[int]:
    """Keys of the units and bodies the person holds a role at; a branch of theirs reads its own papers itself."""
    return sorted({one.unit_id for one in access.memberships if Permission.DO_DUTY in ROLE_PERMISSIONS[one.role]})


def visible_lines(access) -> QuerySet[Dispatch]:
    """Lines of send lists that the person may open as addressee."""
    return Dispatch.objects.filter(unit__in=own_units(access))


def lines_of(paper: IssuedPaper) -> QuerySet[Dispatch]:
    """The send list in the order of Nơi nhận."""
    people = ("unit", "sent_by", "received_by", "first_opened_by", "receipt")
    return paper.dispatches.select_related(*people).order_by("position", "pk")


def units_with_readers(paper: IssuedPaper, *, on) -> set[int]:
    """Units of the list at which somebody can read papers in the program on the day `on`."""
    units = paper.dispatches.filter(unit__isnull=False).values("unit")
    found = Membership.objects.current(on=on).filter(unit__in=units, role__in=_READERS, user__is_active=True)
    return set(found.order_by().values_list("unit", flat=True))


@dataclass(frozen=True, slots=True)
class SendCounts:
    """How far a paper has come: lines, copies to print, sent, received, and in the program opened and made known.

    `channels`: (a way by which it came, how many lines), the ways that were used only. A line that got it by two ways
    counts once under each and once in `sent`; `twice` says that there is one.
    """

    lines: int
    copies: int
    sent: int
    received: int
    units: int
    opened: int
    stated: int
    channels: list[tuple[str, int]]
    twice: bool = False


def counts_of(rows: list[Dispatch]) -> SendCounts:
    """Count `rows`; who opened the paper has received it, whoever marked what."""
    units = [row for row in rows if row.unit_id]
    ways = [ways_of(row) for row in rows if row.sent_at]
    each = Counter(way for one in ways for way in one)
    return SendCounts(
        lines=len(rows),
        copies=sum(row.copies for row in rows),
        sent=sum(bool(row.sent_at) for row in rows),
        received=sum(bool(row.received_at or row.first_opened_at) for row in rows),
        units=len(units),
        opened=sum(bool(row.first_opened_at) for row in units),
        stated=sum(bool(row.stated_at) for row in units),
        channels=[(way.label, each[way.value]) for way in DispatchChannel if each[way.value]],
        twice=any(len(one) > 1 for one in ways),
    )


def ways_of(row: Dispatch) -> set[str]:
    """How a line that was sent came to its addressee: as the office marked it, as a signed list or an opening proves."""
    ways = {row.channel}
    if row.receipt_id:
        ways.add(DispatchChannel.PAPER.value)
    if row.first_opened_at:
        ways.add(DispatchChannel.PROGRAM.value)
    return ways


def receipts_of(paper: IssuedPaper) -> QuerySet[DeliveryReceipt]:
    """The signed delivery lists of a paper with how many addressees each one proves."""
    receipts = paper.receipts.select_related("scan", "added_by").annotate(signed=Count("lines"))
    return receipts.order_by("received_on", "pk")
