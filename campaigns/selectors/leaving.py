"""Which notices may leave the program now: read, taken back, or of somebody who works there no more is not told."""

import datetime as dt
from collections.abc import Iterable

from campaigns.models import Notification
from campaigns.selectors.channels import wards_of_people
from campaigns.selectors.recipients import people_of
from documents.models import Dispatch


def still_told(notices: Iterable[Notification], *, on: dt.date) -> list[Notification]:
    """Those of `notices` that may go out by a channel on `on`; a fixed number of queries, their people set on them.

    Unread, of a ward for which the person still works; of a paper issued to a unit: not taken back, and the person still
    answers for the unit. Asked when channels are opened and again when a message leaves.
    """
    unread = [one for one in notices if one.read_at is None and one.ward_id]
    if not unread:
        return []
    wards = wards_of_people({one.person for one in unread}, on=on)
    asked = {one.dispatch_id for one in unread if one.dispatch_id}
    addressed = _addressed(asked, on=on) if asked else {}
    return [
        one
        for one in unread
        if one.ward_id in wards[one.person]
        and (one.dispatch_id is None or one.person_id in addressed.get(one.dispatch_id, ()))
    ]


def _addressed(dispatches: set[int], *, on: dt.date) -> dict[int, list[int]]:
    """{line of a send list: people who answer for its unit}; a line of a paper taken back is left out."""
    standing = Dispatch.objects.filter(pk__in=dispatches, paper__withdrawn_at__isnull=True, unit__isnull=False)
    units = dict(standing.order_by().values_list("pk", "unit_id"))
    people = people_of(units.values(), on=on)
    return {line: people[unit] for line, unit in units.items()}
