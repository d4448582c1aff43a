"""Appraising many reports in one act, and drawing some at random to read closely."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.models import Plan
from reports.choices import SubmissionState
from reports.models import Submission
from reports.services.submissions import appraise_submission
from units.models import User
from units.services.audit import record_event


@transaction.atomic
def agree_many(*, submissions: Iterable[Submission], by: User, at: dt.datetime) -> list[Submission]:
    """Appraise those that still wait by the unit's own points; one that somebody else has just handled is passed over."""
    agreed = []
    for submission in sorted(submissions, key=lambda one: (one.plan_id, one.pk)):
        if submission.state != SubmissionState.ACCEPTED or submission.self_total is None:
            continue
        points = {score.pk: (score.self_points, "") for score in submission.scores.all()}
        try:
            with transaction.atomic():
                agreed.append(appraise_submission(submission=submission, points=points, by=by, at=at))
        except ValidationError as error:
            if error.code != "state":
                raise
    return agreed


@transaction.atomic
def draw_sample(*, plan: Plan, submissions: Iterable[Submission], size: int, by: User, at: dt.datetime) -> list[int]:
    """Ids of `size` reports of `plan` drawn at random; which ones and by whom stays in the log."""
    pks = sorted(one.pk for one in submissions)
    drawn = sorted(secrets.SystemRandom().sample(pks, min(size, len(pks))))
    details = {"of": len(pks), "submissions": drawn}
    record_event(by=by, verb="plan.sample_scores", target=plan, ward=plan.ward, details=details, at=at)
    return drawn
