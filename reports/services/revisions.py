"""The frozen copy of what was sent: plain JSON, readable without the program."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from reports.models import Score, StudySession, Submission
from reports.places import FIGURES, SESSION_FACTS


def content_of(
    submission: Submission,
    *,
    sessions: Iterable[tuple[StudySession, Iterable]] | None = None,
    scores: Iterable[Score] | None = None,
    answered: bool = True,
) -> dict:
    """Figures, sessions (each with its directives) and scores of `submission` as they stand; what the caller has just
    written need not be read again. `answered`: whether it has an outline or forms."""
    if sessions is None:
        held = submission.sessions.order_by("held_on", "pk").prefetch_related("directives")
        sessions = [(one, one.directives.all()) for one in held]
    if scores is None:
        scores = submission.scores.select_related("criterion").order_by("criterion__group__position", "criterion__position")
    sessions = sorted(sessions, key=lambda pair: (pair[0].held_on, pair[0].pk))
    present = [one.present for one, _ in sessions if one.present is not None]
    return (_answers(submission) if answered else {}) | {
        "source": submission.source,
        "figures": {name: _plain(getattr(submission, name)) for name in FIGURES},
        "required": submission.required,
        "present": sum(present) if present else None,
        "sessions": [_session(one, directives) for one, directives in sessions],
        "scores": [_score(one) for one in scores],
        "total": _plain(submission.self_total),
        "level": submission.self_level,
    }


def _answers(submission: Submission) -> dict:
    """Outline and forms as sent; nothing for a plan that asks for none."""
    outline = submission.outline_answers.select_related("heading").order_by("heading__annex", "heading__position")
    rows = submission.form_answers.select_related("form").prefetch_related("form__columns").order_by("form", "group", "position")
    found = {
        "outline": [{"heading": one.heading.title, "text": one.text} for one in outline],
        "forms": [{"form": one.form.title, "group": one.group, "cells": _cells(one)} for one in rows],
    }
    return {name: values for name, values in found.items() if values}


def _cells(answer) -> dict:
    return {column.title: answer.cells[str(column.pk)] for column in answer.form.columns.all() if str(column.pk) in answer.cells}


def _session(session: StudySession, directives) -> dict:
    facts = {name: _plain(getattr(session, name)) for name in SESSION_FACTS}
    return facts | {"id": session.pk, "directives": [str(one) for one in sorted(directives, key=lambda one: (one.dated_on, one.pk))]}


def _score(score) -> dict:
    return {
        "code": score.criterion.code,
        "text": score.criterion.text,
        "max": _plain(score.criterion.max_points),
        "suggested": _plain(score.suggested),
        "points": _plain(score.self_points),
        "note": score.self_note,
    }


def _plain(value):
    if isinstance(value, Decimal):
        return f"{value:.1f}"  # as the columns keep it
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value
