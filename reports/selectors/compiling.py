"""Reading what a compiled report adds up: every unit asked, with its accepted result or the word for its absence."""

from collections import defaultdict

from django.db.models import Count
from django.utils import timezone

from campaigns.choices import AssignmentState, Product
from campaigns.models import Assignment
from documents.dates import short
from reports.choices import SubmissionState
from reports.figures import UnitRow
from reports.models import Submission
from reports.places import RESULT_COUNTS
from reports.selectors.scoring import judge

_OWN_COUNTS = (
    "excused",
    "unexcused",
    *RESULT_COUNTS,
)
_SESSION_COUNTS = (
    "present",
    "exempt_present",
    "outside_officials",
    "outside_youth",
    "outside_members",
    "outside_people",
    "opinions",
    "online_points",
)


def unit_rows(plan, *, counted_at):
    """One UnitRow per unit asked to report for `plan`, in the ward's order: a constant number of queries."""
    owed = (
        Assignment.objects.filter(plan=plan, product__in=Product.BY_UNITS)
        .exclude(state=AssignmentState.CANCELLED)
        .select_related("unit", "duty", "plan")
        .order_by("unit__sort_key", "unit_id")
    )
    by_unit = defaultdict(dict)
    for assignment in owed:
        by_unit[assignment.unit][assignment.product] = assignment
    submissions = {
        submission.unit_id: submission
        for submission in Submission.objects.filter(plan=plan).annotate(cells=Count("branches")).prefetch_related("sessions__directives")
        if submission.submitted_at is None or submission.submitted_at <= counted_at
    }
    return [_row(plan, unit, duties, submissions.get(unit.pk)) for unit, duties in by_unit.items()]


def _row(plan, unit, duties, submission):
    report, study = duties.get(Product.REPORT), duties.get(Product.STUDY)
    standing = _standing(report or study, submission)
    shown = submission if standing == "accepted" else None
    judged = judge(report, submission.timed_at) if report and submission and submission.timed_at else None
    return UnitRow(
        unit_id=unit.pk,
        submission_id=submission.pk if submission else None,
        code=unit.code,
        name=unit.short_name,
        kind=unit.get_kind_display(),
        standing=standing,
        studied=bool(study and study.state in AssignmentState.SETTLED),
        withheld=unit.figures_withheld,
        forms=_forms(shown),
        counts=_counts(shown) if shown and not unit.figures_withheld else {},
        self_total=_text(shown.self_total) if shown else None,
        appraised_total=_text(shown.appraised_total) if shown else None,
        level=(shown.appraised_level or shown.self_level) if shown else "",
        received_on=timezone.localdate(submission.timed_at).isoformat() if submission and submission.timed_at else None,
        verdict=judged.kind if judged else "",
        days_late=judged.days if judged else 0,
        timed=bool(report and report.due_on),
        concrete=bool(shown and shown.works),
        own_text=bool(shown and shown.own_resolution.strip()),
        by_directive=_by_directive(shown, withheld=unit.figures_withheld),
        note=_note(report or study, shown),
    )


def _note(assignment, shown):
    """Of how many cells a đảng bộ speaks; until when a unit is let off."""
    if assignment.exempted_until:
        return f"được miễn đến {short(assignment.exempted_until)}"
    return f"gồm {shown.cells} chi bộ trực thuộc" if shown and shown.cells else ""


def _standing(assignment, submission):
    if assignment.state == AssignmentState.EXEMPT:
        return "exempt"
    if submission and submission.state in SubmissionState.COUNTED:
        return "accepted"
    if submission and submission.state == SubmissionState.SUBMITTED:
        return "sent"
    if submission and submission.state == SubmissionState.RETURNED:
        return "returned"
    return "missing"


def _counts(submission):
    sessions = submission.sessions.all()
    counts = {name: getattr(submission, name) for name in _OWN_COUNTS}
    counts["required"] = submission.required
    counts["sessions"] = len(sessions)
    counts["works"] = len(submission.works) or None
    for name in _SESSION_COUNTS:
        known = [getattr(session, name) for session in sessions if getattr(session, name) is not None]
        counts[name] = sum(known) if known else None
    if None in (counts["required"], counts["present"]):
        # Half of the pair would enter the rate as if nobody had come; the unit is missing from both sums instead.
        counts["required"] = counts["present"] = None
    return counts


def _by_directive(submission, *, withheld):
    """{directive id as text (the key of a JSON snapshot): members present at the sessions that covered it}."""
    present = defaultdict(list)
    for session in submission.sessions.all() if submission else ():
        for directive in session.directives.all():
            present[str(directive.pk)].append(None if withheld else session.heads)
    known = {key: [count for count in counts if count is not None] for key, counts in present.items()}
    return {key: sum(counts) if counts else None for key, counts in known.items()}


def _forms(submission):
    if submission is None:
        return ()
    return tuple(dict.fromkeys(session.get_form_display() for session in submission.sessions.all()))


def _text(points):
    return None if points is None else str(points)
