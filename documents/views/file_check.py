"""Kiểm tra tệp: drop a paper, see the findings beside its text; nothing is stored and no data of the ward changes."""

from collections import Counter

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from documents import checks
from documents.forms.paper_file import PaperFileForm
from documents.marked_lines import SEVERITIES, in_order, mark
from documents.reading.plan import read_plan
from documents.selectors.checking import check_context
from units.permissions import Permission

_WORDS = {"error": "lỗi thể thức", "warning": "chỗ nên xem lại", "info": "gợi ý"}


@require_http_methods(["GET", "HEAD", "POST"])
def file_check(request):
    """The answer to the upload is the page itself: there is no row that another address could show."""
    request.access.require(Permission.READ_WARD)
    form = PaperFileForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "documents/file_check.html", {"form": form})
    today = timezone.localdate()
    source = form.source
    facts = read_plan(source, today=today)
    found = in_order(checks.run(source, facts, check_context(request.access.ward, today=today)))
    lines, findings = mark(source, found)
    counts = Counter(one.severity for one in found)
    context = {
        "form": PaperFileForm(by=request.user),
        "source": source,
        "lines": lines,
        "findings": findings,
        "counts": [f"{counts[severity]} {_WORDS[severity]}" for severity in SEVERITIES if counts[severity]],
    }
    return render(request, "documents/file_check.html", context)
