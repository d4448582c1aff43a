"""Twenty plans of one ward are issued at one moment, paper and PDF included (reliability C-05)."""

import pytest

from campaigns.models import Plan
from documents.models import IssuedPaper
from documents.selectors.numbers import gaps
from documents.writing import pdf
from tests.campaigns.numbering import book_that_takes_a_number_twice, numbers_of, numbers_taken, plans_issued

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
CLERKS, CONTROL = 20, 5


@pytest.mark.proves("C-05")
def test_twenty_clerks_at_once_on_sqlite_have_twenty_numbers_without_a_gap():
    """On a file, as in the ward office: a database in memory refuses whom a file lets wait. Numbers alone: it lets one person
    write at a time, so twenty papers would be printed one after another."""
    book = numbers_taken(CLERKS)
    assert (numbers_of(book), gaps(book)) == (list(range(1, CLERKS + 1)), [])


@pytest.mark.postgres
@pytest.mark.proves("C-05")
def test_twenty_plans_issued_at_once_have_twenty_numbers_without_a_gap():
    pdf.warm_up()  # who has the number holds it while his paper is printed; to load the printer is no part of that
    book = plans_issued(CLERKS)
    assert (numbers_of(book), gaps(book)) == (list(range(1, CLERKS + 1)), [])
    assert Plan.objects.filter(state="issued", paper__entry__book=book).count() == CLERKS
    assert IssuedPaper.objects.values("number_text").distinct().count() == IssuedPaper.objects.count() == CLERKS


@pytest.mark.postgres
def test_without_the_rule_of_the_book_five_plans_bear_one_number():
    """Control of the test above."""
    with book_that_takes_a_number_twice():
        assert numbers_of(plans_issued(CONTROL)) == [1] * CONTROL
