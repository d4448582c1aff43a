"""What a unit still has to report, and the sessions it recorded."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from campaigns.choices import AssignmentState, PlanState, Product
from campaigns.models import Assignment, Directive, Plan
from reports.choices import SubmissionState
from reports.models import Filing, StudySession, Submission
from reports.selectors.locks import locked_since
from reports.selectors.outline import plans_asking, studying
from reports.wording import joined
from units.models import Unit
from units.paths import within
from units.ready_queries import ReadyQuery
from units.selectors.access import Access


def reporting_units(access: Access, permission: str) -> list[Unit]:
    """Units for which the person may report and that were asked by some running plan."""
    where = access.ends(permission)
    wanted = {unit for unit, in [*_asked(**where), *_begun(**where)]}
    return [unit for unit in _within(**where) if unit.pk in wanted]


@ReadyQuery
def _within(froms, untils):
    return Unit.objects.filter(within(froms, untils)).order_by("sort_key", "pk")


# Asked apart from the units: as a part of one question each would be answered for every unit of the country first.
@ReadyQuery
def _asked(froms, untils):
    asked = Assignment.objects.filter(within(froms, untils, prefix="unit__"), product__in=Product.BY_UNITS)
    return asked.filter(plan__state=PlanState.ISSUED).order_by().values_list("unit_id").distinct()


@ReadyQuery
def _begun(froms, untils):
    """Forms that may be finished after their plan has ended."""
    begun = Filing.objects.filter(within(froms, untils, prefix="unit__"), by_office=False, sent_at=None)
    return begun.order_by().values_list("unit_id").distinct()


@dataclass(frozen=True)
class OutlineDue:
    """The outline and forms that one plan asks of the unit; `alone`: they are its whole report, no session is owed."""

    plan: Plan
    alone: bool
    due_on: dt.date | None
    begun: bool


@dataclass
class Due:
    """Everything one unit still has to report, over all running plans: one card, one form.

    `due_on` is the first last day of all that is open; `report_due_on` that of the reports alone, for a session may be
    overdue while its report is not.
    """

    unit: Unit
    plans: list[Plan] = field(default_factory=list)
    returned: list[Submission] = field(default_factory=list)
    due_on: dt.date | None = None
    report_due_on: dt.date | None = None
    draft: Filing | None = None
    sent: list[Submission] = field(default_factory=list)
    locked: list[Plan] = field(default_factory=list)  # owed, but the figures are out: nothing more is received
    finishing: list[Plan] = field(default_factory=list)  # among `plans`: locked since the draft was begun
    family: object = None  # of a đảng bộ cơ sở: its cells (selectors/branches.py: put_families)
    outlines: list[OutlineDue] = field(default_factory=list)

    @property
    def directives(self):
        """Directives to study, each once, in protocol order of the plans."""
        return list({one.pk: one for plan in self.plans for one in _protocol(plan)}.values())

    @property
    def words(self):
        """ "05-CT/TU, 91-NQ/TU và 92-NQ/TU" """
        return joined(one.number_text for one in self.directives)


def _protocol(plan):
    return [link.directive for link in plan.directive_links.all()]


def due_of(units: list[Unit]) -> list[Due]:
    """A Due per unit, in a constant number of queries."""
    cards = {unit.pk: Due(unit) for unit in units}
    duties = Assignment.objects.filter(
        unit__in=cards, plan__state=PlanState.ISSUED, product__in=Product.BY_UNITS, state__in=AssignmentState.OPEN
    ).select_related("plan", "plan__paper").prefetch_related("plan__directive_links__directive").order_by("due_on", "plan_id", "product")
    submissions = list(
        Submission.objects.filter(unit__in=cards).select_related("plan", "plan__paper").order_by("-submitted_at", "-pk")
    )
    sent = {(one.unit_id, one.plan_id) for one in submissions if one.state != SubmissionState.DRAFT}
    duties = list(duties)
    asking = plans_asking({duty.plan_id for duty in duties}) if duties else set()
    with_session = studying(asking, cards) if asking else set()
    begun = {(one.unit_id, one.plan_id) for one in submissions if one.state == SubmissionState.DRAFT}
    for duty in duties:
        card = cards[duty.unit_id]
        pair = (duty.unit_id, duty.plan_id)
        if duty.plan_id in asking and pair not in sent and duty.product == Product.REPORT:
            card.outlines.append(OutlineDue(duty.plan, pair not in with_session, duty.due_on, pair in begun))
        if duty.plan_id in asking and pair not in with_session:
            continue  # nothing of a session is asked
        if (duty.unit_id, duty.plan_id) not in sent and duty.plan not in card.plans:
            card.plans.append(duty.plan)
        # in order of the last day: the first seen is the first due
        card.due_on = card.due_on or duty.due_on
        if duty.product == Product.REPORT:
            card.report_due_on = card.report_due_on or duty.due_on
    for one in submissions:
        card = cards[one.unit_id]
        if one.state == SubmissionState.RETURNED:
            card.returned.append(one)
        elif one.state != SubmissionState.DRAFT:
            card.sent.append(one)
    for filing in Filing.objects.filter(unit__in=cards, by_office=False, sent_at=None):
        cards[filing.unit_id].draft = filing
    _apply_locks(cards.values(), sent)
    return list(cards.values())


def _apply_locks(cards, sent):
    """Take out of each card what is locked, and keep or put back what its draft was begun for before the lock."""
    begun = _begun_for([card.draft for card in cards if card.draft])
    plans = {plan.pk: plan for card in cards for plan in card.plans}
    ended = {pk for pks in begun.values() for pk in pks} - set(plans)  # no longer asked for: closed since
    if ended:
        more = Plan.objects.filter(pk__in=ended).select_related("paper").prefetch_related("directive_links__directive")
        plans |= {plan.pk: plan for plan in more}
    since = locked_since(plans.values())
    for card in cards:
        mine = begun[card.draft.pk] if card.draft else set()
        open_ = [pk for pk in sorted(mine & set(since)) if card.draft.started_at < since[pk] and (card.unit.pk, pk) not in sent]
        card.finishing = [plans[pk] for pk in open_]
        card.locked = [plan for plan in card.plans if plan.pk in since and plan.pk not in open_]
        kept = [plan for plan in card.plans if plan.pk not in since]
        card.plans = kept + card.finishing


def _begun_for(drafts):
    """{draft: ids of the plans it was begun for}"""
    begun = defaultdict(set)
    if drafts:
        for filing_id, plan_id in Filing.plans.through.objects.filter(filing__in=drafts).values_list("filing_id", "plan_id"):
            begun[filing_id].add(plan_id)
    return begun


def plans_to_report(unit: Unit) -> list[Plan]:
    """Running plans for which `unit` has not reported, the most urgent first."""
    return due_of([unit])[0].plans


def directives_of(plans) -> QuerySet[Directive]:
    """Directives of `plans`, each once."""
    return Directive.objects.filter(plan_links__plan__in=plans).distinct().order_by("dated_on", "pk")


def unlinked_sessions(unit: Unit, directives) -> QuerySet[StudySession]:
    """Sessions recorded before and not yet reported with any submission, about any of `directives`."""
    wanted = Q(directives__in=directives)
    return StudySession.objects.filter(wanted, unit=unit, submissions=None).distinct().order_by("held_on", "pk")
