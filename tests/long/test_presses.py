"""A hundred rounds of one button pressed several times at one moment (reliability C-02, C-03).

The controls, whose defences are switched off and which must lose: tests/reports/test_presses.py.
"""

import pytest

from reports.services import filings
from tests.reports.presses import PRESSES, pressed_together, returned_again_and_again, sent_again_and_again, sent_by_two

pytestmark = [pytest.mark.long, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 100


@pytest.mark.proves("C-02")
def test_a_hundred_reports_sent_five_times_at_once_are_a_hundred(clock, monkeypatch):
    pressed_together(monkeypatch, filings, "save_and_send", PRESSES)
    assert sent_again_and_again(ROUNDS) == {(PRESSES, 1, 1, 1): ROUNDS}


@pytest.mark.proves("C-02")
def test_a_hundred_reports_returned_five_times_at_once_are_told_once(clock):
    assert returned_again_and_again(ROUNDS) == {(1, 1, 1, 1): ROUNDS}


@pytest.mark.proves("C-03")
def test_a_hundred_reports_sent_by_unit_and_office_at_once_are_each_of_one_of_them(clock, monkeypatch):
    pressed_together(monkeypatch, filings, "save_and_send", 2)
    assert sent_by_two(ROUNDS) == {((302, 409), 1, 1, 1, 1, "one"): ROUNDS}
