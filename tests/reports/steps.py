"""A secretary's way through the form, as plain posts."""

import re

from django.urls import reverse

from reports.forms.filing import FilingForms
from reports.models import Criterion, Filing
from reports.services.rubrics import load_default_rubric
from tests import factories

SESSION = {
    "held_on": "02/6/2026",
    "minutes": "60",
    "form": "cell_meeting",
    "way": "in_person",
    "speaker": "Bí thư chi bộ",
    "head_speaks": "on",
    "minutes_kept": "on",
}
# 30 members - 4 exempt = 26 = 24 present + 1 + 1
COUNTS = {
    "members": "30",
    "exempt": "4",
    "away": "0",
    "received": "0",
    "present": "24",
    "excused": "2",
    "unexcused": "0",
    "speakers": "8",
}
# as it is sent the first time, and as it is called by name once PostgreSQL has it planned
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)|EXECUTE \w+ [^/]*/\* (insert|update) ")
RESULTS = {"concrete_work": "Mỗi tổ một mô hình, đồng chí Phó Bí thư, trước 30/6.", "oral_sessions": "2", "oral_listeners": "80"}


def asked(cast, *, plans=1, **fields):
    """`plans` issued plans that ask both units of the cast, scored by the default sheet."""
    rubric = load_default_rubric()
    made = [factories.make_issued_plan(cast.ward, units=[cast.own_unit, cast.other_unit], **fields) for _ in range(plans)]
    for plan in made:
        factories.pin_rubric(plan, rubric)
    return made


def start(client, unit):
    """Press "Báo cáo buổi học" and return the filing."""
    client.post(reverse("reports:session-create", args=[unit.pk]))
    return Filing.objects.filter(unit=unit, sent_at=None).latest("pk")


def post(client, filing, slug, **data):
    """Post one step with the version the page would hold."""
    filing.refresh_from_db()
    return client.post(reverse("reports:session-step", args=[filing.pk, slug]), {"version": filing.version} | data)


def directives_of(filing):
    return [str(pk) for pk in filing.plans.values_list("directives", flat=True).distinct()]


def fill(client, filing, *, session=None, counts=None, results=None):
    """The three steps before the last."""
    filing.refresh_from_db()
    chosen = {"directives": directives_of(filing)}
    return [
        post(client, filing, "buoi-hoc", **(SESSION | chosen | (session or {}))),
        post(client, filing, "so-nguoi", **(COUNTS | (counts or {}))),
        post(client, filing, "viec-lam", **(RESULTS | (results or {}))),
    ]


def points(filing):
    """The sheet as the page would post it: suggestions as they are, the two judged lines in full."""
    forms = FilingForms(Filing.objects.get(pk=filing.pk), at=factories.NOW)
    form = forms.form("scores")
    judged = {row.criterion.pk: str(row.criterion.max_points).split(".")[0] for row in form.rows() if row.suggested is None}
    data = {}
    for row in form.rows():
        pk = row.criterion.pk
        data[f"points_{pk}"] = judged.get(pk) or str(row.suggested).replace(".", ",")
        data[f"note_{pk}"] = ""
    return data


def send(client, filing, **data):
    """The last step."""
    return post(client, filing, "tu-cham", **(points(filing) | data))


def report(client, unit, **parts):
    """The whole way; returns the sent filing."""
    filing = start(client, unit)
    fill(client, filing, **parts)
    send(client, filing)
    filing.refresh_from_db()
    return filing


def criterion(code):
    return Criterion.objects.get(code=code, group__rubric=load_default_rubric())


def writes(sql):
    """Whether a statement changes rows."""
    return bool(_WRITES.match(sql))
