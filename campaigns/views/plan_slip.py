"""The phiếu trình of a plan as PDF."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.selectors.plans import visible_plans
from campaigns.slip import plan_slip as slip_of
from documents.writing import pdf
from units.permissions import Permission


@require_safe
def plan_slip(request, pk):
    """One page with the opinions to be written by hand; a plan that went out needs none."""
    plans = visible_plans(request.access).filter(paper__isnull=True)
    plan = get_object_or_404(plans.select_related("ward", "signer", "edited_by"), pk=pk)
    request.access.require(Permission.READ_WARD, plan.ward)
    rendered = pdf.render(slip_of(plan, today=timezone.localdate()))
    response = HttpResponse(rendered.data, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="phieu-trinh.pdf"'
    return response
