"""Long work of the signed-in person: how far it is, and the file when it is done."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from units.choices import JobState
from units.downloads import download
from units.selectors.jobs import pending, visible_jobs

_SHOWN = 50


@require_safe
def job_list(request):
    """The person's jobs, newest first; the table asks for itself again while something runs."""
    jobs = visible_jobs(request.access)
    context = {"jobs": jobs.order_by("-asked_at", "-pk")[:_SHOWN], "pending": pending(jobs).exists()}
    return render(request, "units/_job_table.html" if request.htmx else "units/job_list.html", context)


@require_safe
def job_download(request, pk):
    """The file a finished job made; kept for a week."""
    job = get_object_or_404(visible_jobs(request.access).filter(state=JobState.DONE).exclude(result_path=""), pk=pk)
    path = Path(settings.MEDIA_ROOT) / job.result_path
    if not path.is_file():
        raise Http404
    kind = mimetypes.guess_type(job.result_name)[0] or "application/octet-stream"
    return download(path.read_bytes(), name=job.result_name, content_type=kind)
