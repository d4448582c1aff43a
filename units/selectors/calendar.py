"""What the calendar page shows, and how far the calendar reaches."""

from datetime import date, timedelta

from django.db.models import Max, QuerySet

from units.models import CalendarDay

RUNNING_OUT = timedelta(days=61)


def days_of(year: int) -> QuerySet[CalendarDay]:
    """The special days of one year in order."""
    return CalendarDay.objects.filter(day__year=year).select_related("confirmed_by")


def unconfirmed(days: QuerySet[CalendarDay]) -> QuerySet[CalendarDay]:
    """Days that rest on no known notice and that nobody of the office has confirmed."""
    return days.filter(confirmed_at__isnull=True, source="")


def calendar_end() -> date | None:
    """The last day of the last year the calendar knows; None when it is empty."""
    last = CalendarDay.objects.aggregate(last=Max("day"))["last"]
    return date(last.year, 12, 31) if last else None


def runs_out(*, on: date) -> date | None:
    """The calendar's end when it lies within two months of `on`, else None; an empty calendar has ended already."""
    end = calendar_end()
    if end is None:
        return on
    return end if end - on <= RUNNING_OUT else None
