"""The calendar of working days, year by year."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from units.forms.calendar import CalendarDayForm, YearForm
from units.models import CalendarDay
from units.permissions import Permission
from units.selectors.calendar import calendar_end, days_of, unconfirmed
from units.services import calendar as services


@require_safe
def calendar(request):
    """All special days of one year."""
    request.access.require(Permission.MANAGE_SETTINGS)
    form = YearForm(request.GET)
    year = form.cleaned_data["nam"] if form.is_valid() and form.cleaned_data["nam"] else timezone.localdate().year
    days = days_of(year)
    context = {
        "year": year,
        "days": days,
        "waiting": {day.pk for day in unconfirmed(days)},
        "calendar_end": calendar_end(),
        "today": timezone.localdate(),
    }
    return render(request, "units/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_day_create(request):
    """A new day off or make-up Saturday."""
    request.access.require(Permission.MANAGE_SETTINGS)
    return _edit(request, CalendarDay(), "units/calendar_day_create.html")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_day_edit(request, pk):
    """Change a day."""
    request.access.require(Permission.MANAGE_SETTINGS)
    return _edit(request, get_object_or_404(CalendarDay, pk=pk), "units/calendar_day_edit.html")


@require_POST
def calendar_day_confirm(request, pk):
    """One day stands as the official notice says."""
    request.access.require(Permission.MANAGE_SETTINGS)
    day = get_object_or_404(CalendarDay, pk=pk)
    services.confirm_days(days=CalendarDay.objects.filter(pk=pk), by=request.user, at=timezone.now())
    messages.success(request, f"Đã xác nhận ngày {day.day:%d/%m/%Y}.")
    return _back(day.day.year)


@require_POST
def calendar_day_remove(request, pk):
    """Take a day out; it can be entered again, so it is not asked twice."""
    request.access.require(Permission.MANAGE_SETTINGS)
    day = get_object_or_404(CalendarDay, pk=pk)
    services.remove_day(day=day, by=request.user)
    messages.success(request, f"Đã bỏ ngày {day.day:%d/%m/%Y} khỏi lịch; ngày này trở lại như ngày thường trong tuần.")
    return _back(day.day.year)


def _edit(request, day, template):
    form = CalendarDayForm(request.POST or None, instance=day)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_day(day=form.instance, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Đã lưu ngày {day.day:%d/%m/%Y}.")
            return _back(day.day.year)
    return render(request, template, {"form": form, "day": day})


def _back(year):
    return redirect(f"{reverse('units:calendar')}?nam={year}")
