"""Many reports in one act of the office: taken in, or appraised by the units' own points. A few statements for 300 units."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from campaigns.choices import AssignmentState
from campaigns.services.assignments import mark_all
from reports.choices import SubmissionState
from reports.models import Submission
from reports.selectors.appraisal import differences
from reports.selectors.ground import grounds_of
from reports.selectors.submissions import facts_of
from reports.services.notices import APPRAISED, tell_all
from reports.services.scores import agree_all
from reports.wording import appraised_words
from units.models import User
from units.services.audit import record_event, recorded_together

STATE = SubmissionState


@dataclass(frozen=True)
class Handled:
    """What came of it: the reports `done`, and those `passed` over because they do not wait for this act (any more)."""

    done: list[Submission]
    passed: list[Submission]


@transaction.atomic
def accept_many(*, submissions: Iterable[Submission], by: User, at: dt.datetime) -> Handled:
    """Take in those of `submissions` that still wait; one that somebody else has just handled is passed over.

    Raises ValidationError "changed" when one moved while this was written: nothing is then written.
    """
    waiting, passed = _held(submissions, state=STATE.SUBMITTED)
    facts = {"accepted_at": at, "accepted_by": by}
    _move_all(waiting, source=STATE.SUBMITTED, to=STATE.ACCEPTED, verb="submission.accept", by=by, at=at, facts=facts)
    mark_all(reports=_pairs(waiting), to=AssignmentState.ACCEPTED, by=by, at=at)
    return Handled(waiting, passed)


@transaction.atomic
def agree_many(*, submissions: Iterable[Submission], by: User, at: dt.datetime) -> Handled:
    """Appraise those that were taken in, are scored and still wait, by the unit's own points; the units are told.

    Raises ValidationError "changed" when one moved while this was written: nothing is then written.
    """
    held, passed = _held(submissions, state=STATE.ACCEPTED)
    waiting = [one for one in held if one.self_total is not None]
    passed += [one for one in held if one.self_total is None]
    _move_all(waiting, source=STATE.ACCEPTED, to=STATE.APPRAISED, verb="submission.appraise", by=by, at=at, facts={})
    mark_all(reports=_pairs(waiting), to=AssignmentState.APPRAISED, by=by, at=at)
    grounds = grounds_of(waiting)
    agree_all([(one, facts_of(one, ground=grounds[one.pk]), grounds[one.pk]) for one in waiting])
    differing = differences(waiting)
    told = [(one, appraised_words(one, differing.get(one.pk, []))) for one in waiting]
    tell_all(told=told, title=APPRAISED, at=at)
    return Handled(waiting, passed)


def _held(submissions, *, state):
    """(those in `state`, the others) as they stand now, under a lock."""
    rows = Submission.objects.filter(pk__in=[one.pk for one in submissions]).order_by("plan_id", "pk")
    related = rows.select_related("unit", "plan", "plan__paper").prefetch_related(
        "sessions", "scores__criterion__group"
    )
    held = list(related.select_for_update(of=("self",)))
    return [one for one in held if one.state == state], [one for one in held if one.state != state]


def _move_all(rows, *, source, to, verb, by, at, facts):
    """Every row from the state `source` to `to`, with a line in the log each."""
    changes = {"state": to, "edited_at": at, "edited_by": by} | facts
    moved = Submission.objects.filter(pk__in=[one.pk for one in rows], state=source).update(
        version=F("version") + 1, **changes
    )
    if moved != len(rows):
        raise ValidationError(
            "Có báo cáo vừa được đồng chí khác xử lý nên chưa ghi báo cáo nào. Đồng chí tải lại trang.", code="changed"
        )
    with recorded_together():
        for one in rows:
            one.version += 1
            for name, value in changes.items():
                setattr(one, name, value)
            record_event(by=by, verb=verb, target=one, ward_id=one.plan.ward_id, at=at)


def _pairs(rows):
    return [(one.unit_id, one.plan_id) for one in rows]
