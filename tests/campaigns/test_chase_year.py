"""Seven weeks over Tết 2027 with a clock that stands still; the whole year with more kills is in tests/long."""

import datetime as dt

import pytest

from campaigns.models import Notification, Reminder
from campaigns.services import digests
from tests.campaigns.chase_year import Year, check
from tests.campaigns.year_senders import CutSenders
from tests.campaigns.year_ways import year_ways

FIRST, LAST = dt.date(2027, 1, 11), dt.date(2027, 2, 26)


@pytest.mark.proves("R-01", "R-05", "R-08")
def test_seven_weeks_over_tet_with_senders_that_die(db, monkeypatch, settings, tmp_path):
    with year_ways(tmp_path) as ways:
        ways.tell(settings)
        year = Year(CutSenders(monkeypatch, kill_rate=0.05), units=3, every=16, ways=ways)
        year.live(FIRST, LAST)
    assert year.kills > 3
    check(year)
    tet = Notification.objects.filter(key__startswith="digest:", created_at__date__range=(dt.date(2027, 1, 31), dt.date(2027, 2, 10)))
    assert not tet.exists()
    assert {"unit", "second", "compiler", "leader"} <= set(
        Reminder.objects.filter(state="sent").values_list("step", flat=True)
    )
    ways.sms.calls *= 2  # the control: messages that went twice are seen
    with pytest.raises(AssertionError):
        check(year)


@pytest.mark.proves("R-08")
def test_the_control_without_the_second_look_reminds_who_has_reported(db, monkeypatch):
    """Switch off what keeps a reminder from somebody who has done the work, and the check must see it."""
    monkeypatch.setattr(digests, "_why_not", lambda row, people: None)
    monkeypatch.setattr("campaigns.services.moves.cancel_reminders", lambda **facts: 0)
    year = Year(CutSenders(monkeypatch), units=2, every=30)
    year.live(dt.date(2027, 3, 1), dt.date(2027, 3, 20))
    with pytest.raises(AssertionError):
        check(year)


def test_the_control_without_promises_tells_on_the_wrong_days(db, monkeypatch):
    """Switch off what holds a reminder back until the promised day, and the check must see it."""
    monkeypatch.setattr("campaigns.services.calls.hold_reminders", lambda **facts: 0)
    year = Year(CutSenders(monkeypatch), units=3, every=7)
    year.live(dt.date(2027, 3, 1), dt.date(2027, 4, 2))
    with pytest.raises(AssertionError):
        check(year)
