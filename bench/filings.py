"""Reports filled in and ready to be sent, made by bulk insert with the words a secretary would have typed."""

import secrets

from django.utils import timezone

from campaigns.choices import Product
from campaigns.models import Assignment
from campaigns.services.counters import recount
from documents.dates import short
from reports.forms.filing import FilingForms
from reports.models import Filing, PinnedRubric
from reports.places import COUNTS, RESULTS, SCORES, SESSION
from reports.services.rubrics import load_default_rubric
from units.choices import Role
from units.models import Membership

_COUNTS = {
    "members": "30",
    "exempt": "4",
    "away": "0",
    "received": "0",
    "present": "24",
    "excused": "2",
    "unexcused": "0",
    "speakers": "8",
}
_RESULTS = {"concrete_work": "Mỗi tổ một mô hình, trước 30/6.", "oral_sessions": "2", "oral_listeners": "80"}


def ready_filings(*plans):
    """One open Filing per unit that still owes a report for one of `plans` (one plan a unit), every step but the last typed.

    The plans are scored by the program's own sheet. Units need a secretary; the filing is his.
    """
    rubric = load_default_rubric()
    PinnedRubric.objects.bulk_create([PinnedRubric(plan=plan, rubric=rubric) for plan in plans], ignore_conflicts=True)
    _reopen(plans)
    units = Assignment.objects.filter(plan__in=plans, product=Product.REPORT).order_by("unit_id")
    owed = list(units.values_list("unit_id", "plan_id"))
    secretaries = dict(
        Membership.objects.filter(role=Role.SECRETARY, unit__in=[unit for unit, _ in owed]).values_list(
            "unit_id", "user_id"
        )
    )
    directives = {plan.pk: [str(pk) for pk in plan.directives.values_list("pk", flat=True)] for plan in plans}
    now = timezone.now()
    filings = Filing.objects.bulk_create(
        [
            Filing(
                unit_id=unit,
                token=secrets.token_hex(16),
                content=_content(directives[plan], now),
                started_at=now,
                edited_at=now,
                edited_by_id=secretaries[unit],
            )
            for unit, plan in owed
        ],
        batch_size=1_000,
    )
    through = Filing.plans.through
    through.objects.bulk_create(
        [through(filing=filing, plan_id=plan) for filing, (_unit, plan) in zip(filings, owed, strict=True)],
        batch_size=1_000,
    )
    return list(
        Filing.objects.filter(pk__in=[one.pk for one in filings]).select_related("unit", "edited_by").order_by("pk")
    )


def typed_points(filing):
    """The fields of the last step as the page would post them: suggestions as they are, the judged lines in full."""
    forms = FilingForms(filing, at=timezone.now())
    data = {"version": filing.version}
    for row in forms.form(SCORES).rows():
        points = row.criterion.max_points if row.suggested is None else row.suggested
        data[f"points_{row.criterion.pk}"] = str(points).replace(".", ",")
        data[f"note_{row.criterion.pk}"] = ""
    return data


def _content(directives, now):
    session = {
        "directives": directives,
        "held_on": short(timezone.localdate(now)),
        "minutes": "60",
        "form": "cell_meeting",
        "way": "in_person",
        "speaker": "Bí thư chi bộ",
        "head_speaks": "on",
        "minutes_kept": "on",
    }
    typed = sorted([SESSION, COUNTS, RESULTS])
    return {SESSION: session, COUNTS: _COUNTS, RESULTS: _RESULTS, SCORES: {}, "extra": [], "typed": typed}


def _reopen(plans):
    """Nobody has reported yet: load_scale spreads states for the dashboards."""
    Assignment.objects.filter(plan__in=plans).update(state="todo", settled_at=None, settled_by=None)
    recount(plan_ids=[plan.pk for plan in plans])
