"""PIN codes: weak ones are refused, wrong tries rest the card and nobody else."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.units.people import make_cast
from units.models import AccessCard, AuditEvent
from units.pins import check_pin, rest_after
from units.services.cards import make_card, unlock_card
from units.services.pins import open_with_pin, set_pin

NOW = timezone.make_aware(dt.datetime(2026, 6, 1, 9, 0))
PIN = "739154"


@pytest.mark.parametrize(
    "pin", ["123456", "654321", "000000", "111112", "121212", "739739", "890123", "196512", "121965", "012345"]
)
def test_weak_pins_are_refused_with_a_sentence(pin):
    with pytest.raises(ValidationError) as refused:
        check_pin(pin)
    assert refused.value.code == "weak"


@pytest.mark.parametrize("pin", ["12345", "1234567", "12a456", "", "１２３４５６"])
def test_pin_is_six_plain_figures(pin):
    with pytest.raises(ValidationError) as refused:
        check_pin(pin)
    assert refused.value.code == "shape"


def test_ordinary_pins_are_taken():
    assert [check_pin(pin) for pin in ("739154", "402918", "285037")] == ["739154", "402918", "285037"]


def test_card_rests_longer_each_time():
    minutes = [rest_after(tries) and rest_after(tries).total_seconds() / 60 for tries in (0, 4, 5, 9, 10, 15, 20, 50)]
    assert minutes == [None, None, 15, None, 60, 240, 1440, 1440]


def _used_card(secretary, admin):
    made = make_card(membership=secretary, by=admin.user, now=NOW)
    set_pin(card=made.card, secret=made.secret, code=made.code, pin=PIN, now=NOW)
    return made


def _try(made, pin, now):
    try:
        open_with_pin(card=AccessCard.objects.get(pk=made.card.pk), secret=made.secret, pin=pin, now=now)
    except ValidationError as refused:
        return refused.code
    return "open"


@pytest.mark.django_db
def test_database_holds_neither_secret_nor_code_nor_pin():
    _ward, _cells, admin, _clerk, first, _second = make_cast()
    made = _used_card(first, admin)
    kept = [str(value) for value in AccessCard.objects.values_list().get(pk=made.card.pk)]
    assert [value for value in kept if value in {made.secret, made.code, PIN}] == []
    assert len(made.code) == 4
    assert len(made.secret) == 22


@pytest.mark.django_db
@pytest.mark.proves("A-07")
def test_wrong_pins_rest_this_card_alone():
    _ward, _cells, admin, _clerk, first, second = make_cast()
    made, other = _used_card(first, admin), _used_card(second, admin)
    assert [_try(made, "402918", NOW) for _ in range(4)] == ["wrong"] * 4
    assert _try(made, "402918", NOW) == "resting"
    assert _try(made, PIN, NOW) == "resting"
    assert _try(other, PIN, NOW) == "open"
    assert _try(made, PIN, NOW + dt.timedelta(minutes=16)) == "open"
    assert AccessCard.objects.get(pk=made.card.pk).wrong_tries == 0
    assert AuditEvent.objects.filter(verb="card.rest").count() == 1


@pytest.mark.django_db
@pytest.mark.proves("A-07")
def test_a_thousand_guesses_get_few_answers():
    _ward, _cells, admin, _clerk, first, _second = make_cast()
    made = _used_card(first, admin)
    answers = [_try(made, "402918", NOW + dt.timedelta(seconds=minute * 54)) for minute in range(1000)]  # 15 hours
    assert answers.count("open") == 0
    assert AccessCard.objects.get(pk=made.card.pk).wrong_tries <= 25


@pytest.mark.django_db
def test_office_lets_a_resting_card_be_tried_again():
    _ward, _cells, admin, _clerk, first, _second = make_cast()
    made = _used_card(first, admin)
    for _ in range(5):
        _try(made, "402918", NOW)
    unlock_card(card=made.card, by=admin.user)
    assert _try(made, PIN, NOW) == "open"


@pytest.mark.django_db
def test_first_use_takes_code_and_pin_once():
    _ward, _cells, admin, _clerk, first, _second = make_cast()
    made = make_card(membership=first, by=admin.user, now=NOW)
    wrong_code = "0000" if made.code != "0000" else "0001"
    with pytest.raises(ValidationError) as refused:
        set_pin(card=made.card, secret=made.secret, code=wrong_code, pin=PIN, now=NOW)
    assert refused.value.code == "wrong"
    set_pin(card=made.card, secret=made.secret, code=made.code, pin=PIN, now=NOW)
    with pytest.raises(ValidationError) as refused:
        set_pin(card=made.card, secret=made.secret, code=made.code, pin="402918", now=NOW)
    assert refused.value.code == "used"
    assert _try(made, PIN, NOW) == "open"
