"""Clerks who enter signed plans in one number book at one moment, each beginning with the number that all of them see."""

import contextlib

from django.core.exceptions import ValidationError
from django.db import connection

from campaigns.models import Plan
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.issuing import plan_book
from campaigns.services.plans import issue_plan, submit_and_approve_plan
from documents.models import NumberEntry
from documents.selectors.numbers import suggest_number
from documents.services.numbers import take_number
from tests.campaigns.office import START, directive_facts, make_office
from tests.campaigns.test_plans import PHRASES, SIGNED, SIGNED_ON
from tests.crowd import together, until_free
from tests.factories import make_book

ON_THE_PAGE = 1  # the number that every clerk has before him when he begins


def numbers_taken(clerks, *, start=together):
    """`clerks` people enter a paper each, all at once, or as `start` has them come; returns the book."""
    office = make_office()
    book = make_book(office.ward)

    def enter(subject, number):
        take_number(
            book=book, number=number, dated_on=SIGNED_ON, subject=subject, signer_name="Người ký", by=office.clerk
        )

    all_enter(enter, [f"Kế hoạch {one}" for one in range(clerks)], book, start=start)
    return book


def plans_issued(clerks):
    """The same with the whole of an issue, paper and PDF included: `clerks` approved plans of one ward and term."""
    office = make_office()
    directive = register_directive(by=office.clerk, **directive_facts())
    facts = {"ward": office.ward, "directives": [directive], "kind": "study", "by": office.clerk, "now": START}
    drafts = [draft_plan(**facts, phrases=PHRASES) for _ in range(clerks)]
    plans = [submit_and_approve_plan(plan=draft, by=office.clerk, now=START).pk for draft in drafts]
    book = plan_book(drafts[0])

    def issue(plan, number):
        issue_plan(plan=Plan.objects.get(pk=plan), number=number, dated_on=SIGNED_ON, by=office.clerk, now=SIGNED)

    all_enter(issue, plans, book)
    return book


def one_after_another(act, arguments):
    """As `together`, for a database in memory, which refuses whom a file would let wait."""
    return {argument: act(argument) for argument in arguments}


def all_enter(enter, papers, book, *, start=together):
    """Each clerk types the number the page showed; told that it is taken, the one it shows then."""

    def press(paper):
        number = ON_THE_PAGE
        while number is not None:
            number = until_free(once, paper, number)

    def once(paper, number):
        """The number to type next; None when the paper stands in the book."""
        try:
            enter(paper, number)
        except ValidationError as refused:
            if refused.error_dict["number"][0].code != "taken":
                raise
            return suggest_number(book)
        return None

    assert set(start(press, papers).values()) == {None}


def numbers_of(book):
    """What stands in the book, smallest number first."""
    return sorted(book.entries.values_list("number", flat=True))


@contextlib.contextmanager
def book_that_takes_a_number_twice():
    """The table without the rule that a number stands in its book once; before it comes back, the doubles are numbered apart."""
    [once] = [rule for rule in NumberEntry._meta.constraints if rule.name == "numberentry_once"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(NumberEntry, once)
    try:
        yield
    finally:
        for number, entry in enumerate(NumberEntry.objects.order_by("pk"), start=1):
            NumberEntry.objects.filter(pk=entry.pk).update(number=number)
        with connection.schema_editor() as editor:
            editor.add_constraint(NumberEntry, once)
