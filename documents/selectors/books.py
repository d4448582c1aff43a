"""Number books with their next numbers and gaps."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from documents.models import NumberBook
from documents.selectors.numbers import gaps, suggest_number
from units.permissions import Permission
from units.selectors.access import Access


@dataclass(frozen=True)
class BookLine:
    """One book on the list page."""

    book: NumberBook
    taken: int
    next_number: int
    gaps: list[int]


def visible_books(access: Access) -> QuerySet[NumberBook]:
    """Books of the wards and bodies the person reads."""
    return NumberBook.objects.filter(access.reach(Permission.READ_WARD, prefix="body__"))


def book_lines(books: QuerySet[NumberBook]) -> list[BookLine]:
    """The books in order of term and sign; a ward has about fifteen a term."""
    books = books.annotate(taken=Count("entries")).select_related("body").order_by("-term_name", "kind_sign", "pk")
    return [BookLine(book, book.taken, suggest_number(book), gaps(book)) for book in books]
