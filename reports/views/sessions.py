"""The secretary's pages: what is due, the form in steps, the receipt. Made for a phone; works without JavaScript."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.forms.filing import FilingForms, raw_of
from reports.forms.session import ExtraSessionForm
from reports.places import SESSION, is_outline
from reports.selectors.branches import own_branches, put_families
from reports.selectors.outline import reports_alone
from reports.selectors.returned import put_returned, returned_places
from reports.selectors.sessions import due_of, plans_to_report, reporting_units
from reports.selectors.submissions import visible_filing, visible_submissions
from reports.services import filings as services
from reports.services.parcels import MOST_EXTRA, change_extra, take_extra
from reports.services.submissions import confirm_submission
from reports.views.answer_pages import redirect_to_sheet
from reports.views.session_pages import (
    SLUG_PARTS,
    device_of,
    exit_url,
    extra_context,
    key_of,
    place_url,
    put_differences,
    receipt_context,
    step_context,
    step_url,
    version_of,
)
from reports.views.session_versions import came_late, keep_beside, two_versions
from units.permissions import Permission


@require_safe
def session_list(request):
    """What the person's units still have to report, in all plans, and what they have sent."""
    request.access.require(Permission.REPORT_UNIT)
    today = timezone.localdate()
    cards = due_of(reporting_units(request.access, Permission.REPORT_UNIT))
    put_families(cards, on=today)
    put_returned(cards)
    put_differences(cards)
    unit_name = cards[0].unit.short_name if len(cards) == 1 else ""
    can_confirm = request.access.can(Permission.CONFIRM_UNIT)
    context = {"cards": cards, "unit_name": unit_name, "today": today, "can_confirm": can_confirm}
    context["own_branches"] = own_branches(request.access, on=today)
    return render(request, "reports/session_list.html", context)


@require_POST
def session_create(request, unit_pk):
    """Open the form of a unit, or go on with the one begun."""
    request.access.require(Permission.REPORT_UNIT)
    units = {unit.pk: unit for unit in reporting_units(request.access, Permission.REPORT_UNIT)}
    if unit_pk not in units:
        raise Http404
    unit = units[unit_pk]
    try:
        filing = services.open_filing(unit=unit, plans=plans_to_report(unit), by=request.user, at=request.received_at)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("reports:session-list")
    forms = FilingForms(filing, at=request.received_at)
    return redirect(step_url(filing, forms.first_wrong() or forms.parts[-1]))


@require_http_methods(["GET", "HEAD", "POST"])
def session_step(request, pk, slug):
    """One step of the form: shown, kept whatever was typed, and passed on when it is right."""
    filing = _filing(request, pk)
    forms = FilingForms(filing, at=request.received_at)
    part = SLUG_PARTS.get(slug)
    if part not in forms.parts:
        raise Http404
    if filing.sent_at:
        if request.method == "POST":
            keep_beside(request, filing, {part: raw_of(forms.form(part, data=request.POST))})
        return redirect("reports:session-receipt", filing.pk)
    if request.method != "POST":
        if part == forms.parts[-1] and (wrong := forms.first_wrong()):
            messages.info(request, "Đồng chí hoàn thành bước này trước khi gửi.")
            return redirect(step_url(filing, wrong))
        return render(request, f"reports/session_{part}.html", step_context(request, forms, part))
    return _save_step(request, forms, part)


def _save_step(request, forms, part):
    form = forms.form(part, data=request.POST)
    valid = form.is_valid()
    last = part == forms.parts[-1]
    if last and valid and forms.filing.sent_at is None and forms.first_wrong() is None:
        return _send(request, forms, form)
    try:
        filing = services.save_filing(**_typed(request, forms, form, part), by=request.user, at=request.received_at)
    except ValidationError as error:
        return _refused(request, forms, {part: raw_of(form)}, error)
    if not valid:
        # what was typed is kept, so the page is opened anew: a phone's Back button never asks to send a form again
        return redirect(step_url(filing, part))
    forms = FilingForms(filing, at=forms.at)
    if part == SESSION and "later" in request.POST:
        services.record_from_filing(filing=filing, entry=forms.sessions[0], by=request.user, at=request.received_at)
        messages.success(request, "Đã ghi nhận buổi học. Đồng chí báo cáo số liệu khi thuận tiện, trước hạn.")
        return redirect(exit_url(filing))
    wrong = forms.first_wrong()
    if last and wrong:
        messages.error(request, "Chưa gửi được: bước này còn chỗ cần xem lại. Mọi số liệu đã gõ vẫn được giữ.")
        return redirect(step_url(filing, wrong))
    if wrong is None:  # from here on the page with the points opens
        services.show_points(filing=filing, by=request.user, at=request.received_at)
    return redirect(step_url(filing, forms.parts[forms.parts.index(part) + 1]))


def _typed(request, forms, form, part):
    """What one step brings, for save_filing."""
    return {
        "filing": forms.filing,
        "version": version_of(request),
        "changes": {part: raw_of(form)},
        "typed": [part],
        "device": device_of(request),
    }


def _refused(request, forms, content, error):
    if error.code == "sent":
        keep_beside(request, forms.filing, content)
        return redirect("reports:session-receipt", forms.filing.pk)
    return two_versions(request, forms, content, error.message)


def _send(request, forms, form):
    """Keep the last step and send what stands: one transaction, a few statements. What is refused is kept all the same."""
    part, filing = forms.parts[-1], forms.filing
    save = _typed(request, forms, form, part)
    try:
        filing = services.save_and_send(save=save, **_sending(request, forms, form))
    except ValidationError as error:
        filing.refresh_from_db()
        try:
            services.save_filing(**save, by=request.user, at=request.received_at)
        except ValidationError as refused:
            return _refused(request, forms, {part: raw_of(form)}, refused)
        context = step_context(request, FilingForms(filing, at=forms.at), part, form=form)
        context |= {"problem": " ".join(error.messages)}
        return render(request, f"reports/session_{part}.html", context, status=409)
    return redirect("reports:session-receipt", filing.pk)


