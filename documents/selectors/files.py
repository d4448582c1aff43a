"""Which stored files a person may fetch."""

from django.db.models import Q, QuerySet

from documents.choices import FilePurpose
from documents.file_rules import file_rules
from documents.models import StoredFile
from documents.selectors.papers import visible_papers
from units.permissions import Permission
from units.selectors.access import Access


def visible_files(access: Access) -> QuerySet[StoredFile]:
    """Own uploads, files of the wards the person reads, papers addressed to them, and what the rules of the apps add."""
    if not access.user.is_authenticated:
        return StoredFile.objects.none()
    papers = visible_papers(access)
    condition = Q(uploaded_by=access.user) | access.reach(Permission.READ_WARD, prefix="ward__")
    condition |= Q(pk__in=papers.values("pdf_id"))
    condition |= Q(pk__in=papers.filter(signed_scan__isnull=False).values("signed_scan_id"))
    if access.can(Permission.READ_WARD):
        condition |= Q(ward__isnull=True, purpose=FilePurpose.DIRECTIVE)
    for rule in file_rules():
        condition |= rule(access)
    return StoredFile.objects.filter(condition)
