"""The only way to a stored file: a permission-checked download."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import StoredFile
from documents.selectors.files import visible_files
from documents.services.files import open_stored
from units.downloads import download


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
    return download(data, name=stored_file.shown_name, content_type=stored_file.content_type)
