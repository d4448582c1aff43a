"""Đính chính: from an issued paper to the draft of the paper that corrects it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from documents.forms.corrections import CorrectionForm, mistakes_of
from documents.selectors.papers import visible_papers
from documents.services.corrections import draft_correction
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def paper_correct(request, pk):
    """Say what is wrong in an issued paper; the words of the correction are written."""
    paper = get_object_or_404(visible_papers(request.access).select_related("ward"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER, paper.ward)
    form, places = CorrectionForm(request.POST or None, ward=paper.ward), mistakes_of(request.POST or None)
    if request.method == "POST" and form.is_valid() and places.is_valid():
        facts = {"mistakes": places.mistakes, "by": request.user, "now": request.received_at}
        try:
            draft = draft_correction(paper=paper, **facts, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã soạn văn bản đính chính. Đồng chí xem lại câu chữ rồi in bản trình ký.")
            return redirect("documents:draft-detail", draft.pk)
    return render(request, "documents/paper_correct.html", {"form": form, "places": places, "paper": paper})
