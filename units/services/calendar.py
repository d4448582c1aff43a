"""The calendar of days off: first content from public rules, then the office's own word (decisions 21, domain.md 7.3)."""

from datetime import date, datetime

import holidays
from django.core.exceptions import ValidationError
from django.db import transaction

from units.choices import DayKind
from units.models import CalendarDay, User
from units.services.audit import record_event

SEEDED_YEARS = (2026, 2027)
LAW = "Bộ luật Lao động, Điều 112"
NOTICE_2026 = "Thông báo nghỉ lễ, Tết năm 2026"
# What the official notice for 2026 adds to the statutory days: days off and the Saturdays worked instead.
_SWAPS = (
    (date(2026, 1, 2), DayKind.OFF, "Nghỉ hoán đổi dịp Tết Dương lịch"),
    (date(2026, 1, 10), DayKind.MAKE_UP, "Làm bù cho ngày 02/01/2026"),
    (date(2026, 8, 31), DayKind.OFF, "Nghỉ hoán đổi dịp Quốc khánh"),
    (date(2026, 8, 22), DayKind.MAKE_UP, "Làm bù cho ngày 31/8/2026"),
)
# Fixed by law for every year; Tết and the second day of Quốc khánh wait for the year's notice.
_FIXED = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
# Decided in policy, not yet found as law: shown and marked until the office confirms or removes it.
_NOT_LAW_YET = (11, 24)


@transaction.atomic
def seed_calendar(*, years: tuple[int, ...] = SEEDED_YEARS) -> int:
    """Enter the days off of `years` that are not in the calendar yet; returns how many were added.

    Days with a known source need no confirming; Tết 2027, the second day of Quốc khánh 2027 and 24/11 do.
    """
    rows = {day: (DayKind.OFF, name) for day, name in _statutory(years).items()}
    rows |= {day: (kind, name) for day, kind, name in _SWAPS if day.year in years}
    known = set(CalendarDay.objects.filter(day__in=rows).values_list("day", flat=True))
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, kind=kind, name=name[:120], source=_source(day, name))
        for day, (kind, name) in sorted(rows.items())
        if day not in known
    )
    return len(rows.keys() - known)


@transaction.atomic
def save_day(*, day: CalendarDay, by: User, at: datetime) -> CalendarDay:
    """Add or change a day; what the office types itself counts as confirmed."""
    day.confirmed_at, day.confirmed_by = at, by
    day.full_clean(exclude=["confirmed_by"])
    day.save()
    record_event(by=by, verb="calendar.save", target=day, details={"day": day.day.isoformat(), "kind": str(day.kind)})
    return day


@transaction.atomic
def confirm_days(*, days, by: User, at: datetime) -> int:
    """Confirm unconfirmed days (a queryset) against the official notice; returns how many."""
    waiting = list(days.filter(confirmed_at__isnull=True))
    for day in waiting:
        CalendarDay.objects.filter(pk=day.pk).update(confirmed_at=at, confirmed_by=by)
        record_event(by=by, verb="calendar.confirm", target=day, details={"day": day.day.isoformat()})
    return len(waiting)


@transaction.atomic
def remove_day(*, day: CalendarDay, by: User) -> None:
    """Take a day out: it becomes an ordinary weekday or weekend again."""
    record_event(by=by, verb="calendar.remove", target=day, details={"day": day.day.isoformat(), "kind": str(day.kind)})
    if not CalendarDay.objects.filter(pk=day.pk).delete()[0]:
        raise ValidationError("Ngày này đã được bỏ khỏi lịch từ trước.", code="gone")


def _statutory(years: tuple[int, ...]) -> dict[date, str]:
    return dict(holidays.country_holidays("VN", years=years, language="vi"))


def _source(day: date, name: str) -> str:
    """The rule a day rests on, or "" when the office must confirm it."""
    if (day.month, day.day) == _NOT_LAW_YET:
        return ""
    if day.year == SEEDED_YEARS[0]:
        return NOTICE_2026
    sure = (day.month, day.day) in _FIXED or "Hùng Vương" in name or "nghỉ bù" in name
    return LAW if sure else ""
