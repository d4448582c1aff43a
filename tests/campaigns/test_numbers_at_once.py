"""Twenty clerks take a number of one book at one moment (reliability C-05); with whole plans: tests/long/test_numbers.py."""

import pytest

from documents.selectors.numbers import gaps
from tests.campaigns.numbering import book_that_takes_a_number_twice, numbers_of, numbers_taken, one_after_another
from units.models import AuditEvent

CLERKS = 20
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.postgres
@pytest.mark.proves("C-05")
def test_twenty_clerks_at_once_have_twenty_numbers_without_a_gap():
    assert_each_once(numbers_taken(CLERKS))


def test_twenty_clerks_with_the_same_number_on_the_page_have_twenty_numbers():
    assert_each_once(numbers_taken(CLERKS, start=one_after_another))


def assert_each_once(book):
    assert (numbers_of(book), gaps(book)) == (list(range(1, CLERKS + 1)), [])
    told = AuditEvent.objects.filter(verb="number.take").values_list("details__number", flat=True)
    assert sorted(told) == numbers_of(book)  # who was refused has left no line


@pytest.mark.postgres
def test_without_the_rule_of_the_book_all_clerks_have_one_number():
    """Control of the tests above."""
    with book_that_takes_a_number_twice():
        assert numbers_of(numbers_taken(CLERKS)) == [1] * CLERKS
