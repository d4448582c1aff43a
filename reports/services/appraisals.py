"""Drawing some reports of a plan at random, to be read closely."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import transaction

from campaigns.models import Plan
from reports.models import Submission
from units.models import User
from units.services.audit import record_event


@transaction.atomic
def draw_sample(*, plan: Plan, submissions: Iterable[Submission], size: int, by: User, at: dt.datetime) -> list[int]:
    """Ids of `size` reports of `plan` drawn at random; which ones and by whom stays in the log."""
    pks = sorted(one.pk for one in submissions)
    drawn = sorted(secrets.SystemRandom().sample(pks, min(size, len(pks))))
    details = {"of": len(pks), "submissions": drawn}
    record_event(by=by, verb="plan.sample_scores", target=plan, ward=plan.ward, details=details, at=at)
    return drawn
