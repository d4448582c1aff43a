"""The score sheet, to be read: which version, what it asks, which plans it binds."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.selectors.rubrics import rubric_label, visible_rubrics, with_lines
from units.permissions import Permission


def _require_reader(request):
    if not any(request.access.can(one) for one in (Permission.READ_WARD, Permission.REPORT_UNIT)):
        request.access.require(Permission.MANAGE_SETTINGS)


@require_safe
def rubric_list(request):
    """The sheets of the ward, and the one that ships with the program."""
    _require_reader(request)
    rubrics = [(rubric, rubric_label(rubric)) for rubric in visible_rubrics(request.access)]
    return render(request, "reports/rubric_list.html", {"rubrics": rubrics})


@require_safe
def rubric_detail(request, pk):
    """One version: groups, lines, points, levels with their conditions."""
    _require_reader(request)
    rubric = get_object_or_404(with_lines(visible_rubrics(request.access)), pk=pk)
    groups = [(group, sum(line.max_points for line in group.criteria.all())) for group in rubric.groups.all()]
    context = {"rubric": rubric, "label": rubric_label(rubric), "groups": groups, "whole": sum(points for _, points in groups)}
    return render(request, "reports/rubric_detail.html", context)
