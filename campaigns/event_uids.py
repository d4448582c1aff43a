"""Names of calendar events, the same for ever, so that a calendar replaces what it already has."""

from urllib.parse import urlsplit

from django.conf import settings


def event_uid(kind: str, *parts: int) -> str:
    """What the event is about, at this installation."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"{'-'.join([kind, *map(str, parts)])}@{host}"
