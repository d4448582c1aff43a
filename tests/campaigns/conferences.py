"""Dull makers of conferences and of lines of their lists."""

import datetime as dt

from campaigns.choices import ParticipantClass
from campaigns.models import Conference, ConferenceClass, Invitee
from tests import factories


def make_conference(ward, *, plans=(), by=None, **fields):
    """A conference of the ward on 22/5/2026 at 8 o'clock, nobody convened; `state="planned"` needs held_on=None."""
    by = by or factories.make_user()
    values = {
        "title": f"Hội nghị {next(factories.numbers)}",
        "state": "fixed",
        "held_on": dt.date(2026, 5, 22),
        "starts_at": dt.time(8),
    }
    values |= {
        "month_on": dt.date(2026, 5, 1),
        "venue": ward.venues.first(),
        "created_at": factories.NOW,
        "edited_at": factories.NOW,
    }
    conference = Conference.objects.create(ward=ward, created_by=by, edited_by=by, **values | fields)
    conference.plans.set(plans)
    return conference


def make_invitee(conference, unit=None, *, kind=ParticipantClass.SECRETARIES, **fields):
    """One line of the list, of a class made when it is missing; one head, not answered, not called."""
    position = ParticipantClass.values.index(kind)
    group, _ = ConferenceClass.objects.get_or_create(conference=conference, kind=kind, defaults={"position": position})
    values = {"office": "Bí thư", "heads": 1, "position": next(factories.numbers)} | fields
    return Invitee.objects.create(conference=conference, group=group, unit=unit, **values)
