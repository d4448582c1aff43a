"""Number books: the next number, a number once and never again, and every gap explained (format.md 3.4)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.choices import NumberState
from documents.models import NumberBook, NumberEntry
from documents.selectors.numbers import gaps, suggest_number
from units.models import Unit, User
from units.services.audit import record_event

# Readers of the book too, so that who takes a number imports one module.
__all__ = ["book_for", "explain_gap", "gaps", "open_book", "start_book_at", "suggest_number", "take_number"]

_HIGHEST = 99_999


@transaction.atomic
def book_for(*, body: Unit, kind_sign: str, body_sign: str, term_name: str) -> NumberBook:
    """The book of this issuing body, kind and term; opened from number 1 when it does not exist yet."""
    book, _ = NumberBook.objects.get_or_create(
        body=body, kind_sign=kind_sign, term_name=term_name, defaults={"body_sign": body_sign}
    )
    return book


@transaction.atomic
def open_book(*, body: Unit, kind_sign: str, body_sign: str, term_name: str, first_number: int, by: User) -> NumberBook:
    """Open a book at a chosen first number, for a term that is already under way on paper."""
    book = NumberBook(
        body=body, kind_sign=kind_sign, body_sign=body_sign, term_name=term_name, first_number=first_number
    )
    book.full_clean()
    book.save()
    record_event(by=by, verb="book.open", target=book, ward=body, details={"first_number": first_number})
    return book


@transaction.atomic
def start_book_at(*, book: NumberBook, first_number: int, by: User) -> NumberBook:
    """Change where an unused book starts; refused once a number of it lies below or is taken."""
    if book.entries.exists() and first_number > book.entries.order_by("number").first().number:
        raise ValidationError(
            {
                "first_number": ValidationError(
                    "Sổ đã có số nhỏ hơn số này nên không đổi số bắt đầu được.", code="in_use"
                )
            }
        )
    old = book.first_number
    book.first_number = first_number
    book.full_clean(exclude=["body"])
    book.save(update_fields=["first_number"])
    record_event(by=by, verb="book.start", target=book, ward=book.body, details={"from": old, "to": first_number})
    return book


def take_number(
    *,
    book: NumberBook,
    number: int,
    dated_on: date | None,
    subject: str,
    signer_name: str,
    by: User,
    state: str = NumberState.ISSUED,
    reason: str = "",
) -> NumberEntry:
    """Enter `number` in the book. The database alone decides who of two clerks gets it.

    Raises:
        ValidationError: ``taken`` with the next free number, ``too_low`` or ``too_high``.
    """
    _refuse_out_of_range(book, number)
    entry = NumberEntry(
        book=book, number=number, state=state, dated_on=dated_on, subject=subject, signer_name=signer_name,
        reason=reason, entered_at=timezone.now(), entered_by=by,
    )  # fmt: skip
    entry.clean_fields(exclude=["book", "entered_by"])
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            record_event(
                by=by, verb="number.take", target=entry, ward=book.body, details={"number": number, "state": str(state)}
            )
    except IntegrityError:
        raise _taken(book, number) from None
    return entry


def explain_gap(*, book: NumberBook, number: int, state: str, reason: str, by: User) -> NumberEntry:
    """Say what became of a number that was passed over: void, or kept for a paper managed elsewhere (domain.md 5.5)."""
    if state not in {NumberState.VOID, NumberState.RESERVED}:
        raise ValidationError({"state": ValidationError("Số bỏ trống chỉ ghi là bỏ hoặc dùng riêng.", code="state")})
    if state == NumberState.VOID and not reason.strip():
        raise ValidationError({"reason": ValidationError("Cần ghi lý do bỏ số.", code="required")})
    return take_number(
        book=book, number=number, dated_on=None, subject="", signer_name="", by=by, state=state, reason=reason.strip()
    )


def _refuse_out_of_range(book: NumberBook, number: int) -> None:
    if number < book.first_number:
        raise ValidationError(
            {
                "number": ValidationError(
                    f"Sổ này bắt đầu từ số {book.first_number:02d}; hãy nhập số lớn hơn.", code="too_low"
                )
            }
        )
    if number > min(_HIGHEST, suggest_number(book) + 500):
        raise ValidationError(
            {
                "number": ValidationError(
                    f"Số {number} cách quá xa số kế tiếp của sổ ({suggest_number(book):02d}). Hãy kiểm tra lại số đã gõ.",
                    code="too_high",
                )
            }
        )


def _taken(book: NumberBook, number: int) -> ValidationError:
    return ValidationError(
        {
            "number": ValidationError(
                f"Số {number:02d} đã có người lấy trong sổ này. Chưa có gì được ghi; số kế tiếp là {suggest_number(book):02d}.",
                code="taken",
            )
        }
    )
