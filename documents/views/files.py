"""The only way to a stored file: a permission-checked download."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.choices import FilePurpose
from documents.models import IssuedPaper, StoredFile
from documents.selectors.dispatches import own_units, visible_lines
from documents.selectors.files import visible_files
from documents.services.dispatches import record_opening
from documents.services.files import open_stored
from units.downloads import download
from units.permissions import Permission


@require_safe
def file_download(request, pk):
    """One file for a person who may read it."""
    return serve(request, get_object_or_404(visible_files(request.access), pk=pk))


def serve(request, stored_file: StoredFile):
    """The bytes as an attachment, not to be sniffed or run; 404 when they are lost."""
    try:
        with open_stored(stored_file) as file:
            data = file.read()
    except FileNotFoundError:
        raise Http404 from None
    if stored_file.purpose in {FilePurpose.PAPER, FilePurpose.SCAN}:
        note_reading(request, IssuedPaper.objects.filter(Q(pdf=stored_file) | Q(signed_scan=stored_file)))
    return download(data, name=stored_file.shown_name, content_type=stored_file.content_type)


def note_reading(request, papers) -> None:
    """Record that a unit's own person reads one of `papers` by GET, whatever page led there; the first time counts.

    Who also reads the ward as an office has the paper open for that work: it is the unit's reading only in its own list.
    """
    access = request.access
    if request.method != "GET" or not own_units(access) or access.can(Permission.READ_WARD):
        return
    record_opening(lines=visible_lines(access).filter(paper__in=papers), by=request.user, at=request.received_at)
