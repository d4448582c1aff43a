"""What became of directives, and which plans the office still has to see to."""

from django.db.models import Q, QuerySet

from campaigns.choices import PlanState
from campaigns.models import Directive, DirectiveChange, DirectiveTask, Plan, PlanDirective
from campaigns.selectors.directives import chain_below
from units.permissions import Permission

HANDLERS = (Permission.DRAFT_PAPER, Permission.ISSUE_PAPER, Permission.MOVE_DEADLINES)
ENDED = (PlanState.CLOSED, PlanState.WITHDRAWN)


def visible_tasks(access) -> QuerySet[DirectiveTask]:
    """The office sees the tasks of its ward's plans."""
    return DirectiveTask.objects.filter(access.reach(Permission.READ_WARD, prefix="plan__ward__"))


def open_tasks(access) -> QuerySet[DirectiveTask]:
    """What those who may handle them have still to see to, oldest first."""
    reach = Q(pk__in=[])
    for permission in HANDLERS:
        reach |= access.reach(permission, prefix="plan__ward__")
    rows = DirectiveTask.objects.filter(reach, handled_at__isnull=True)
    return rows.select_related("change__directive", "plan__paper").order_by("pk")


def may_handle(task: DirectiveTask, access) -> bool:
    """Whether this person may say that the task is done."""
    return any(access.can(permission, task.plan.ward) for permission in HANDLERS)


def changes_to(directive: Directive) -> QuerySet[DirectiveChange]:
    """What became of one directive, oldest first."""
    return directive.changes.select_related("successor", "recorded_by").order_by("pk")


def changes_touching(plan: Plan) -> QuerySet[DirectiveChange]:
    """What became of the directives of a plan, and of a paper above them that gave the plan a task.

    The first also of a plan drafted after the change, which has no task.
    """
    own = Q(directive__in=PlanDirective.objects.filter(plan=plan).values("directive"))
    above = Q(pk__in=DirectiveTask.objects.filter(plan=plan).values("change"))
    rows = DirectiveChange.objects.filter(own | above)
    return rows.select_related("directive", "successor").order_by("pk")


def plans_touched(directive: Directive) -> QuerySet[Plan]:
    """Plans of every ward that are not over and carry out the directive, or a paper that carries it out in its turn."""
    touched = [directive, *(one for _depth, one in chain_below(directive))]
    links = PlanDirective.objects.filter(directive__in=touched).values("plan")
    return Plan.objects.filter(pk__in=links).exclude(state__in=ENDED).order_by("pk")


def touched_through(task: DirectiveTask) -> list[Directive]:
    """The plan's own directives that stand under the changed one; none when the plan carries the changed one out itself."""
    own = task.plan.directives.all()
    if own.filter(pk=task.change.directive_id).exists():
        return []
    below = [one.pk for _depth, one in chain_below(task.change.directive)]
    return list(own.filter(pk__in=below).order_by("dated_on", "pk"))


def basis_waiting(plan: Plan) -> dict:
    """The paper from above that the office still has to see to for this plan, as a change of the plan names its basis."""
    task = plan.directive_tasks.filter(handled_at__isnull=True).select_related("change").order_by("pk").first()
    names = ("basis_kind", "basis_number", "basis_dated_on", "basis_issuer")
    return {name: getattr(task.change, name) for name in names} if task else {}
