"""The texts of filled outlines in a compiled report: collected with the figures, ticked by the compiler."""

from django.db import transaction

from reports.choices import SubmissionState
from reports.models import CompiledReport, OutlineAnswer, ReportOutlineText
from reports.selectors.compiled import line_before
from reports.services.remarks import claim_draft
from units.services.audit import record_event

BATCH = 500


def collect_outline(report: CompiledReport) -> None:
    """One row per text under a heading of an accepted report; what was ticked stays ticked, what is no longer accepted goes.

    A supplement collects only what none of the reports before it has. Part of drafting and refreshing: the caller holds the
    transaction. A constant number of statements, whatever the number of units.
    """
    accepted = OutlineAnswer.objects.filter(
        submission__plan__in=report.plans.all(), submission__state__in=SubmissionState.COUNTED
    )
    told = set(
        ReportOutlineText.objects.filter(report__in=line_before(report)).values_list(
            "submission_id", "heading_id", "text"
        )
    )
    rows = accepted.order_by("submission_id", "heading_id").values_list("submission_id", "heading_id", "text")
    said = {
        (submission, heading): text for submission, heading, text in rows if (submission, heading, text) not in told
    }
    known = {(one.submission_id, one.heading_id): one for one in report.outline_texts.all()}
    report.outline_texts.exclude(pk__in=[known[key].pk for key in known if key in said]).delete()
    changed = [known[key] for key, text in said.items() if key in known and known[key].text != text]
    for one in changed:
        one.text = said[one.submission_id, one.heading_id]
    ReportOutlineText.objects.bulk_update(changed, ["text"], batch_size=BATCH)
    ReportOutlineText.objects.bulk_create(
        [
            ReportOutlineText(report=report, submission_id=submission, heading_id=heading, text=text)
            for (submission, heading), text in said.items()
            if (submission, heading) not in known
        ],
        batch_size=BATCH,
    )


@transaction.atomic
def choose_texts(*, report: CompiledReport, included: set[int], by, now) -> int:
    """Print exactly the texts `included` (pks); returns how many. Raises ValidationError "frozen"."""
    claim_draft(report, by, now)
    report.outline_texts.exclude(pk__in=included).filter(included=True).update(included=False)
    report.outline_texts.filter(pk__in=included).update(included=True)
    count = report.outline_texts.filter(included=True).count()
    details = {"texts": count}
    record_event(by=by, verb="report.choose_texts", target=report, ward=report.ward, details=details, at=now)
    return count
