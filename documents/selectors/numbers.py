"""What a number book says: the next number and the gaps."""

from django.db.models import Max

from documents.models import NumberBook


def suggest_number(book: NumberBook) -> int:
    """The number after the highest one taken, or the first of the book."""
    highest = book.entries.aggregate(highest=Max("number"))["highest"]
    return book.first_number if highest is None else max(highest + 1, book.first_number)


def gaps(book: NumberBook) -> list[int]:
    """Numbers between the first of the book and the highest taken that have no entry yet."""
    taken = set(book.entries.order_by().values_list("number", flat=True))
    return [number for number in range(book.first_number, max(taken, default=0)) if number not in taken]
