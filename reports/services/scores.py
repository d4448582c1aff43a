"""Writing the points of a report: what the figures suggest, what the unit gives, what the office appraises."""

import datetime as dt
from decimal import Decimal

from django.db.models import F

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
        lines.append(_line(score, given, facts))
        score.appraised_points, score.appraised_note = lines[-1].points, note
        score.save(update_fields=["appraised_points", "appraised_note"])
    _put_total(submission, lines, list(pinned_rubric(submission.plan).levels.all()), facts)


def agree_all(rows: list[tuple[Submission, Facts, Ground]]) -> None:
    """Appraise every line of many reports by the unit's own points, and write the totals: a few statements."""
    left_out = []
    for submission, facts, ground in rows:
        scores = list(submission.scores.all())
        lines = [_line(score, score.self_points, facts) for score in scores]
        left_out += [score.pk for score, line in zip(scores, lines, strict=True) if line.points != score.self_points]
        _put_total(submission, lines, ground.levels(submission.plan), facts)
    agreed = Score.objects.filter(submission__in=[submission.pk for submission, _facts, _ground in rows])
    agreed.update(appraised_points=F("self_points"), appraised_note="")
    if left_out:
        Score.objects.filter(pk__in=left_out).update(appraised_points=None)
    Submission.objects.bulk_update([one for one, _facts, _ground in rows], ["appraised_total", "appraised_level"])


def _line(score: Score, given: Decimal | None, facts: Facts) -> Line:
    """One line of an appraisal: without points where it is not asked, or was left out with a reason and is given none."""
    left_out = skipped(score.criterion, score.self_points, score.self_note) and given is None
    counts = applies(score.criterion, facts) and not left_out
    return Line(score.criterion.max_points, given if counts else None, counts, score.criterion.code)


def _put_total(submission: Submission, lines: list[Line], levels: list, facts: Facts) -> None:
    result = total(lines)
    reached = level(result, levels, facts, lines)
    submission.appraised_total, submission.appraised_level = result.points, reached.name if reached else ""