def deliver(request, forms, form, *, finished_at=None):
    """Send the steps of `forms` with the valid score sheet `form`. Raises ValidationError, see send_filing."""
    filing = forms.filing
    return services.send_filing(filing=filing, version=filing.version, finished_at=finished_at, **_sending(request, forms, form))


def _sending(request, forms, form):
    """What the steps say, for send_filing."""
    filing = forms.filing
    return {
        "plans": forms.chosen_plans,
        "sessions": forms.sessions,
        "figures": forms.figures,
        "points": form.given(),
        "confirmed": not filing.by_office and request.access.can(Permission.CONFIRM_UNIT, filing.unit),
        "ground": forms.ground,
        "by": request.user,
        "at": request.received_at,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def session_extra(request, pk):
    """A further session of the same study: on shift or made up for."""
    filing = _filing(request, pk, sent=False)
    forms = FilingForms(filing, at=request.received_at)
    initial = {name: forms.content[SESSION].get(name) for name in ("form", "way")}
    form = ExtraSessionForm(
        request.POST or None, initial=initial, directives=forms.extra_choices, heads=not forms.withheld
    )
    if len(forms.content["extra"]) >= MOST_EXTRA:
        messages.error(request, f"Một báo cáo có nhiều nhất {MOST_EXTRA} buổi thêm. Đồng chí ghi gộp các buổi cùng ngày.")
        return redirect(step_url(filing, SESSION))
    if request.method == "POST" and form.is_valid():
        act = {"device": device_of(request), "by": request.user, "at": request.received_at}
        try:
            take_extra(filing=filing, key=key_of(request), entry=raw_of(form), **act)
            return redirect(step_url(filing, SESSION))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "reports/session_extra.html", extra_context(request, forms, form))


@require_http_methods(["GET", "HEAD", "POST"])
def session_extra_edit(request, pk, index):
    """A further session that stands in the form, opened again with what was typed."""
    filing = _filing(request, pk, sent=False)
    forms = FilingForms(filing, at=request.received_at)
    if index >= len(forms.content["extra"]):
        raise Http404
    form = ExtraSessionForm(
        request.POST or None, initial=forms.content["extra"][index], directives=forms.extra_choices, heads=not forms.withheld
    )
    if request.method == "POST" and form.is_valid():
        act = {"device": device_of(request), "by": request.user, "at": request.received_at}
        try:
            change_extra(filing=filing, index=index, version=version_of(request), entry=raw_of(form), **act)
            return redirect(step_url(filing, SESSION))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "reports/session_extra.html", extra_context(request, forms, form, index=index))


@require_POST
def session_extra_remove(request, pk, index):
    """Take a further session out of the form."""
    filing = _filing(request, pk, sent=False)
    extra = list(filing.content.get("extra", []))
    del extra[index : index + 1]  # pressed twice, there is nothing left to take out
    try:
        services.save_filing(filing=filing, version=filing.version, changes={"extra": extra}, by=request.user, at=request.received_at)
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect(step_url(filing, SESSION))


@require_safe
def session_receipt(request, pk):
    """The receipt: number, time, which unit it was, the paper to print."""
    filing = _filing(request, pk)
    if filing.sent_at is None:
        raise Http404
    context = receipt_context(request, filing) | {"came_late": came_late(filing, at=request.received_at)}
    return render(request, "reports/session_receipt.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_drop(request, pk):
    """Throw a draft away, after asking."""
    filing = _filing(request, pk, sent=False)
    if request.method == "POST":
        try:
            services.drop_filing(filing=filing, by=request.user, at=request.received_at)
            messages.success(request, "Đã bỏ bản đang viết.")
        except ValidationError as error:
            messages.error(request, error.message)
        return redirect(exit_url(filing))
    context = {"filing": filing, "unit_name": filing.unit.short_name, "back_url": step_url(filing, SESSION)}
    return render(request, "reports/session_drop.html", context)


@require_POST
def session_amend(request, pk):
    """Open a returned report at a place the office named, the first unless another was tapped: one tap."""
    submission = get_object_or_404(visible_submissions(request.access), pk=pk)
    request.access.require(Permission.REPORT_UNIT, submission.unit)
    named = [one.field for one in returned_places(submission)]
    field = request.POST.get("place") if request.POST.get("place") in named else named[0]
    if is_outline(field) or reports_alone(submission.plan, submission.unit):
        return redirect_to_sheet(request, submission.unit, submission.plan, place=field)
    try:
        filing = services.open_amendment(submission=submission, by=request.user, at=request.received_at)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("reports:session-list")
    return redirect(place_url(FilingForms(filing, at=request.received_at), field))


@require_POST
def session_confirm(request, pk):
    """Bí thư xác nhận what a helper or the office entered."""
    submission = get_object_or_404(visible_submissions(request.access), pk=pk)
    request.access.require(Permission.CONFIRM_UNIT, submission.unit)
    try:
        confirm_submission(submission=submission, by=request.user, at=request.received_at)
        messages.success(request, "Đồng chí đã xác nhận báo cáo.")
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("reports:session-list")


def _filing(request, pk, *, sent=None):
    """The filing if the person may see it and, when `sent` is given, if it stands so; 403 without the right to report."""
    filing = visible_filing(request.access, pk)
    if filing is None or (sent is not None and (filing.sent_at is not None) != sent):
        raise Http404
    return filing


