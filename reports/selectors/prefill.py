"""What the program already knows of an outline and its forms: documents of the register, figures of the sessions."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from campaigns.choices import ColumnFill, HeadingFill, PlanState
from campaigns.models import Directive, Plan
from reports.models import StudySession
from reports.outline import FormPart
from units.folding import fold
from units.models import Unit

MOST_DOCUMENTS = 100


@dataclass(frozen=True)
class KnownDocument:
    """A paper that carries out the directives of a plan: from above, or issued by the ward."""

    number: str
    title: str
    day: dt.date
    issuer: str


def known_documents(plan: Plan) -> list[KnownDocument]:
    """Papers of the register that belong to the directives of `plan`: themselves, those they carry out or that carry them
    out, and the ward's issued plans for them; by day."""
    subjects = Q(plan_links__plan=plan) | Q(parent_links__parent__plan_links__plan=plan)
    related = Directive.objects.filter(subjects | Q(child_links__directive__plan_links__plan=plan)).distinct()
    found = [
        KnownDocument(one.number_text, f"{one.get_kind_display()} {one.subject}", one.dated_on, one.issuer)
        for one in related[:MOST_DOCUMENTS]
    ]
    plans = Plan.objects.filter(
        ward=plan.ward_id, directives__plan_links__plan=plan, paper__isnull=False, paper__withdrawn_at=None
    ).exclude(state=PlanState.WITHDRAWN)
    found.extend(
        KnownDocument(one.paper.number_text, f"Kế hoạch {one.paper.subject}", one.paper.dated_on, one.issuer)
        for one in plans.select_related("paper").distinct()[:MOST_DOCUMENTS]
    )
    return sorted(found, key=lambda one: (one.day, one.number))


def document_rows(part: FormPart, documents: list[KnownDocument]) -> list[dict]:
    """Rows of a list of documents, each in the group of its issuer; a paper of nobody in the groups is left to the unit."""
    rows = []
    for one in documents:
        group = group_of(part.groups, one.issuer)
        outside = (part.first and one.day < part.first) or (part.last and one.day > part.last)
        if group is None or outside:
            continue
        values = {
            ColumnFill.DOCUMENT_NUMBER: one.number,
            ColumnFill.DOCUMENT_TITLE: one.title,
            ColumnFill.DOCUMENT_DAY: f"{one.day:%d/%m/%Y}",
            ColumnFill.DOCUMENT_ISSUER: one.issuer,
        }
        rows.append({"g": group, "c": {column.key: values[column.fill] for column in part.asking if column.fill in values}})
    return sorted(rows, key=lambda row: row["g"])


def group_of(groups: tuple[str, ...], issuer: str) -> int | None:
    """The group that names the issuer: "Tỉnh ủy" holds "Ban Thường vụ Tỉnh ủy Lào Cai"; the longest name that fits."""
    if groups == ("",):
        return 0
    name = f" {fold(issuer)} "
    fitting = [row for row, group in enumerate(groups) if f" {fold(group)} " in name]
    return max(fitting, key=lambda row: len(groups[row]), default=None)


def known_figures(plan: Plan, unit: Unit) -> dict[str, int]:
    """Sessions the unit has reported for the directives of `plan`, and how many members came, over all of them."""
    sessions = StudySession.objects.filter(unit=unit, directives__plan_links__plan=plan).distinct()
    found = StudySession.objects.filter(pk__in=sessions.values("pk")).aggregate(count=Count("pk"), present=Sum("present"))
    figures = {ColumnFill.SESSIONS.value: found["count"]} if found["count"] else {}
    if found["present"] is not None and not unit.figures_withheld:
        figures[ColumnFill.PRESENT.value] = found["present"]
    return figures


def prefilled(plan: Plan, unit: Unit, parts) -> dict:
    """The content of a fresh sheet: nothing in it is a claim until the unit has looked at it and sent it."""
    documents = known_documents(plan) if any(isinstance(one, FormPart) and one.lists_documents for one in parts) else []
    figures = known_figures(plan, unit)
    content: dict = {"headings": {}, "forms": {}, "typed": []}
    for part in parts:
        if not isinstance(part, FormPart):
            for heading in part.asking:
                if heading.fill == HeadingFill.STUDY and figures:
                    content["headings"][str(heading.pk)] = figures_sentence(figures)
        elif part.lists_documents:
            content["forms"][str(part.pk)] = document_rows(part, documents)
        elif cells := {one.key: str(figures[one.fill]) for one in part.asking if one.fill in figures}:
            content["forms"][str(part.pk)] = [{"g": 0, "c": cells}]
    return content


def figures_sentence(figures: dict[str, int]) -> str:
    """ "Đơn vị đã tổ chức 2 buổi học, 48 lượt đảng viên dự." """
    came = f", {figures['present']} lượt đảng viên dự" if "present" in figures else ""
    return f"Đơn vị đã tổ chức {figures['sessions']} buổi học{came}."
