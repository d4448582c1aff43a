"""What plans ask of their units after the session."""

from django.db.models import QuerySet

from campaigns.models import Plan
from campaigns.selectors.plans import visible_plans
from reports.asked import usual_groups
from reports.choices import ResultGroup
from reports.models import AskedResults, Submission
from units.selectors.access import Access


def asked_of(plan: Plan) -> frozenset[str]:
    """Groups (ResultGroup) that `plan` asks: the office's choice, else the usual one."""
    chosen = AskedResults.objects.filter(plan=plan).values_list("groups", flat=True).first()
    return usual_of(plan) if chosen is None else frozenset(chosen)


def asked_by(plans) -> list[ResultGroup]:
    """Groups that any of `plans` asks, in the order of the form."""
    wanted = frozenset().union(*(asked_of(plan) for plan in plans))
    return [group for group in ResultGroup if group in wanted]


def usual_of(plan: Plan) -> frozenset[str]:
    """What the kind and the duties of `plan` suggest."""
    words = " ".join(plan.duties.printed().order_by("pk").values_list("text", flat=True))
    return usual_groups(kind=plan.kind, essay_required=plan.essay_required, words=words)


def has_results(plan: Plan) -> bool:
    """Some unit has reported already, so what is asked stands."""
    return Submission.objects.filter(plan=plan, submitted_at__isnull=False).exists()


def plans_to_ask(access: Access) -> QuerySet[Plan]:
    """Plans of the ward whose questions the person may see."""
    return visible_plans(access).select_related("ward", "paper")
