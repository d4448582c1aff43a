"""The parts of one plan as its page reads them: many small questions, each with its SQL made once a process."""

from collections import defaultdict
from operator import attrgetter

from django.db.models import Count

from campaigns.choices import ConferenceLevel
from campaigns.models import (
    Conference,
    DirectiveChange,
    Duty,
    Plan,
    PlanComment,
    PlanConference,
    PlanDirective,
    PlanRecipient,
    PlanRemark,
)
from campaigns.selectors.changes import changes_of
from campaigns.selectors.directive_changes import changes_touching
from campaigns.selectors.plans import visible_plans
from documents.models import IssuedPaper
from documents.selectors.papers import visible_papers
from units.models import User
from units.permissions import Permission
from units.ready_queries import ReadyQuery

_SIGNERS_OF_STEPS = ("created_by", "submitted_by", "approved_by", "issued_by", "closed_by")


def plan_to_show(access, pk: int) -> Plan | None:
    """The plan with its ward, paper and signer, when this person may see it (what `visible_plans` says): an office is
    known by the plan's ward alone, for units and bodies the letters and obligations are asked."""
    found = _plan(pk=pk)
    if found and access.can(Permission.READ_WARD, found[0].ward):
        return found[0]
    return visible_plans(access).filter(pk=pk).select_related("ward", "paper", "signer").first()


@ReadyQuery
def _plan(pk):
    return Plan.objects.filter(pk=pk).select_related("ward", "paper", "signer")


def clauses_of(plan: Plan) -> tuple[list[Duty], list[Duty]]:
    """(clauses of the paper, what arose after its issue), each with `helper_names`, the short names of those who help."""
    names = defaultdict(list)
    for duty_id, name in _helpers(plan=plan.pk):
        names[duty_id].append(name)
    duties = _duties(plan=plan.pk)
    for duty in duties:
        duty.helper_names = names[duty.pk]
    arisen = [duty for duty in duties if duty.origin_id]
    undated = [duty for duty in arisen if duty.turn_on is None]
    dated = sorted((duty for duty in arisen if duty.turn_on), key=attrgetter("turn_on", "pk"))
    return [duty for duty in duties if not duty.origin_id], dated + sorted(undated, key=attrgetter("pk"))


@ReadyQuery
def _duties(plan):
    shown = (
        "plan_id",
        "origin_id",
        "turn_on",
        "lead_text",
        "text",
        "product",
        "deadline_phrase",
        "last_day",
        "tentative",
    )
    return Duty.objects.filter(plan=plan).only(*shown).order_by("position", "pk")


@ReadyQuery
def _helpers(plan):
    rows = Duty.helpers.through.objects.filter(duty__plan=plan).order_by("unit__sort_key", "unit_id")
    return rows.values_list("duty_id", "unit__short_name")


def links_of(plan: Plan) -> list[PlanDirective]:
    """The plan's directives in protocol order."""
    return _links(plan=plan.pk)


@ReadyQuery
def _links(plan):
    return PlanDirective.objects.filter(plan=plan).select_related("directive").order_by("position", "pk")


def recipients_of(plan: Plan) -> list[PlanRecipient]:
    """Nơi nhận in the order of the paper."""
    return _recipients(plan=plan.pk)


@ReadyQuery
def _recipients(plan):
    return PlanRecipient.objects.filter(plan=plan).order_by("position", "pk")


def remarks_on(plan: Plan) -> list[PlanRemark]:
    """What was said when the plan was moved, the latest first."""
    return _remarks(plan=plan.pk)


@ReadyQuery
def _remarks(plan):
    return PlanRemark.objects.filter(plan=plan).select_related("made_by").order_by("-made_at")


def open_comments(plan: Plan) -> int:
    """How many remarks wait for an answer."""
    return sum(number for _, number in _comments(plan=plan.pk))


@ReadyQuery
def _comments(plan):
    waiting = PlanComment.objects.filter(plan=plan, resolved_at__isnull=True)
    return waiting.order_by().values_list("plan_id").annotate(number=Count("pk"))


@ReadyQuery
def _changes(plan):
    return changes_of(plan)


def changes_in(plan: Plan) -> list:
    """What papers changed in the plan after its issue, oldest first."""
    return _changes(plan=plan.pk)


@ReadyQuery
def _directive_changes(plan):
    return changes_touching(plan)


def directive_changes_of(plan: Plan) -> list[DirectiveChange]:
    """What became of the plan's directives."""
    return _directive_changes(plan=plan.pk)


def conferences_on(plan: Plan) -> list[Conference]:
    """The conferences of the plan that stand, the next one first."""
    return _conferences(plan=plan.pk)


@ReadyQuery
def _conferences(plan):
    rows = Conference.objects.standing().filter(plans=plan).select_related("venue")
    return rows.order_by("month_on", "held_on", "pk")


def speaks_of_conference(plan: Plan) -> bool:
    """Whether the plan's text speaks of a conference of the ward."""
    return bool(_ward_conferences(plan=plan.pk))


@ReadyQuery
def _ward_conferences(plan):
    return PlanConference.objects.filter(plan=plan, level=ConferenceLevel.WARD).values_list("pk")


def corrections_of(plan: Plan, access) -> list[IssuedPaper]:
    """The papers that correct the plan's, as far as this person may see them."""
    if plan.paper_id is None:
        return []
    if access.can(Permission.READ_WARD, plan.ward):
        return _corrections(paper=plan.paper_id, ward=plan.ward_id)
    return list(visible_papers(access).filter(corrects=plan.paper_id))


@ReadyQuery
def _corrections(paper, ward):
    return IssuedPaper.objects.filter(corrects=paper, ward=ward).defer("content")


def names_of_steps(plan: Plan) -> dict[int, str]:
    """{person: name} of everybody who moved the plan on its way, or took its paper back."""
    known = {getattr(plan, f"{field}_id") for field in _SIGNERS_OF_STEPS}
    if plan.paper_id:
        known.add(plan.paper.withdrawn_by_id)
    return dict(_names(people=sorted(known - {None})))


@ReadyQuery
def _names(people):
    return User.objects.filter(pk__in=people).order_by().values_list("pk", "full_name")
