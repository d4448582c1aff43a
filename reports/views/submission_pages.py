"""What the office's page of one report shows."""

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Plan
from reports.asked import COUNTS_OF, FIELDS_OF, TESTED, WORDS_OF
from reports.choices import RemarkField, ResultGroup, SubmissionState
from reports.places import label_of
from reports.selectors.asked import asked_of
from reports.selectors.branches import cells_in
from reports.selectors.locks import is_locked
from reports.selectors.outline import reports_alone
from reports.selectors.returned import returned_places
from reports.selectors.rubrics import rubric_label
from reports.selectors.scoring import pinned_rubric
from reports.selectors.session_files import evidence_for
from reports.selectors.submissions import (
    changes_after_scoring,
    figures_of,
    outside_by_class,
    outside_window,
    verdict_on,
    visible_submissions,
)
from units.choices import UnitKind
from units.permissions import Permission


def plans_with_results(access):
    """Plans that have received at least one report the person may see."""
    sent = visible_submissions(access).filter(submitted_at__isnull=False)
    return Plan.objects.filter(pk__in=sent.values("plan")).select_related("paper")


def after_signing(request, submission):
    """Where the office or the unit came from to tick or scan the signed paper."""
    if request.access.can(Permission.READ_WARD):
        return reverse("reports:submission-detail", args=[submission.pk])
    filing = submission.filings.filter(sent_at__isnull=False, by_office=False).first()
    return reverse("reports:session-receipt", args=[filing.pk]) if filing else reverse("reports:session-list")


def asked_results(submission):
    """What followed the session, group by group as the plan asks: counts, works and words. Not asked is not shown."""
    asked = asked_of(submission.plan)
    hidden = TESTED if submission.unit.figures_withheld else frozenset()
    groups = [group for group in ResultGroup if group in asked - hidden and FIELDS_OF[group]]
    return [
        {
            "title": group.label.split(":")[0],
            "counts": [(label_of(name), getattr(submission, name)) for name in COUNTS_OF.get(group, ())],
            "works": submission.works if group == ResultGroup.WORKS else [],
            "words": [(label_of(name), text) for name in WORDS_OF.get(group, ()) if (text := _text(submission, name))],
        }
        for group in groups
    ]


def _text(submission, name):
    return submission.said(name) if name in RemarkField.values else getattr(submission, name)


def detail_context(request, submission):
    """Figures, sessions, scores, sendings and what may be done now."""
    rubric = pinned_rubric(submission.plan)
    may = request.access.can(Permission.HANDLE_RESULTS, submission.unit)
    locked = is_locked(submission.plan)
    sessions = list(submission.sessions.select_related("unit").prefetch_related("directives").order_by("held_on", "pk"))
    for session in sessions:
        session.mark = outside_window(submission, session.held_on)
        if submission.unit.figures_withheld or session.unit.figures_withheld:
            session.present = session.present_again = session.speakers = None
    states = SubmissionState
    return {
        "submission": submission,
        "figures": figures_of(submission),
        "verdict": verdict_on(submission),
        "sessions": sessions,
        "outside": outside_by_class(submission),
        "head_changes": changes_after_scoring(submission),
        "branches": submission.branches.select_related("unit", "session", "confirmed_by").order_by("unit__sort_key", "pk"),
        "cells": cells_in(submission, on=timezone.localdate(submission.submitted_at)),
        "results": asked_results(submission),
        "files": evidence_for(submission),
        "scores": submission.scores.select_related("criterion__group").order_by("criterion__group__position", "criterion__position"),
        "rubric_label": rubric_label(rubric) if rubric else "",
        "revisions": submission.revisions.select_related("sent_by"),
        "returned_places": returned_places(submission) if submission.state == states.RETURNED else [],
        "locked": locked,
        "may_accept": may and submission.state == states.SUBMITTED,
        "may_return": may and not locked and submission.state in {states.SUBMITTED, states.ACCEPTED, states.APPRAISED},
        "may_appraise": may and submission.state in states.COUNTED and submission.scores.exists(),
        "may_handle": may,
        "may_complete": _may_complete(request, submission, locked),
        "has_outline": submission.outline_answers.exists() or submission.form_answers.exists(),
    }


def _may_complete(request, submission, locked):
    """Whether the office may complete a returned report for its unit here; an outline is completed on its own page."""
    if submission.state != SubmissionState.RETURNED or locked or reports_alone(submission.plan, submission.unit):
        return False
    return submission.unit.kind != UnitKind.BODY and request.access.can(Permission.ENTER_ON_BEHALF, submission.unit)
