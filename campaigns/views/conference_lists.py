"""The list of those convened: its classes, lines by hand, and the biên bản that begins with it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.forms.conferences import ClassesForm, InviteeForm
from campaigns.models import Invitee
from campaigns.selectors.conferences import visible_conferences
from campaigns.services import conference_lists as services
from campaigns.services.conference_minutes import draft_minutes, refresh_attendance
from campaigns.views.refusals import put_on_form, tell
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def conference_classes(request, pk):
    """Choose the classes; the list is filled from the ward's units and offices."""
    conference = _listed(request, pk)
    initial = {"classes": list(conference.classes.values_list("kind", flat=True))}
    form = ClassesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_classes(
                conference=conference, kinds=form.cleaned_data["classes"], by=request.user, at=request.received_at
            )
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã cập nhật danh sách triệu tập theo thành phần và đơn vị hiện có.")
            return redirect(conference)
    return render(request, "campaigns/conference_classes.html", {"form": form, "conference": conference})


@require_http_methods(["GET", "HEAD", "POST"])
def invitee_new(request, pk):
    """Write a line by hand: a guest, another office, a unit convened whole."""
    conference = _listed(request, pk)
    form = InviteeForm(request.POST or None, ward=conference.ward, on=timezone.localdate(request.received_at))
    if request.method == "POST" and form.is_valid():
        try:
            invitee = services.add_invitee(
                conference=conference, by=request.user, at=request.received_at, **form.cleaned_data
            )
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, f"Đã thêm {invitee} vào danh sách.")
            return redirect(conference)
    return render(request, "campaigns/invitee_form.html", {"form": form, "conference": conference})


@require_http_methods(["GET", "HEAD", "POST"])
def invitee_edit(request, pk, invitee_pk):
    """Correct a line."""
    conference = _listed(request, pk)
    invitee = get_object_or_404(
        Invitee.objects.select_related("conference__ward", "unit"), conference=conference, pk=invitee_pk
    )
    initial = {name: getattr(invitee, name) for name in ("name", "office", "whole", "heads")} | {
        "unit": invitee.unit_id
    }
    today = timezone.localdate(request.received_at)
    form = InviteeForm(request.POST or None, initial=initial, ward=conference.ward, on=today, fixed_kind=True)
    if request.method == "POST" and form.is_valid():
        try:
            services.revise_invitee(invitee=invitee, by=request.user, at=request.received_at, **form.cleaned_data)
        except ValidationError as refused:
            put_on_form(form, refused)
        else:
            messages.success(request, "Đã lưu đại biểu.")
            return redirect(conference)
    context = {"form": form, "conference": conference, "invitee": invitee}
    return render(request, "campaigns/invitee_form.html", context)


@require_POST
def invitee_remove(request, pk, invitee_pk):
    """Take a line off the list."""
    conference = _listed(request, pk)
    invitee = get_object_or_404(
        Invitee.objects.select_related("conference__ward", "unit"), conference=conference, pk=invitee_pk
    )
    name = str(invitee)
    try:
        services.remove_invitee(invitee=invitee, by=request.user, at=request.received_at)
    except ValidationError as refused:
        tell(request, refused)
    else:
        messages.success(request, f"Đã bỏ {name} khỏi danh sách.")
    return redirect(conference)


@require_POST
def conference_minutes(request, pk):
    """Begin the biên bản with the attendance at its head, or open the one it has; "cap-nhat" writes its section I anew."""
    conference = get_object_or_404(visible_conferences(request.access).select_related("ward", "venue"), pk=pk)
    request.access.require(Permission.DRAFT_PAPER, conference.ward)
    facts = {"conference": conference, "by": request.user, "at": request.received_at}
    if "cap-nhat" not in request.POST:
        return redirect("documents:draft-edit", draft_minutes(**facts).pk)
    try:
        refresh_attendance(**facts)
    except ValidationError as refused:
        tell(request, refused)
    else:
        messages.success(request, "Đã cập nhật mục I của biên bản theo điểm danh; các mục khác giữ nguyên.")
    return redirect(conference)


def _listed(request, pk):
    conference = get_object_or_404(visible_conferences(request.access).select_related("ward", "venue"), pk=pk)
    request.access.require(Permission.CALL_CONFERENCE, conference.ward)
    return conference
