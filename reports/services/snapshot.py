"""The snapshot of figures behind a compiled report."""

from django.utils import timezone

from documents.dates import short
from reports.figures import add_up, by_directive, by_kind
from reports.selectors.compiling import unit_rows
from reports.selectors.conference_part import held_conferences
from reports.wording import joined


def take_figures(plans, *, counted_at):
    """The snapshot every printed number comes from: plain JSON, one entry per plan with totals and unit rows."""
    return {
        "counted_at": counted_at.isoformat(),
        "plans": [_plan_figures(plan, counted_at) for plan in plans],
    }


def _plan_figures(plan, counted_at):
    rows = unit_rows(plan, counted_at=counted_at)
    pinned = getattr(plan, "pinned_rubric", None)
    levels = [level.name for level in pinned.rubric.levels.all()] if pinned else []
    directives = [link.directive for link in plan.directive_links.select_related("directive")]
    return {
        "id": plan.pk,
        "name": joined(directive.short_form for directive in directives),
        "directives": [directive.pk for directive in directives],
        "ward_code": plan.ward.code,
        "keys": [f"{one.number_text} {one.dated_on.isoformat()}" for one in directives],
        "number_text": plan.paper.number_text if plan.paper_id else "",
        "dated_on": short(plan.paper.dated_on) if plan.paper_id else "",
        "counted_on": short(timezone.localdate(counted_at)),
        "rubric": _rubric_words(pinned.rubric) if pinned else "",
        "totals": add_up(rows, level_names=levels).as_json(),
        "kinds": [{"kind": kind, "totals": totals.as_json()} for kind, totals in by_kind(rows, level_names=levels)],
        "split": _split(rows, directives),
        "conferences": held_conferences(plan),
        "rows": [row_as_json(row) for row in rows],
    }


def _split(rows, directives):
    """What each directive of the plan has apart; nothing while they share their figures."""
    apart = by_directive(rows, [directive.pk for directive in directives])
    names = {directive.pk: directive.short_form for directive in directives}
    return [
        {"id": pk, "name": names[pk], "studied": studied, "present": present}
        for pk, (studied, present) in apart.items()
    ]


def row_as_json(row):
    """A UnitRow as plain JSON, tuples as lists."""
    fields = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return {**fields, "forms": list(row.forms)}


def _rubric_words(rubric):
    """The basis is named only when the ward entered the official sheet and compared it with the original."""
    if rubric.is_official and rubric.checked_at:
        return rubric.basis or rubric.name
    return "bộ tiêu chí mặc định của phần mềm" if rubric.ward_id is None else f"“{rubric.name}” do Đảng ủy lập"
