"""Telling a person what somebody else did with their account; the list itself belongs to a floor above."""

import datetime as dt

from django.conf import settings
from django.utils.module_loading import import_string

from units.models import User


def tell_person(*, person: User, key: str, title: str, body: str, url: str, at: dt.datetime) -> None:
    """Put a line into the own list of `person`; the same `key` again changes nothing (settings.PERSON_TOLD_BY)."""
    import_string(settings.PERSON_TOLD_BY)(person=person, key=key, title=title, body=body, url=url, at=at)
