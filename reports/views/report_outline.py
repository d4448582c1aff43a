"""The texts of filled outlines side by side, ticked into the compiled report."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from reports.forms.report_outline import ChosenTextsForm
from reports.selectors.compiled import visible_reports
from reports.selectors.report_outline import outline_of
from reports.services.report_outline import choose_texts
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def report_outline(request, pk):
    """Every heading with what units and bodies wrote; the ticked texts are printed."""
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.COMPILE_REPORT, report.ward)
    form = ChosenTextsForm(request.POST if request.method == "POST" else None, report=report)
    if request.method == "POST" and form.is_valid():
        try:
            count = choose_texts(
                report=report, included=form.cleaned_data["chosen"], by=request.user, now=request.received_at
            )
        except ValidationError as problem:
            form.add_error("chosen", problem)
        else:
            messages.success(request, f"Đã lưu: {count} nội dung đưa vào báo cáo.")
            return redirect("reports:report-outline", report.pk)
    picked = {int(one) for one in form.data.getlist("chosen") if one.isdecimal()} if form.is_bound else None
    context = {"report": report, "form": form, "plans": outline_of(report), "picked": picked}
    return render(request, "reports/report_outline.html", context)
