"""An issued paper as a Word file."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.paper_json import from_dict
from documents.selectors.papers import visible_papers
from documents.writing import docx
from units.downloads import download


@require_safe
def paper_word(request, pk):
    """The frozen text as Word; a paper that was only recorded from its sheet has none."""
    stored = get_object_or_404(visible_papers(request.access), pk=pk)
    if not stored.content:
        raise Http404
    paper = from_dict(stored.content)
    return download(docx.write_docx(paper), name=docx.file_name(paper), content_type=docx.CONTENT_TYPE)
