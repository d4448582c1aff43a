"""What the QR code of a printed form opens."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.choices import EntrySource
from reports.forms.filing import FilingForms
from reports.models import Filing
from reports.selectors.branches import cell_plans, children_of
from reports.selectors.sessions import due_of
from reports.views.session_pages import step_url
from units.models import Unit
from units.permissions import Permission


@require_safe
def session_open(request, unit_pk):
    """Behind the QR code of the printed form: the unit's form for its people, entry on behalf for the office."""
    if not request.access.can(Permission.REPORT_UNIT):
        request.access.require(Permission.ENTER_ON_BEHALF)
    own = Unit.objects.filter(request.access.reach(Permission.REPORT_UNIT), pk=unit_pk).select_related("parent").first()
    if own is None:
        unit = get_object_or_404(Unit.objects.filter(request.access.reach(Permission.ENTER_ON_BEHALF)), pk=unit_pk)
        return redirect(f"{reverse('reports:submission-on-behalf')}?unit={unit.pk}&source={EntrySource.PAPER}")
    today = timezone.localdate()
    if children_of(own, on=today):
        return redirect("reports:branch-list", own.pk)
    if own.parent and own in children_of(own.parent, on=today) and cell_plans(own):
        return redirect("reports:branch-edit", own.pk)
    filing = Filing.objects.filter(unit=own, by_office=False, sent_at=None).first()
    if filing is None:
        return render(
            request,
            "reports/session_open.html",
            {"card": due_of([own])[0], "unit_name": own.short_name, "today": today},
        )
    forms = FilingForms(filing, at=request.received_at)
    return redirect(step_url(filing, forms.first_wrong() or forms.parts[-1]))
