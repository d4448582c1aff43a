"""Number books: next numbers, gaps, what was taken."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms.books import BookOpenForm, BookStartForm, GapForm
from documents.selectors.books import book_lines, visible_books
from documents.selectors.numbers import gaps, suggest_number
from documents.services.numbers import explain_gap, open_book, start_book_at
from units.models import WardSettings
from units.permissions import Permission

_PAGE = 50


@require_safe
def book_list(request):
    """All books of the ward."""
    request.access.require(Permission.READ_WARD)
    context = {
        "lines": book_lines(visible_books(request.access)),
        "can_keep": request.access.can(Permission.KEEP_BOOKS),
    }
    return render(request, "documents/book_list.html", context)


@require_safe
def book_detail(request, pk):
    """One book: its numbers, newest first, and the gaps to explain."""
    book = get_object_or_404(visible_books(request.access).select_related("body"), pk=pk)
    entries = book.entries.select_related("entered_by", "paper").order_by("-number")
    context = {
        "book": book,
        "page_obj": Paginator(entries, _PAGE).get_page(request.GET.get("page")),
        "gaps": gaps(book),
        "next_number": suggest_number(book),
        "can_keep": request.access.can(Permission.KEEP_BOOKS, book.body),
    }
    return render(request, "documents/book_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def book_open(request):
    """A new book."""
    request.access.require(Permission.KEEP_BOOKS)
    row = WardSettings.objects.filter(ward=request.access.ward).first()
    initial = {"body_sign": row.sign_code, "term_name": row.term_name} if row else {}
    form = BookOpenForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        book = _try(form, open_book, body=request.access.ward, by=request.user, **form.cleaned_data)
        if book:
            messages.success(request, f"Đã mở sổ {book}.")
            return redirect("documents:book-detail", book.pk)
    return render(request, "documents/book_open.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def book_start(request, pk):
    """Where a book starts."""
    book = _kept(request, pk)
    form = BookStartForm(request.POST or None, initial={"first_number": book.first_number})
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(form, start_book_at, book=book, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã đổi số bắt đầu của sổ.")
        return redirect("documents:book-detail", book.pk)
    return render(request, "documents/book_start.html", {"form": form, "book": book})


@require_http_methods(["GET", "HEAD", "POST"])
def gap_explain(request, pk, number):
    """Say what became of a number that was passed over."""
    book = _kept(request, pk)
    if request.method != "POST" and number not in gaps(book):
        raise Http404
    form = GapForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(form, explain_gap, book=book, number=number, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"Đã ghi lý do của số {number:02d}.")
        return redirect("documents:book-detail", book.pk)
    return render(request, "documents/book_gap.html", {"form": form, "book": book, "number": number})


def _kept(request, pk):
    book = get_object_or_404(visible_books(request.access).select_related("body"), pk=pk)
    request.access.require(Permission.KEEP_BOOKS, book.body)
    return book


def _try(form, service, **facts):
    try:
        return service(**facts)
    except ValidationError as error:
        known = not hasattr(error, "error_dict") or all(
            name in form.fields or name == "__all__" for name in error.error_dict
        )
        form.add_error(None, error if known else ValidationError(error.messages))
        return None
