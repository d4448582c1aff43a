"""Reading score sheets."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from reports.models import Criterion, Rubric
from units.models import Unit
from units.selectors.access import Access

DEFAULT_LABEL = "Bộ tiêu chí mặc định của phần mềm"


def visible_rubrics(access: Access) -> QuerySet[Rubric]:
    """Sheets of the person's ward and the one that ships with the program."""
    own = Q(ward=access.ward) if access.ward else Q(pk__in=[])
    return Rubric.objects.filter(Q(ward=None) | own)


def with_lines(rubrics: QuerySet[Rubric]) -> QuerySet[Rubric]:
    """The sheets with groups, lines and levels at hand."""
    lines = Prefetch("groups__criteria", Criterion.objects.order_by("position"))
    return rubrics.prefetch_related("groups", lines, "levels")


def rubric_in_force(*, ward: Unit, on: dt.date) -> Rubric | None:
    """The newest sheet of the ward that has begun on `on`, else the program's own, else None."""
    begun = Rubric.objects.filter(effective_from__lte=on)
    own = begun.filter(ward=ward).order_by("-effective_from", "-version").first()
    return own or begun.filter(ward=None).order_by("-effective_from", "-version").first()


def rubric_label(rubric: Rubric) -> str:
    """How pages and prints name the sheet. The regulation is named only when the office entered and checked it."""
    if rubric.is_official and rubric.checked_at:
        return f"theo {rubric.basis}" if rubric.basis else rubric.name
    return DEFAULT_LABEL if rubric.ward_id is None else f"{rubric.name} (chưa đối chiếu bản chính)"
