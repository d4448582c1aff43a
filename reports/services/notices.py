"""Telling a unit's people what the office did with their report."""

import datetime as dt
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone

from campaigns.services.notifications import Notice, tell
from reports.models import Submission
from reports.wording import plan_name
from units.choices import Role, UnitKind
from units.models import Membership

APPRAISED = "Văn phòng đã thẩm định điểm"


def tell_unit(*, submission: Submission, title: str, body: str, at: dt.datetime) -> None:
    """One line for each secretary and helper of the unit, each contact of a body; the key makes it once per act.

    Outside working hours it is kept until the office opens again: nobody is asked for figures at night.
    """
    tell_all(told=[(submission, body)], title=title, at=at)


def tell_all(*, told: list[tuple[Submission, str]], title: str, at: dt.datetime) -> None:
    """`tell_unit` for many reports, (report, body) each: a few statements, whatever their number."""
    people = Membership.objects.current(on=timezone.localdate(at)).filter(unit__in=[one.unit_id for one, _body in told])
    found = defaultdict(dict)
    for unit, role, person in people.order_by("pk").values_list("unit", "role", "user"):
        found[unit, role].setdefault(person)
    notices = []
    for one, body in told:
        of_body = one.unit.kind == UnitKind.BODY
        key, url = f"submission-{one.pk}-{one.version}-{one.state}", _URLS[of_body]
        roles = [Role.CONTACT] if of_body else Role.BY_CARD
        asked = dict.fromkeys(person for role in roles for person in found[one.unit_id, role])
        heading = f"{title}: {plan_name(one.plan)}"
        notices += [Notice(pk, f"{key}-{pk}", heading, body, reverse(url), one.plan.ward_id) for pk in asked]
    tell(notices, at=at)


_URLS = {True: "reports:answer-list", False: "reports:session-list"}
