"""Working days of the office: Monday to Friday, less the days off, plus the Saturdays worked instead (domain.md 7)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from units.choices import DayKind
from units.lunar import lunar_day
from units.models import CalendarDay

_SATURDAY = 5
_CHAP, _ONG_TAO, _MUNG_SAU = 12, 23, 6  # lunar
_LONGEST_BREAK = 60  # days; a calendar that leaves no working day in two months is a mistake of typing


@dataclass(frozen=True)
class WorkCalendar:
    """The calendar as it stood when it was loaded; load it once for a batch and ask it as often as needed."""

    special: dict[date, str]

    @classmethod
    def load(cls) -> "WorkCalendar":
        """Read the whole calendar (some dozens of rows a year) in one query."""
        return cls(dict(CalendarDay.objects.order_by().values_list("day", "kind")))

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on `day`."""
        kind = self.special.get(day)
        if kind is not None:
            return kind == DayKind.MAKE_UP
        return day.weekday() < _SATURDAY

    def previous_working_day(self, day: date) -> date:
        """`day` itself when it is worked, else the last working day before it."""
        return self._nearest(day, -1)

    def next_working_day(self, day: date) -> date:
        """`day` itself when it is worked, else the first working day after it."""
        return self._nearest(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days after `day` (before it when negative); 0 gives `day`."""
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day = self._nearest(day + timedelta(days=step), step)
        return day

    def _nearest(self, day: date, step: int) -> date:
        for offset in range(_LONGEST_BREAK):
            candidate = day + timedelta(days=step * offset)
            if self.is_working_day(candidate):
                return candidate
        return day


class RemindingCalendar(WorkCalendar):
    """The days on which anybody is reminded: working days outside 23 tháng Chạp to mùng 6 Tết (domain.md 7)."""

    def is_working_day(self, day: date) -> bool:
        """Whether people may be reminded on `day`."""
        return super().is_working_day(day) and not is_tet_season(day)


def is_tet_season(day: date) -> bool:
    """From 23 tháng Chạp, when the kitchen gods are seen off, to mùng 6 tháng Giêng."""
    lunar = lunar_day(day)
    return (lunar.month == _CHAP and lunar.day >= _ONG_TAO) or (lunar.month == 1 and lunar.day <= _MUNG_SAU)


OFFICE_OPENS, OFFICE_CLOSES = time(7, 30), time(17, 0)


def office_moment(at: datetime, calendar: WorkCalendar) -> datetime:
    """When what the office decides at `at` (aware) reaches people: at once in working hours, else when the office next opens."""
    local = timezone.localtime(at)
    if calendar.is_working_day(local.date()) and OFFICE_OPENS <= local.time() < OFFICE_CLOSES:
        return at
    day = local.date() if local.time() < OFFICE_OPENS else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(calendar.next_working_day(day), OFFICE_OPENS))


def is_working_day(day: date) -> bool:
    """Whether the office works on `day`; one query, see :class:`WorkCalendar` for many days."""
    return WorkCalendar.load().is_working_day(day)


def previous_working_day(day: date) -> date:
    """`day` itself when it is worked, else the last working day before it."""
    return WorkCalendar.load().previous_working_day(day)


def next_working_day(day: date) -> date:
    """`day` itself when it is worked, else the first working day after it."""
    return WorkCalendar.load().next_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day`."""
    return WorkCalendar.load().add_working_days(day, count)
