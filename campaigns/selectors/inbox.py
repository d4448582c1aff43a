"""Papers addressed to a unit or body, as its own people find them: what is new, what came with it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from campaigns.models import Directive, DirectiveFile, Plan
from campaigns.selectors.directives import visible_directive_files
from documents.choices import PaperKind
from documents.models import Dispatch
from documents.selectors.dispatches import visible_lines
from units.choices import UnitKind
from units.models import Unit
from units.permissions import Permission


@dataclass(frozen=True)
class Enclosure:
    """A paper from above sent with a plan: its files, or none where its scope forbids a link (decisions 9)."""

    directive: Directive
    files: tuple[DirectiveFile, ...]


def inbox_lines(access) -> QuerySet[Dispatch]:
    """What was sent to the person's own units and bodies, newest first; an addressee named twice has it once."""
    lines = visible_lines(access)
    again = lines.values_list("paper_id", "unit_id", "pk").order_by("paper_id", "unit_id", "pk")
    first: dict[tuple[int, int], int] = {}
    for paper, unit, pk in again:
        first.setdefault((paper, unit), pk)
    return (
        lines.filter(pk__in=first.values())
        .select_related("unit", "paper__plan")
        .order_by("-paper__dated_on", "-paper_id", "pk")
    )


def unread_count(access) -> int:
    """How many papers nobody of the unit has opened; neither those taken back nor those of a plan entered after the fact."""
    unread = visible_lines(access).filter(first_opened_at__isnull=True, paper__withdrawn_at__isnull=True)
    waiting = unread.exclude(paper__plan__recorded_past=True)
    return len(set(waiting.order_by().values_list("paper_id", "unit_id")))


def enclosures_of(plan: Plan | None, access) -> list[Enclosure]:
    """The papers from above of a plan in protocol order, each with the files this person may have."""
    if plan is None:
        return []
    files: dict[int, list[DirectiveFile]] = {}
    for one in (
        visible_directive_files(access).filter(directive__plan_links__plan=plan).select_related("file").order_by("pk")
    ):
        files.setdefault(one.directive_id, []).append(one)
    links = plan.directive_links.select_related("directive").order_by("position", "pk")
    return [Enclosure(link.directive, tuple(files.get(link.directive_id, ()))) for link in links]


def may_state(line: Dispatch, access) -> bool:
    """Whether this person may say for the unit that it made the paper known: its secretary, or the contact of a body."""
    if line.paper.withdrawn_at or line.paper.kind not in PaperKind.MADE_KNOWN:
        return False
    if line.unit.kind == UnitKind.BODY:
        return access.can(Permission.DO_DUTY, line.unit)
    return access.can(Permission.CONFIRM_UNIT, line.unit)


def word_for(unit: Unit) -> str:
    """What a unit calls itself in a sentence: "Chi bộ", "Đảng bộ" or "Cơ quan"."""
    if unit.kind == UnitKind.BODY:
        return "Cơ quan"
    return next((word for word in ("Đảng bộ", "Chi bộ") if unit.name.startswith(word)), "Đơn vị")
