"""The audit trail, for the administrator and the inspector beside them."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from units.forms.audit import AuditFilterForm
from units.models import AuditSeal
from units.permissions import Permission
from units.presenters import audit_line
from units.selectors.audit import filtered_events, visible_events

_PAGE = 50


@require_safe
def audit_list(request):
    """Lines, newest first, fifty a page."""
    request.access.require(Permission.READ_AUDIT)
    form = AuditFilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    events = filtered_events(
        visible_events(request.access),
        text=asked.get("q", ""),
        kind=asked.get("loai", ""),
        since=asked.get("tu"),
        until=asked.get("den"),
    )
    page = Paginator(events.order_by("-pk"), _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "lines": [audit_line(event) for event in page],
        "seal": AuditSeal.objects.first(),
    }
    return render(request, "units/audit_list.html", context)
