"""The key of web push and the browsers of a person."""

from django.db.models import QuerySet

from campaigns.models import PushBrowser, PushKey
from campaigns.outgoing.locking import unlock
from units.models import User


def current_key() -> PushKey | None:
    """The newest key that can still be opened; None before the first."""
    return next((key for key in PushKey.objects.all()[:5] if unlock(key.locked_private)), None)


def browsers_of(person: User) -> QuerySet:
    """Where `person` takes notices, the newest first."""
    return PushBrowser.objects.filter(person=person)
