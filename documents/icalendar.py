"""Events as a text that calendars read (RFC 5545): the lines, their folding, and what has to be escaped in them.

Times are written in UTC, days as days, so that no VTIMEZONE is needed; Vietnam has no summer time. Why this is ours
and not a library: docs/adr/0008-calendar-files.md.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

_FOLD_AT = 75  # octets of a line without its CRLF (RFC 5545, 3.1)
_PRODUCT = "-//Lan Toa//Lan Toa//VI"
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a calendar.

    Args:
        uid: the same for ever for the same thing, so that a calendar replaces what it has.
        title: one line.
        starts: a day (all day) or an aware moment.
        changed_at: when it was last said so (DTSTAMP, LAST-MODIFIED).
        ends: the moment it ends; None for a day, or for an hour when the end is not known.
        sequence: how often its time, place or cancellation changed; a calendar believes the highest.
        cancelled: it does not take place.
        busy: whether the time counts as taken; a deadline is no meeting.
    """

    uid: str
    title: str
    starts: dt.date
    changed_at: dt.datetime
    ends: dt.datetime | None = None
    sequence: int = 0
    place: str = ""
    note: str = ""
    url: str = ""
    cancelled: bool = False
    busy: bool = False

    @property
    def timed(self) -> bool:
        """Whether it begins at a moment and not with a day."""
        return isinstance(self.starts, dt.datetime)


def calendar_bytes(events: Iterable[Event], *, name: str) -> bytes:
    """The whole calendar `name` as UTF-8 with CRLF after each line."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",  # RFC 7986
        f"X-WR-CALNAME:{_text(name)}",  # what calendars read before RFC 7986
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events:
        lines += _event_lines(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event_lines(event: Event) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        f"SEQUENCE:{event.sequence}",
        *_times(event),
        f"SUMMARY:{_text(event.title)}",
    ]
    lines += [f"{key}:{_text(said)}" for key, said in (("LOCATION", event.place), ("DESCRIPTION", event.note)) if said]
    if event.url:
        lines.append(f"URL:{_line(event.url)}")  # a URI is not TEXT: nothing in it is escaped
    status = "CANCELLED" if event.cancelled else "CONFIRMED"
    return [*lines, f"STATUS:{status}", f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}", "END:VEVENT"]


def _times(event: Event) -> list[str]:
    if not event.timed:
        # The end of an all-day event is the day after it (RFC 5545, 3.6.1).
        return [
            f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.starts + dt.timedelta(days=1):%Y%m%d}",
        ]
    ends = event.ends or event.starts + dt.timedelta(hours=1)
    return [f"DTSTART:{_utc(event.starts)}", f"DTEND:{_utc(ends)}"]


def _utc(at: dt.datetime) -> str:
    """A moment in UTC; a naive one would be taken for the server's own time, so it is refused."""
    if at.tzinfo is None:
        raise ValueError("A moment without a zone cannot stand in a calendar.")
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): line breaks as \\n, no other control character, so no property can be slipped in."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_line(line) for line in lines).translate(_ESCAPES)


def _line(value: str) -> str:
    """One line without anything that a reader may take for its end."""
    return "".join(letter if letter.isprintable() else " " for letter in value)


def _folded(line: str) -> list[str]:
    """The line cut after at most 75 octets, never inside a letter; what follows begins with a space."""
    parts, held, octets = [], [], 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > _FOLD_AT:
            parts.append("".join(held))
            held, octets = [" "], 1
        held.append(letter)
        octets += size
    return [*parts, "".join(held)]
