"""One button pressed several times at one moment (reliability C-02, C-03); tests/long/test_presses.py runs a hundred of each."""

import pytest

from reports.choices import SubmissionState
from reports.models import Filing
from reports.services import filings, sending
from tests.reports.presses import PRESSES, pressed_together, returned_again_and_again, sent_again_and_again, sent_by_two

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 4


@pytest.mark.proves("C-02")
def test_a_report_sent_five_times_at_once_is_one_and_each_answer_its_receipt(clock, monkeypatch):
    pressed_together(monkeypatch, filings, "save_and_send", PRESSES)
    assert sent_again_and_again(ROUNDS) == {(PRESSES, 1, 1, 1): ROUNDS}


def test_without_claim_token_and_state_one_of_five_has_a_receipt(clock, monkeypatch):
    """Control: four run into the last key of the database and have an error page."""
    pressed_together(monkeypatch, filings, "save_and_send", PRESSES)
    received = filings.receive
    monkeypatch.setattr(
        filings, "_unsent", lambda *, pk, version, changes: Filing.objects.filter(pk=pk).update(**changes)
    )
    monkeypatch.setattr(filings, "receive", lambda **sent: received(**sent | {"token": ""}))
    monkeypatch.setattr(sending, "_refuse", lambda *_args: None)
    assert sent_again_and_again(ROUNDS) == {(1, 1, 1, 1): ROUNDS}


@pytest.mark.proves("C-02")
def test_a_report_returned_five_times_at_once_is_told_to_each_person_once(clock):
    assert returned_again_and_again(ROUNDS) == {(1, 1, 1, 1): ROUNDS}


def test_without_the_table_of_moves_each_person_is_told_five_times(clock, monkeypatch):
    """Control: whatever state a report is in, it may be returned."""
    monkeypatch.setattr(SubmissionState, "MOVES", dict.fromkeys(SubmissionState, set(SubmissionState)))
    assert returned_again_and_again(ROUNDS) == {(PRESSES, PRESSES, PRESSES, PRESSES): ROUNDS}


@pytest.mark.proves("C-03")
def test_unit_and_office_that_send_at_once_make_one_report_of_one_of_them(clock, monkeypatch):
    pressed_together(monkeypatch, filings, "save_and_send", 2)
    assert sent_by_two(ROUNDS) == {((302, 409), 1, 1, 1, 1, "one"): ROUNDS}


def test_without_the_hold_on_the_plan_one_of_the_two_has_an_error_page(clock, monkeypatch):
    """Control: both find no report of the unit, and only the key of the database keeps the second out."""
    pressed_together(monkeypatch, sending, "_receive", 2)
    monkeypatch.setattr(sending, "_hold_plans", lambda _plans: None)
    assert sent_by_two(ROUNDS) == {((302, 500), 1, 1, 1, 1, "one"): ROUNDS}
