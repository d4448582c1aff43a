"""The score sheet, to be read: which version, what it asks, which plans it binds."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.selectors.rubrics import gate_words, line_words, own_rubrics, rubric_label, visible_rubrics, with_lines
from units.permissions import Permission


def require_reader(request):
    """Whoever reads the ward, reports for a unit or keeps the settings."""
    if not any(request.access.can(one) for one in (Permission.READ_WARD, Permission.REPORT_UNIT)):
        request.access.require(Permission.MANAGE_SETTINGS)


@require_safe
def rubric_list(request):
    """The sheets of the ward, and the one that ships with the program."""
    require_reader(request)
    rubrics = [(rubric, rubric_label(rubric)) for rubric in visible_rubrics(request.access)]
    return render(request, "reports/rubric_list.html", {"rubrics": rubrics})


@require_safe
def rubric_detail(request, pk):
    """One version: groups, lines, points, levels with their conditions; for who keeps the settings, what may be done."""
    require_reader(request)
    rubric = get_object_or_404(with_lines(visible_rubrics(request.access)), pk=pk)
    own = own_rubrics(request.access).filter(pk=rubric.pk).exists()
    pins = rubric.pins.count()
    context = sheet_context(rubric) | {
        "may_copy": request.access.can(Permission.MANAGE_SETTINGS),
        "may_edit": own and rubric.is_draft,
        "may_check": own and not rubric.checked_at,
        "may_withdraw": own and not rubric.is_draft and not pins,
        "pins": pins,
    }
    return render(request, "reports/rubric_detail.html", context)


def sheet_context(rubric):
    """The sheet as its pages show it."""
    groups = []
    for group in rubric.groups.all():
        lines = list(group.criteria.all())
        for line in lines:
            line.words = line_words(line)
        groups.append((group, lines, sum(line.max_points for line in lines)))
    levels = [(level, [gate_words(gate) for gate in level.gates]) for level in rubric.levels.all()]
    whole = sum(points for _, _, points in groups)
    return {"rubric": rubric, "label": rubric_label(rubric), "groups": groups, "levels": levels, "whole": whole}
