"""Two phones on one report: both versions side by side, and the choice."""

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from reports.forms.filing import FilingForms
from reports.models import FilingCopy
from reports.places import PARTS, TITLES
from reports.selectors.submissions import visible_filings
from reports.services import filing_copies
from reports.views.session_pages import device_of, exit_url, step_url, version_of

_EMPTY = "để trống"


@require_http_methods(["GET", "HEAD", "POST"])
def session_versions(request, pk):
    """Everything set aside beside a report, compared with what is saved; one tap chooses."""
    filings = visible_filings(request.access).select_related("unit", "edited_by")
    filing = get_object_or_404(filings, pk=pk)
    if filing.sent_at:
        return redirect("reports:session-receipt", filing.pk)
    forms = FilingForms(filing, at=request.received_at)
    if request.method == "POST":
        return _choose(request, forms)
    return versions_page(request, forms)


def versions_page(request, forms, *, problem="", status=200):
    """The page of both versions, on its own or in place of a step that was refused."""
    filing = forms.filing
    copies = list(filing.copies.select_related("kept_by"))
    context = {
        "filing": filing,
        "unit_name": filing.unit.short_name,
        "problem": problem,
        "open_copies": [(one, difference(forms, one)) for one in copies if not one.settled_at],
        "old_copies": [(one, difference(forms, one)) for one in copies if one.settled_at],
        "back_url": exit_url(filing),
        "go_on_url": step_url(filing, forms.first_wrong() or forms.parts[-1]),
    }
    return render(request, "reports/session_versions.html", context, status=status)


def two_versions(request, forms, content, sentence):
    """Somebody saved the same steps meanwhile: keep what was typed beside it and ask (409)."""
    filing_copies.set_aside(
        filing=forms.filing, content=content, device=device_of(request), by=request.user, at=request.received_at
    )
    return versions_page(request, FilingForms(forms.filing, at=request.received_at), problem=sentence, status=409)


def keep_beside(request, filing, content):
    """The report has gone, sent by somebody else or from another page: what was typed here and says something else stays
    beside it and stands on the receipt; the same sending once more leaves nothing."""
    act = {"device": device_of(request), "by": request.user, "at": request.received_at}
    filing_copies.set_aside(filing=filing, content=content, **act)


def came_late(filing, *, at):
    """[(copy, rows)] of what was typed on the form when it had gone already; rows as in `difference`."""
    copies = list(filing.copies.filter(kept_at__gte=filing.sent_at, settled_at=None).select_related("kept_by"))
    forms = FilingForms(filing, at=at) if copies else None
    return [(copy, rows) for copy in copies if (rows := difference(forms, copy))]


def _choose(request, forms):
    copy = FilingCopy.objects.filter(filing=forms.filing, pk=_number(request.POST.get("copy"))).first()
    if copy is None:
        messages.error(request, "Bản này không còn để bên. Đồng chí xem lại các bản dưới đây.")
        return redirect("reports:session-versions", forms.filing.pk)
    try:
        if request.POST.get("use") == "copy":
            act = {"by": request.user, "at": request.received_at}
            filing_copies.take_copy(copy=copy, version=version_of(request), **act)
            messages.success(request, "Đã dùng bản đồng chí chọn. Bản kia được để bên.")
        else:
            filing_copies.keep_saved(copy=copy, by=request.user, at=request.received_at)
            messages.success(request, "Giữ bản đã lưu. Bản kia được để bên.")
    except ValidationError as error:
        if error.code == "sent":
            return redirect("reports:session-receipt", forms.filing.pk)
        forms.filing.refresh_from_db()
        return versions_page(
            request, FilingForms(forms.filing, at=request.received_at), problem=error.message, status=409
        )
    filing = forms.filing
    filing.refresh_from_db()
    if filing.copies.filter(settled_at=None).exists():
        return redirect("reports:session-versions", filing.pk)
    steps = [part for part in forms.parts if part in copy.content]
    return redirect(step_url(filing, steps[0] if steps else forms.parts[0]))


def _number(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def difference(forms, copy):
    """[(step, field, saved, typed)] in words, of what differs."""
    rows = []
    for part in PARTS:
        typed, saved = copy.content.get(part), forms.content.get(part, {})
        if typed is None or part not in forms.parts:
            continue
        for name, field in forms.build(part).fields.items():
            if typed.get(name) != saved.get(name) and (typed.get(name) or saved.get(name)):
                label = TITLES[part], str(field.label)
                rows.append((*label, _words(field, saved.get(name)), _words(field, typed.get(name))))
    return rows


def _words(field, value):
    if isinstance(field, django_forms.BooleanField):
        return "Có" if value else "Không"
    if isinstance(field, django_forms.ModelMultipleChoiceField):
        chosen = field.queryset.filter(pk__in=[one for one in value or [] if str(one).isdecimal()])
        return ", ".join(str(one) for one in chosen) or _EMPTY
    if isinstance(field, django_forms.MultipleChoiceField):
        known = dict(field.choices)
        return ", ".join(str(known.get(one, one)) for one in value or []) or _EMPTY
    if isinstance(field, django_forms.ChoiceField):
        return dict(field.choices).get(value, value) or _EMPTY
    return value or _EMPTY
