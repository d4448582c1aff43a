"""Files of reports that a person may fetch: evidence and signed scans of what they may read."""

from django.db.models import Q

from documents.file_rules import file_rule
from reports.selectors.session_files import visible_evidence
from reports.selectors.submissions import visible_submissions


@file_rule
def files_of_reports(access):
    """As subqueries: a file stands in the list once, whatever the number of reports it belongs to."""
    scans = visible_submissions(access).filter(signed_scan__isnull=False)
    return Q(pk__in=visible_evidence(access).values("file_id")) | Q(pk__in=scans.values("signed_scan_id"))
