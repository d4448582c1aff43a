"""A person says how to be reached; a link in a letter stops one channel."""

import datetime as dt

from django.db import transaction

from campaigns.models import ContactChoice
from units.models import User
from units.selectors.wards import ward_of_person
from units.services.audit import record_event


@transaction.atomic
def save_choice(*, choice: ContactChoice, at: dt.datetime) -> ContactChoice:
    """Keep what the person typed on their own page; letters that wait are looked at again before they go."""
    person, new = choice.person, choice.pk is None
    choice.changed_at = at
    choice.save() if new else choice.save(
        update_fields=["email", "push", "sms", "zalo", "opens_at", "closes_at", "changed_at"]
    )
    record_event(by=person, verb="contact.choose", target=choice, ward=ward_of_person(person), at=at)
    return choice


@transaction.atomic
def stop_channel(*, person: User, channel: str, at: dt.datetime) -> bool:
    """Nothing more goes to `person` by `channel` (RFC 8058); False when it was stopped before.

    The link is the proof: who holds the letter may stop it without a log-in, and can do nothing else.
    """
    choice, _ = ContactChoice.objects.get_or_create(person=person, defaults={"changed_at": at})
    changed = ContactChoice.objects.filter(pk=choice.pk, **{channel: True}).update(**{channel: False}, changed_at=at)
    if changed:
        details = {"channel": channel}
        record_event(by=person, verb="contact.stop", target=choice, ward=ward_of_person(person), details=details, at=at)
    return bool(changed)
