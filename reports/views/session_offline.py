"""What a secretary's phone asks for by script: autosave, the whole form for when there is no network, the worker.

Nothing here is needed by a page without JavaScript.
"""

import datetime as dt
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.forms.filing import FilingForms, raw_of
from reports.forms.whole import posted_parts, whole_content
from reports.places import SCORES
from reports.selectors.submissions import visible_filings
from reports.services import filings as services
from reports.services.filing_copies import set_aside
from reports.views.session_pages import SLUG_PARTS, device_of, is_for_another, step_url, version_of, whole_context
from reports.views.session_versions import keep_beside
from reports.views.sessions import deliver

WORKER = ("js/phone-store.js", "js/phone-outbox.js", "js/phone-worker.js", "js/push-notices.js")
LONGEST_WAIT = dt.timedelta(days=60)


@require_POST
def session_keep(request, pk, slug):
    """Keep what is typed on one step while it is typed: 200 with the version, 409 when somebody else wrote it or it has gone."""
    filing = _filing(request, pk)
    forms = FilingForms(filing, at=request.received_at)
    part = SLUG_PARTS.get(slug)
    if part not in forms.parts:
        raise Http404
    return _saved_or_refused(request, forms, {part: raw_of(forms.form(part, data=request.POST))}) or _kept(filing)


@require_http_methods(["GET", "HEAD", "POST"])
def session_whole(request, pk):
    """All steps on one page, which the phone keeps for when there is no network; posted by script, sent exactly once."""
    if is_for_another(request):
        return JsonResponse({"state": "login"}, status=409)
    filing = _filing(request, pk)
    forms = FilingForms(filing, at=request.received_at)
    if request.method != "POST":
        return render(request, "reports/session_whole.html", whole_context(forms))
    if request.POST.get("token") != filing.token:
        raise Http404
    with transaction.atomic():
        return _whole_posted(request, FilingForms(services.lock_filing(filing), at=request.received_at))


def _whole_posted(request, forms):
    filing = forms.filing
    content = whole_content(forms, posted_parts(request.POST, forms.parts))
    if filing.sent_at:
        if filing.sent_by_id == request.user.pk:
            del content[SCORES]  # the suggestions follow the time: a sending whose answer was lost is no other report
        keep_beside(request, filing, content)
        return _gone(filing)
    refused = _saved_or_refused(request, forms, content, typed=forms.parts)
    return refused or _send_whole(request, FilingForms(filing, at=request.received_at))


def _saved_or_refused(request, forms, content, typed=()):
    """Save; None when that went well, else the answer that says why not, with what was typed set aside."""
    filing = forms.filing
    act = {"by": request.user, "at": request.received_at, "device": device_of(request)}
    try:
        services.save_filing(filing=filing, version=version_of(request), changes=content, typed=typed, **act)
    except ValidationError as error:
        if error.code == "sent":
            return _gone(filing)
        set_aside(filing=filing, content=content, **act)
        url = reverse("reports:session-versions", args=[filing.pk])
        return JsonResponse({"state": "changed", "words": error.message, "url": url}, status=409)
    return None


def _send_whole(request, forms):
    filing = forms.filing
    form = forms.form(SCORES)
    wrong = forms.first_wrong() or (None if form.is_valid() else SCORES)
    if wrong:
        words = "Chưa gửi được: còn chỗ cần xem lại. Mọi số liệu đã gõ vẫn được giữ."
        return JsonResponse({"state": "wrong", "words": words, "url": step_url(filing, wrong)}, status=422)
    try:
        filing = deliver(request, forms, form, finished_at=_finished_at(request))
    except ValidationError as error:
        words = " ".join(error.messages)
        return JsonResponse({"state": "wrong", "words": words, "url": step_url(filing, SCORES)}, status=422)
    return _gone(filing)


def _kept(filing):
    when = timezone.localtime(filing.edited_at)
    return JsonResponse({"state": "kept", "version": filing.version, "words": f"Đã lưu {when:%H:%M}"})


def _gone(filing):
    url = reverse("reports:session-receipt", args=[filing.pk])
    return JsonResponse({"state": "sent", "words": "Báo cáo này đã gửi.", "url": url})


def _finished_at(request):
    """When the phone had it ready, by its own clock; None when that clock cannot be right."""
    text = request.POST.get("finished", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 13):
        return None
    moment = dt.datetime.fromtimestamp(int(text) / 1000, tz=dt.UTC)
    return moment if request.received_at - LONGEST_WAIT < moment <= request.received_at else None


@login_not_required
@require_safe
def phone_start(request):
    """What a phone without network shows in place of a page it has not kept; holds nothing of anybody."""
    return render(request, "reports/phone_start.html")


@login_not_required
@require_safe
def phone_worker(request):
    """The service worker, at the root so that it reaches every page of a phone; registered only in a secure context."""
    script = "".join(Path(finders.find(name)).read_text(encoding="utf-8") for name in WORKER)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _filing(request, pk):
    return get_object_or_404(visible_filings(request.access).select_related("unit", "edited_by", "sent_by"), pk=pk)
