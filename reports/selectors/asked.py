"""What plans ask of their units after the session."""

from django.db.models import QuerySet

from campaigns.models import Duty, Plan
from campaigns.selectors.plans import visible_plans
from reports.asked import usual_groups
from reports.choices import ResultGroup
from reports.models import AskedResults, Submission
from units.ready_queries import ReadyQuery
from units.selectors.access import Access


def asked_of(plan: Plan) -> frozenset[str]:
    """Groups (ResultGroup) that `plan` asks: the office's choice, else the usual one."""
    return asked_per_plan([plan])[plan.pk]


def asked_per_plan(plans) -> dict[int, frozenset[str]]:
    """{plan: groups it asks}, in two queries."""
    plans = list(plans)
    chosen = {pk: frozenset(groups) for pk, groups in _chosen(plans=[plan.pk for plan in plans])}
    words = {plan.pk: [] for plan in plans if plan.pk not in chosen}
    for plan_id, text in _clauses(plans=words):
        words[plan_id].append(text)
    usual = {plan.pk: _usual(plan, words[plan.pk]) for plan in plans if plan.pk in words}
    return chosen | usual


@ReadyQuery
def _chosen(plans):
    return AskedResults.objects.filter(plan__in=plans).order_by().values_list("plan_id", "groups")


@ReadyQuery
def _clauses(plans):
    return Duty.objects.printed().filter(plan__in=plans).order_by("pk").values_list("plan_id", "text")


def asked_by(plans) -> list[ResultGroup]:
    """Groups that any of `plans` asks, in the order of the form."""
    return in_order(asked_per_plan(plans).values())


def in_order(groups) -> list[ResultGroup]:
    """Sets of groups together, in the order of the form."""
    wanted = frozenset().union(*groups)
    return [group for group in ResultGroup if group in wanted]


def usual_of(plan: Plan) -> frozenset[str]:
    """What the kind and the duties of `plan` suggest."""
    return _usual(plan, plan.duties.printed().order_by("pk").values_list("text", flat=True))


def _usual(plan: Plan, words) -> frozenset[str]:
    return usual_groups(kind=plan.kind, essay_required=plan.essay_required, words=" ".join(words))


def has_results(plan: Plan) -> bool:
    """Some unit has reported already, so what is asked stands."""
    return Submission.objects.filter(plan=plan, submitted_at__isnull=False).exists()


def plans_to_ask(access: Access) -> QuerySet[Plan]:
    """Plans of the ward whose questions the person may see."""
    return visible_plans(access).select_related("ward", "paper")
