"""Files given with reports, and who may fetch them."""

from django.db.models import QuerySet

from reports.models import Evidence, Filing, Submission
from reports.selectors.submissions import visible_filings, visible_submissions
from units.selectors.access import Access


def visible_evidence(access: Access) -> QuerySet[Evidence]:
    """With what the own unit is typing; once sent, with the report for everybody who reads it."""
    typed = Evidence.objects.filter(filing__in=visible_filings(access).values("pk"))
    return typed | Evidence.objects.filter(filing__submissions__in=visible_submissions(access).values("pk"))


def evidence_of(filing: Filing) -> QuerySet[Evidence]:
    """Files of one filing, photos last."""
    return Evidence.objects.filter(filing=filing).select_related("file", "added_by").order_by("kind", "pk")


def evidence_for(submission: Submission) -> QuerySet[Evidence]:
    """Files of every sending of one report."""
    given = Evidence.objects.filter(filing__submissions=submission).select_related("file", "added_by")
    return given.distinct().order_by("kind", "pk")
