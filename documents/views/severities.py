"""Mức độ lưu ý: how grave the ward takes each kind of finding."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents.forms.severities import SeveritiesForm
from documents.selectors.severities import severity_rows
from documents.services.severities import set_severities
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def severity_edit(request):
    """All checks with what they find and the ward's severity."""
    request.access.require(Permission.MANAGE_SETTINGS)
    ward = request.access.ward
    if ward is None:
        raise Http404
    form = SeveritiesForm(request.POST or None, groups=severity_rows(ward))
    if request.method == "POST" and form.is_valid():
        changed = set_severities(ward=ward, severities=form.cleaned_data, by=request.user)
        messages.success(
            request, f"Đã đổi mức độ của {changed} loại lưu ý." if changed else "Không có mức độ nào thay đổi."
        )
        return redirect("documents:severity-edit")
    return render(request, "documents/severity_edit.html", {"form": form})
