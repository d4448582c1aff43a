import pytest
from django.core.exceptions import ValidationError

from documents.choices import NumberState
from documents.models import NumberEntry
from documents.selectors.numbers import gaps, suggest_number
from documents.services.numbers import book_for, explain_gap, open_book, start_book_at, take_number
from tests.factories import TODAY, make_book
from units.models import AuditEvent


def take(book, number, cast, **fields):
    facts = {"dated_on": TODAY, "subject": "Trích yếu", "signer_name": "Người ký", "by": cast.clerk}
    return take_number(book=book, number=number, **facts | fields)


def test_book_for_opens_a_series_once(cast):
    facts = {"body": cast.ward, "kind_sign": "KH", "body_sign": "ĐU", "term_name": "2025-2030"}
    assert book_for(**facts) == book_for(**facts)


def test_suggested_number_follows_the_highest(cast):
    book = make_book(cast.ward, first_number=12)
    assert suggest_number(book) == 12
    take(book, 15, cast)
    assert suggest_number(book) == 16
    assert gaps(book) == [12, 13, 14]


@pytest.mark.proves("C-05")
def test_number_is_given_once(cast):
    book = make_book(cast.ward)
    take(book, 1, cast)
    events = AuditEvent.objects.count()
    with pytest.raises(ValidationError) as refused:
        take(book, 1, cast, subject="Của người khác")
    assert refused.value.error_dict["number"][0].code == "taken"
    assert refused.value.messages == ["Số 01 đã có người lấy trong sổ này. Chưa có gì được ghi; số kế tiếp là 02."]
    assert (NumberEntry.objects.count(), AuditEvent.objects.count()) == (1, events)


@pytest.mark.parametrize(("number", "code"), [(4, "too_low"), (2026, "too_high")])
def test_number_out_of_the_book_is_refused(cast, number, code):
    book = make_book(cast.ward, first_number=5)
    with pytest.raises(ValidationError) as refused:
        take(book, number, cast)
    assert refused.value.error_dict["number"][0].code == code


def test_gap_is_explained_and_no_longer_listed(cast):
    book = make_book(cast.ward)
    take(book, 3, cast)
    explain_gap(book=book, number=1, state=NumberState.RESERVED, reason="", by=cast.clerk)
    explain_gap(book=book, number=2, state=NumberState.VOID, reason="Ghi nhầm", by=cast.clerk)
    assert gaps(book) == []
    assert list(book.entries.order_by("number").values_list("number", "state", "reason")) == [
        (1, "reserved", ""),
        (2, "void", "Ghi nhầm"),
        (3, "issued", ""),
    ]


def test_void_number_needs_a_reason(cast):
    book = make_book(cast.ward)
    with pytest.raises(ValidationError) as refused:
        explain_gap(book=book, number=1, state=NumberState.VOID, reason=" ", by=cast.clerk)
    assert refused.value.messages == ["Cần ghi lý do bỏ số."]


def test_start_of_a_book_in_use_cannot_pass_its_numbers(cast):
    book = open_book(
        body=cast.ward, kind_sign="BC", body_sign="ĐU", term_name="2025-2030", first_number=7, by=cast.clerk
    )
    take(book, 7, cast)
    with pytest.raises(ValidationError):
        start_book_at(book=book, first_number=8, by=cast.clerk)
    assert start_book_at(book=book, first_number=3, by=cast.clerk).first_number == 3
