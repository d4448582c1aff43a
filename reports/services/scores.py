"""Writing the points of a report: what the figures suggest, what the unit gives, what the office appraises."""

import datetime as dt
from decimal import Decimal

from reports.models import Score, Submission
from reports.scoring import Facts, Line, applies, level, skipped, suggest, total
from reports.selectors.ground import Ground
from reports.selectors.scoring import pinned_rubric


def self_scores(
    *, submission: Submission, points: dict[int, tuple[Decimal | None, str]], facts: Facts, ground: Ground
) -> list[Score]:
    """The unit's points (criterion id -> points, note) as rows to write, beside what the figures suggest; puts total and level
    on `submission`. Part of sending: the caller writes both."""
    submission.self_total, submission.self_level = None, ""
    if submission.plan_id not in ground.rubrics or not submission.unit.must_self_score:
        return []
    lines, rows = [], []
    for criterion in ground.criteria(submission.plan):
        given, note = points.get(criterion.pk, (None, ""))
        asked = applies(criterion, facts)
        counts = asked and not skipped(criterion, given, note)
        given = given if counts else None
        values = {"suggested": suggest(criterion, facts)[0] if asked else None, "self_points": given, "self_note": note}
        rows.append(Score(submission=submission, criterion=criterion, **values))
        lines.append(Line(criterion.max_points, given, counts, criterion.code))
    result = total(lines)
    reached = level(result, ground.levels(submission.plan), facts, lines)
    submission.self_total, submission.self_level = result.points, reached.name if reached else ""
    return rows


def write_appraisal(
    *, submission: Submission, points: dict[int, tuple[Decimal | None, str]], facts: Facts, at: dt.datetime
) -> None:
    """Write the office's points (Score id -> points, reason) and the appraised total and level; the caller saves them."""
    lines = []
    for score in submission.scores.select_related("criterion"):
        given, note = points.get(score.pk, (None, ""))
        left_out = skipped(score.criterion, score.self_points, score.self_note) and given is None
        counts = applies(score.criterion, facts) and not left_out
        score.appraised_points, score.appraised_note = given if counts else None, note
        score.save(update_fields=["appraised_points", "appraised_note"])
        lines.append(Line(score.criterion.max_points, score.appraised_points, counts, score.criterion.code))
    result = total(lines)
    reached = level(result, list(pinned_rubric(submission.plan).levels.all()), facts, lines)
    submission.appraised_total, submission.appraised_level = result.points, reached.name if reached else ""
