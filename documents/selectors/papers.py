"""Issued papers and the register of what went out."""

from datetime import date

from django.db.models import Q, QuerySet

from documents.models import Dispatch, IssuedPaper
from documents.paper_json import from_dict
from documents.reading.paper_lines import paper_source
from documents.reading.source import SourceLine
from units.permissions import Permission
from units.selectors.access import Access


def visible_papers(access: Access) -> QuerySet[IssuedPaper]:
    """Papers of the wards the person reads, and those addressed to a unit they answer for."""
    addressed = Dispatch.objects.filter(
        access.reach(Permission.DO_DUTY, prefix="unit__") | access.reach(Permission.REPORT_UNIT, prefix="unit__")
    )
    return IssuedPaper.objects.filter(
        access.reach(Permission.READ_WARD, prefix="ward__") | Q(pk__in=addressed.values("paper_id"))
    )


def register_of(
    papers: QuerySet[IssuedPaper],
    *,
    text: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[IssuedPaper]:
    """The outgoing register, newest first, searched in number, subject and signer."""
    for word in text.split():
        papers = papers.filter(
            Q(number_text__icontains=word) | Q(subject__icontains=word) | Q(signer_name__icontains=word)
        )
    if kind:
        papers = papers.filter(kind=kind)
    if since:
        papers = papers.filter(dated_on__gte=since)
    if until:
        papers = papers.filter(dated_on__lte=until)
    return papers.select_related("pdf", "signed_scan").order_by("-dated_on", "-pk")


def reading_lines(paper: IssuedPaper) -> tuple[SourceLine, ...]:
    """The frozen text line by line, for a small screen; nothing for a paper kept without its whole content."""
    try:
        return paper_source(from_dict(paper.content)).lines
    except ValueError:
        return ()
