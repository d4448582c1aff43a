"""The outline and forms of a plan as parts to fill in, and which units have them to fill in by themselves."""

from campaigns.annex_paper import outline_markers
from campaigns.choices import ColumnFill, Product
from campaigns.models import Assignment, FormTable, OutlineHeading, Plan
from reports.outline import ColumnPart, FormPart, HeadingPart, SectionPart

Part = SectionPart | FormPart


def parts_of(plan: Plan) -> list[Part]:
    """The parts in printed order: the sections of each annex, then its biểu, numbered through the plan."""
    parts: list[Part] = []
    number = 0
    annexes = plan.annexes.prefetch_related("headings", "forms__columns").order_by("position", "pk")
    for count, annex in enumerate(annexes, 1):
        parts.extend(_sections(count, list(annex.headings.all())))
        for form in annex.forms.all():
            number += 1
            parts.append(_form(form, number))
    return [part for part in parts if part.asking]


def plans_asking(plan_ids) -> set[int]:
    """Those of the plans that ask for an outline or a biểu: two queries."""
    headings = OutlineHeading.objects.filter(annex__plan__in=plan_ids).values_list("annex__plan", flat=True)
    forms = FormTable.objects.filter(annex__plan__in=plan_ids, columns__isnull=False).values_list("annex__plan", flat=True)
    return {*headings.order_by().distinct(), *forms.order_by().distinct()}


def studying(pairs_of_plans, unit_ids) -> set[tuple[int, int]]:
    """(unit, plan) that also owe a study session: their outline goes with the report of the session."""
    owed = Assignment.objects.filter(plan__in=pairs_of_plans, unit__in=unit_ids, product=Product.STUDY)
    return set(owed.order_by().values_list("unit_id", "plan_id"))


def reports_alone(plan: Plan, unit) -> bool:
    """Whether the outline and forms are the whole report of `unit`: the plan asks it for them and for no session."""
    return plan.pk in plans_asking([plan.pk]) and not studying([plan.pk], [unit.pk])


def _sections(annex: int, headings) -> list[SectionPart]:
    markers = [marker.rstrip(".") for marker in outline_markers(tuple(headings))]
    sections: list[list[HeadingPart]] = []
    great = "0"
    for row, (heading, marker) in enumerate(zip(headings, markers, strict=True)):
        deeper = row + 1 < len(headings) and headings[row + 1].level > heading.level
        if heading.level == 1 or not sections:
            sections.append([])
            great = marker
        path = marker if heading.level == 1 or not sections[-1] else f"{great}.{marker}"
        asks = not deeper or bool(heading.guidance.strip())
        sections[-1].append(
            HeadingPart(
                heading.pk, f"muc-{annex}-{path}", path, heading.title, heading.level, heading.guidance, heading.fill, asks
            )
        )
    return [SectionPart(one[0].place.replace(".", "-"), f"{one[0].number}. {one[0].title}", tuple(one)) for one in sections]


def _form(form, number) -> FormPart:
    columns = tuple(
        ColumnPart(
            pk=one.pk,
            title=one.title,
            group=one.group,
            kind=one.kind,
            options=tuple(filter(None, map(str.strip, one.options.splitlines()))),
            fill=ColumnFill(one.fill).value,
            width=one.width,
        )
        for one in form.columns.all()
    )
    groups = tuple(filter(None, map(str.strip, form.groups.splitlines()))) or ("",)
    return FormPart(
        slug=f"bieu-{number}",
        pk=form.pk,
        number=number,
        title=form.title,
        groups=groups,
        columns=columns,
        repeating=form.repeating,
        blank_rows=form.blank_rows,
        wide=form.landscape or len(columns) + 1 > WIDE,
        first=form.period_from,
        last=form.period_to,
    )


WIDE = 6  # columns with that of the source; more do not fit upright with readable words
