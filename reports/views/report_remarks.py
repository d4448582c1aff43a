"""The remarks of all units side by side: merged where they say the same."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.forms.remarks import JoinRemarksForm, PartRemarksForm
from reports.selectors.compiled import visible_reports
from reports.selectors.remarks import remarks_of
from reports.services.remarks import join_remarks, part_remarks
from units.permissions import Permission


def _own(request, pk):
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.COMPILE_REPORT, report.ward)
    return report


@require_http_methods(["GET", "HEAD", "POST"])
def report_remarks(request, pk):
    """Every kind of remark with all its units; ticked ones are joined under one wording."""
    report = _own(request, pk)
    remarks = remarks_of(report)
    form = JoinRemarksForm(request.POST if request.method == "POST" else None, remarks=remarks)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            join_remarks(
                report=report,
                leads=set(cleaned["picked"]),
                wording=cleaned["wording"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error("picked", problem)
        else:
            messages.success(request, "Đã gộp các ý kiến thành một dòng, giữ đủ tên đơn vị.")
            return redirect("reports:report-remarks", report.pk)
    picked = {str(pk) for pk in (form["picked"].value() or ())}
    groups = {}
    for remark in remarks:
        groups.setdefault(remark.label, []).append((remark, str(remark.pks[0]) in picked))
    return render(request, "reports/report_remarks.html", {"report": report, "form": form, "groups": groups})


@require_POST
def report_part(request, pk):
    """Take one line apart again."""
    report = _own(request, pk)
    form = PartRemarksForm(request.POST)
    if form.is_valid():
        try:
            part_remarks(report=report, lead=form.cleaned_data["lead"], by=request.user, now=timezone.now())
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
        else:
            messages.success(request, "Đã tách: mỗi lời đứng riêng một dòng.")
    return redirect("reports:report-remarks", report.pk)
