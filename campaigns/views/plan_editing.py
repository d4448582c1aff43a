"""What the pages of the editor share: the plan, what its rows know, the findings placed in its fields."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from campaigns.finding_places import PlacedFinding, place_findings
from campaigns.forms.plan_editor import EditorContext, PlanEditor
from campaigns.forms.unit_names import UnitNames
from campaigns.models import Directive, Plan
from campaigns.plan_content import PlanContent
from campaigns.selectors.directives import visible_directives
from campaigns.selectors.findings import dismissed_of, key_of
from campaigns.selectors.plan_checks import checked_plan
from campaigns.selectors.plans import plan_content, visible_plans
from campaigns.services.plan_versions import completed
from documents.checks.severity import Severity
from documents.content import Paper
from units.models import WardSettings
from units.permissions import Permission
from units.workdays import WorkCalendar

OFFERED = 60
MOST_FIGURES = 10


@dataclass(frozen=True)
class Reviewed:
    """What stands beside the writing: the paper, the findings in order, or why there is neither."""

    paper: Paper | None
    findings: list[PlacedFinding]
    trouble: str = ""
    let_stand: int = 0

    @property
    def errors(self) -> int:
        """How many findings are of the level that stops a plan."""
        return sum(one.finding.severity == Severity.ERROR for one in self.findings)


def drafted_plan(request, pk) -> Plan:
    """The plan, if this person may write drafts of its ward; 404 and 403 else."""
    plan = get_object_or_404(visible_plans(request.access).select_related("ward", "signer", "edited_by"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER, plan.ward)
    return plan


def editor_context(request, plan: Plan) -> EditorContext:
    """Everything the rows of the editor may need, loaded once."""
    today = timezone.localdate()
    signers = plan.ward.signers.filter(Q(active_to__isnull=True) | Q(active_to__gte=today) | Q(pk=plan.signer_id))
    own = plan.directive_links.values_list("directive_id", flat=True)
    recent = visible_directives(request.access).order_by("-registered_at", "-pk").values_list("pk", flat=True)[:OFFERED]
    directives = Directive.objects.filter(pk__in=[*own, *recent]).order_by("-dated_on", "-pk")
    return EditorContext(
        names=UnitNames.of_ward(plan.ward, on=today),
        signers=tuple((signer.pk, str(signer)) for signer in signers),
        directives={directive.pk: f"{directive.short_form} {directive.subject}"[:160] for directive in directives},
        calendar=WorkCalendar.load(),
        today=today,
        reading=WardSettings.objects.get(ward=plan.ward).deadline_reading,
    )


def reviewed(plan: Plan, editor: PlanEditor, content: PlanContent) -> Reviewed:
    """The paper and the findings of what stands in the editor; `content` is the editor's."""
    try:
        # The annexes are edited on pages of their own: what is typed here says nothing of them.
        whole = completed(content, plan_content(plan)) if content.annexes is None else content
        checked = checked_plan(plan, content=whole, today=editor.context.today)
    except ValidationError as refused:
        return Reviewed(None, [], " ".join(refused.messages))
    dismissed = dismissed_of(plan)
    left = [one for one in checked.findings if key_of(one) not in dismissed]
    left.sort(key=lambda one: one.severity != Severity.ERROR)  # what must be mended first, else as in the paper
    placed = place_findings(left, checked.source, editor.texts())
    return Reviewed(checked.paper, placed, let_stand=len(checked.findings) - len(left))


def typed_version(request) -> int:
    """The save that the page was opened with; 0 when it does not say."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < MOST_FIGURES else 0
