"""Calendar files, read by a library that knows nothing of ours."""

import datetime as dt

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.icalendar import Event, calendar_bytes
from tests.factories import HANOI, NOW

pytestmark = pytest.mark.once
DAY = dt.date(2026, 6, 4)


def event(**changes):
    return Event(**{"uid": "viec-1@lantoa.vn", "title": "Hạn báo cáo", "starts": DAY, "changed_at": NOW} | changes)


def read(*events, name="Lịch"):
    calendar = icalendar.Calendar.from_ical(calendar_bytes(events, name=name))
    return calendar, calendar.walk("VEVENT")


def test_a_day_is_a_day_and_ends_the_day_after():
    _, [found] = read(event(sequence=2))
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (DAY, DAY + dt.timedelta(days=1))
    assert (found["UID"], found["SEQUENCE"], found["STATUS"], found["TRANSP"]) == (
        "viec-1@lantoa.vn", 2, "CONFIRMED", "TRANSPARENT",
    )  # fmt: skip
    assert found.decoded("DTSTAMP") == NOW


def test_a_moment_is_written_in_utc():
    starts = dt.datetime(2026, 6, 10, 7, 30, tzinfo=HANOI)
    data = calendar_bytes([event(starts=starts, busy=True, cancelled=True)], name="Lịch")
    assert b"DTSTART:20260610T003000Z\r\n" in data
    [found] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (starts, starts + dt.timedelta(hours=1))
    assert (found["STATUS"], found["TRANSP"]) == ("CANCELLED", "OPAQUE")


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        calendar_bytes([event(starts=dt.datetime(2026, 6, 10, 7, 30))], name="Lịch")


def test_nobody_slips_a_property_in():
    bad = "Hội trường\r\nATTENDEE:mailto:x@y.vn\rEND:VEVENT\u2028BEGIN:VALARM\x0bX:1"
    data = calendar_bytes([event(place=bad, note=bad, title=bad, url="https://a.vn/\r\nX-BAD:1")], name=bad)
    names = {line.split(":")[0].split(";")[0] for line in data.decode().replace("\r\n ", "").split("\r\n")}
    assert names & {"ATTENDEE", "X-BAD", "X"} == set()
    _, found = read(event(place=bad, note=bad, title=bad))
    assert len(found) == 1
    assert [line for line in data.decode().replace("\r\n ", "").split("\r\n") if line == "BEGIN:VALARM"] == []


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"]), max_size=400
)


@given(TEXT, TEXT)
def test_every_text_comes_back_and_no_line_is_longer_than_75_octets(title, note):
    data = calendar_bytes([event(title=title, note=note)], name="Lịch")
    assert data.endswith(b"\r\n")
    assert [line for line in data.split(b"\r\n") if len(line) > 75] == []
    [line.decode() for line in data.split(b"\r\n")]  # no letter was cut in two
    [found] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    plain = [value.replace("\u00a0", " ") for value in (title, note)]
    read_back = [str(found.get(key, "")).replace("\u00a0", " ") for key in ("SUMMARY", "DESCRIPTION")]
    assert [_spaces(value) for value in read_back] == [_spaces(value) for value in plain]


def _spaces(text):
    """Spaces of any width are written as a space."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
