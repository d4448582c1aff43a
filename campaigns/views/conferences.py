"""Hội nghị: the list with the year's count and what may be joined, the record, its time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.choices import ConferenceState
from campaigns.forms.conferences import (
    CancelForm,
    ClassesForm,
    ConferenceFilterForm,
    ConferenceForm,
    MergeForm,
    PostponeForm,
    TimeForm,
)
from campaigns.selectors import conferences as selectors
from campaigns.selectors.conference_minutes import minutes_of, minutes_outdated
from campaigns.selectors.invitations import left_office
from campaigns.services import conferences as services
from campaigns.views.refusals import put_on_form, tell
from units.permissions import Permission

SHOWN = ("title", "month_on", "organiser", "wide", "way", "online_points", "venue", "place", "chair", "recorder", "speaker", "programme", "materials")  # fmt: skip


@require_safe
def conference_list(request):
    """The ward's conferences of one year or all, how many of them are commune-wide, and plans that could share one."""
    request.access.require(Permission.READ_WARD)
    ward, today = request.access.ward, timezone.localdate(request.received_at)
    form = ConferenceFilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    year = chosen.get("year") or today.year
    rows = selectors.listed_conferences(request.access, year=chosen.get("year"), state=chosen.get("state", ""))
    context = {
        "form": form,
        "rows": rows,
        "filtered": any(chosen.values()),
        "year": year,
        "wide": selectors.wide_in_year(ward, year),
        "limit": selectors.YEAR_LIMIT,
        "suggestions": selectors.suggestions(ward, on=today),
        "may_call": request.access.can(Permission.CALL_CONFERENCE),
    }
    return render(request, "campaigns/conference_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conference_new(request):
    """Call a conference; ?ke-hoach=12,14 begins with what those plans' papers say of it."""
    request.access.require(Permission.CALL_CONFERENCE)
    ward, choices = request.access.ward, selectors.plan_choices(request.access.ward)
    asked = [int(pk) for pk in request.GET.get("ke-hoach", "").split(",") if pk.isdecimal() and len(pk) < 10]
    facts = selectors.first_facts(ward, list(choices.filter(pk__in=asked)), on=timezone.localdate(request.received_at))
    form = ConferenceForm(request.POST or None, initial=facts, plans=choices, ward=ward)
    classes = ClassesForm(request.POST or None, initial=facts)
    if request.method == "POST" and all([form.is_valid(), classes.is_valid()]):
        typed = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        conference = services.call_conference(
            ward=ward, kinds=classes.cleaned_data["classes"], by=request.user, at=request.received_at, **typed
        )
        messages.success(request, "Đã lập hội nghị và danh sách triệu tập. Đồng chí xem lại từng thành phần.")
        return redirect(conference)
    return render(request, "campaigns/conference_form.html", {"form": form, "classes": classes})


@require_safe
def conference_detail(request, pk):
    """One conference: time, hall and its room, plans, the list by class, what happened to it."""
    rows = selectors.visible_conferences(request.access).select_related("ward", "venue", "merged_into")
    conference = get_object_or_404(rows, pk=pk)
    groups, minutes = selectors.roll_groups(conference), minutes_of(conference)
    totals = selectors.all_totals(groups)
    capacity = conference.venue.capacity if conference.venue_id else None
    may_call = request.access.can(Permission.CALL_CONFERENCE)
    context = {
        "conference": conference,
        "groups": groups,
        "totals": totals,
        "overfull": capacity and totals.convened > capacity,
        "plans": conference.plans.select_related("paper").order_by("pk"),
        "moves": conference.moves.select_related("made_by"),
        "may_call": may_call,
        "may_draft": request.access.can(Permission.DRAFT_PAPER),
        "minutes": minutes,
        "minutes_outdated": minutes_outdated(minutes, groups),
        "roll_open": conference.held_on and conference.held_on <= timezone.localdate(request.received_at),
        "may_change": may_call and conference.is_open,
        "may_move": may_call and conference.is_open and not selectors.was_held(conference),
        "left": left_office(conference, on=timezone.localdate(request.received_at)) if may_call else [],
        "twins": selectors.twins(conference) if may_call else [],
        "wide": selectors.wide_in_year(conference.ward, conference.month_on.year),
        "limit": selectors.YEAR_LIMIT,
    }
    return render(request, "campaigns/conference_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conference_edit(request, pk):
    """Change what is written about the conference."""
    conference = _called(request, pk)
    choices = selectors.plan_choices(conference.ward, conference=conference)
    initial = {name: getattr(conference, name) for name in SHOWN} | {"version": conference.version}
    initial |= {"venue": conference.venue_id, "plans": list(conference.plans.values_list("pk", flat=True))}
    with_month = conference.state == ConferenceState.PLANNED
    form = ConferenceForm(
        request.POST or None, initial=initial, plans=choices, ward=conference.ward, with_month=with_month
    )
    if request.method == "POST" and form.is_valid():
        facts = {"month_on": conference.month_on} | form.cleaned_data
        facts["version"] = facts["version"] or 0
        if _done(request, form, services.revise_conference, conference, facts, "Đã lưu hội nghị."):
            return redirect(conference)
    return render(request, "campaigns/conference_form.html", {"form": form, "conference": conference})


@require_http_methods(["GET", "HEAD", "POST"])
def conference_time(request, pk):
    """Set the day and hour, or move them with a reason; those convened are told."""
    conference = _called(request, pk)
    moving = conference.state == ConferenceState.FIXED
    names = ("version", "held_on", "starts_at", "minutes", "place")
    initial = {name: getattr(conference, name) for name in names} | {"venue": conference.venue_id}
    form = TimeForm(request.POST or None, initial=initial, ward=conference.ward, moving=moving)
    if request.method == "POST" and form.is_valid():
        words = "Đã ghi thời gian. Bí thư và người được triệu tập có tài khoản sẽ thấy thông báo trong giờ làm việc."
        if _done(request, form, services.fix_time, conference, form.cleaned_data, words):
            return redirect(conference)
    return render(request, "campaigns/conference_time.html", {"form": form, "conference": conference, "moving": moving})


@require_http_methods(["GET", "HEAD", "POST"])
def conference_postpone(request, pk):
    """Give the day back: expected in a month again, those convened are told why."""
    conference = _called(request, pk)
    initial = {"version": conference.version, "month_on": conference.month_on}
    form = PostponeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = "Đã hoãn, hội nghị trở lại dự kiến trong tháng; người được triệu tập được báo."
        if _done(request, form, services.postpone_conference, conference, form.cleaned_data, words):
            return redirect(conference)
    return render(request, "campaigns/conference_postpone.html", {"form": form, "conference": conference})


@require_http_methods(["GET", "HEAD", "POST"])
def conference_cancel(request, pk):
    """Call the conference off, with the reason people are told."""
    conference = _called(request, pk)
    form = CancelForm(request.POST or None, initial={"version": conference.version})
    if request.method == "POST" and form.is_valid():
        words = "Đã hủy hội nghị và báo cho người được triệu tập."
        if _done(request, form, services.cancel_conference, conference, form.cleaned_data, words):
            return redirect(conference)
    return render(request, "campaigns/conference_cancel.html", {"form": form, "conference": conference})


@require_POST
def conference_join(request, pk):
    """ "Gộp được": hold this conference for more plans of the month too."""
    conference = _called(request, pk)
    asked = [pk for pk in request.POST.getlist("ke-hoach") if pk.isdecimal() and len(pk) < 10]
    plans = list(selectors.plan_choices(conference.ward).filter(pk__in=asked))
    if not plans:
        messages.error(request, "Đồng chí chọn một kế hoạch. Chưa có gì thay đổi.")
        return redirect(conference)
    try:
        services.join_plan(conference=conference, plans=plans, by=request.user, at=request.received_at)
    except ValidationError as refused:
        tell(request, refused)
    else:
        messages.success(request, f"Đã đưa {len(plans)} kế hoạch vào hội nghị này.")
    return redirect(conference)


@require_POST
def conference_merge(request, pk):
    """Take another conference of the month into this one; the other is called off."""
    conference = _called(request, pk)
    others = conference.ward.conferences.filter(pk__in=[one.pk for one in selectors.twins(conference)])
    form = MergeForm(request.POST, others=others)
    if not form.is_valid():
        messages.error(request, "Đồng chí chọn một hội nghị cùng tháng. Chưa có gì thay đổi.")
        return redirect(conference)
    gone = form.cleaned_data["other"]
    try:
        services.merge_conferences(kept=conference, gone=gone, by=request.user, at=request.received_at)
    except ValidationError as refused:
        tell(request, refused)
    else:
        messages.success(request, "Đã gộp hai hội nghị làm một.")
    return redirect(conference)


def _called(request, pk):
    """The conference, for a person who may call conferences; foreign ones are not found, others of the ward refused."""
    conference = get_object_or_404(selectors.visible_conferences(request.access).select_related("ward", "venue"), pk=pk)
    request.access.require(Permission.CALL_CONFERENCE, conference.ward)
    return conference


def _done(request, form, act, conference, facts, words):
    """Whether `act` was carried out with the `facts` typed, told in `words`; what refuses it stands on the form."""
    try:
        act(conference=conference, by=request.user, at=request.received_at, **facts)
    except ValidationError as refused:
        put_on_form(form, refused)
        return False
    messages.success(request, words)
    return True
