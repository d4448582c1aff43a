"""What changed in a compiled report: the last refresh of a draft, and what came after an issued one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reports.forms.compiled import VersionForm
from reports.selectors.compiled import visible_reports
from reports.selectors.report_changes import rewritten_sections
from reports.services.compiling import adopt_drafted, draft_supplement
from units.permissions import Permission


@require_safe
def report_changes(request, pk):
    """The last refresh: figures, units and the words of each section, the earlier beside the new."""
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.COMPILE_REPORT, report.ward)
    return render(request, "reports/report_changes.html", {"report": report, "rewritten": rewritten_sections(report)})


@require_POST
def report_adopt(request, pk, section):
    """Take the words that the rules write now for one section that was edited."""
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.COMPILE_REPORT, report.ward)
    section = get_object_or_404(report.sections.all(), pk=section)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        adopt_drafted(report=report, section=section, expected_version=version, by=request.user, now=timezone.now())
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, f"Mục “{section.title}” đã lấy lời mới theo số liệu.")
    return redirect("reports:report-changes", report.pk)


@require_POST
def report_supplement(request, pk):
    """Draft the báo cáo bổ sung to an issued report."""
    report = get_object_or_404(visible_reports(request.access), pk=pk)
    request.access.require(Permission.COMPILE_REPORT, report.ward)
    try:
        supplement = draft_supplement(report=report, by=request.user, now=timezone.now())
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect("reports:report-detail", report.pk)
    messages.success(request, "Đã soạn dự thảo báo cáo bổ sung: chỉ nêu những gì đến hoặc thay đổi sau khi ban hành.")
    return redirect("reports:report-edit", supplement.pk)
