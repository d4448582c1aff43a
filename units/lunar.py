"""The Vietnamese lunar calendar, as far as the office needs it: which day of which lunar month a date is.

Source: the method of Hồ Ngọc Đức, "Thuật toán tính âm lịch" (after J. Meeus, Astronomical Algorithms, 1998): months
begin on the day of the new moon in Việt Nam (UTC+7), and month 11 holds the winter solstice. Pure arithmetic.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from math import floor, pi, sin

_VIETNAM = 7 / 24  # days ahead of UTC
_JULIAN = 1_721_425  # Julian day number that begins at the noon before ordinal 0 of `date.toordinal`
_NEW_MOON_1900 = 2_415_021.076998695
_MONTH = 29.530588853


@dataclass(frozen=True)
class LunarDay:
    """A day of the lunar calendar; `leap` marks the second of two months of the same number."""

    day: int
    month: int
    leap: bool = False


@lru_cache(maxsize=4096)
def lunar_day(day: dt.date) -> LunarDay:
    """The lunar day of a date between 1800 and 2199."""
    number = _day_number(day)
    month_start = _month_start(number)
    eleventh = _eleventh_month(day.year)
    if eleventh >= month_start:
        following, eleventh = eleventh, _eleventh_month(day.year - 1)
    else:
        following = _eleventh_month(day.year + 1)
    months = (month_start - eleventh) // 29
    month, leap = months + 11, False
    if following - eleventh > 365:
        extra = _leap_offset(eleventh)
        month -= months >= extra
        leap = months == extra
    return LunarDay(number - month_start + 1, month - 12 if month > 12 else month, leap)


def _day_number(day: dt.date) -> int:
    """The Julian day number that begins at noon of `day`."""
    return day.toordinal() + _JULIAN


def _month_start(number: int) -> int:
    k = floor((number - _NEW_MOON_1900) / _MONTH)
    start = _new_moon(k + 1)
    return start if start <= number else _new_moon(k)


@lru_cache(maxsize=512)
def _new_moon(k: int) -> int:
    """The day of the k-th new moon after the one of 1/1/1900, in Việt Nam."""
    t = k / 1236.85
    rad = pi / 180
    mean = 2_415_020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * rad)
    sun = (359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3) * rad
    moon = (306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3) * rad
    node = (21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3) * rad
    terms = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon) + 0.0161 * sin(2 * moon)
    terms += -0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    terms += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    terms += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    drift = -0.000278 + 0.000265 * t + 0.000262 * t**2  # terrestrial time against universal time, in days
    return floor(mean + terms - drift + 0.5 + _VIETNAM)


def _sun_arc(number: int) -> int:
    """Which of the twelve arcs of 30 degrees the sun is in when `number` begins in Việt Nam."""
    t = (number - 2_451_545.5 - _VIETNAM) / 36_525
    rad = pi / 180
    anomaly = (357.52910 + 35_999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * rad
    mean = 280.46645 + 36_000.76983 * t + 0.0003032 * t**2
    centre = (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor(((mean + centre) % 360) / 30)


@lru_cache(maxsize=512)
def _eleventh_month(year: int) -> int:
    """The first day of lunar month 11 that begins in `year`: the one with the winter solstice."""
    k = floor((_day_number(dt.date(year, 12, 31)) - 2_415_021) / _MONTH)
    start = _new_moon(k)
    return _new_moon(k - 1) if _sun_arc(start) >= 9 else start


def _leap_offset(eleventh: int) -> int:
    """How many months after month 11 the leap month comes: the first in which the sun changes no arc."""
    k = floor((eleventh - _NEW_MOON_1900) / _MONTH + 0.5)
    months, arc = 1, _sun_arc(_new_moon(k + 1))
    while months < 14:
        months += 1
        last, arc = arc, _sun_arc(_new_moon(k + months))
        if arc == last:
            break
    return months - 1
