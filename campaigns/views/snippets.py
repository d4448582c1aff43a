"""Mẫu câu: the ward's wording in one place."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.choices import PlanKind
from campaigns.forms.snippets import SnippetForm
from campaigns.selectors.snippets import PLACEHOLDERS, snippet_rows, visible_snippets
from campaigns.services.snippets import restore_snippet, rewrite_snippet
from units.permissions import Permission


@require_safe
def snippet_list(request):
    """Every slot of every kind of plan with the words that hold."""
    if not request.access.can(Permission.READ_WARD):
        request.access.require(Permission.MANAGE_SETTINGS)
    rows = snippet_rows(request.access.ward)
    groups = [(PlanKind(kind).label, list(lines)) for kind, lines in groupby(rows, key=lambda row: row.current.plan_kind)]
    context = {"groups": groups, "may_edit": request.access.can(Permission.MANAGE_SETTINGS)}
    return render(request, "campaigns/snippet_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def snippet_edit(request, pk):
    """The ward's own words for one slot; drafts written before keep theirs."""
    row = _row(request, pk)
    current = row.current
    form = SnippetForm(request.POST or None, initial={"title": current.title, "text": current.text})
    if request.method == "POST" and form.is_valid():
        rewrite_snippet(ward=request.access.ward, snippet=current, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu mẫu câu. Các kế hoạch tạo từ nay dùng lời mới.")
        return redirect("campaigns:snippet-list")
    context = {"form": form, "row": row, "placeholders": PLACEHOLDERS}
    return render(request, "campaigns/snippet_edit.html", context)


@require_POST
def snippet_restore(request, pk):
    """Back to the words of the program."""
    restore_snippet(ward=request.access.ward, snippet=_row(request, pk).current, by=request.user)
    messages.success(request, "Đã trở về lời mẫu của chương trình.")
    return redirect("campaigns:snippet-list")


def _row(request, pk):
    """The slot of the snippet `pk`, which is a shipped one or the ward's own."""
    snippet = get_object_or_404(visible_snippets(request.access), pk=pk)
    request.access.require(Permission.MANAGE_SETTINGS)
    rows = snippet_rows(request.access.ward, kind=snippet.plan_kind)
    return next(row for row in rows if row.current.slot == snippet.slot)
