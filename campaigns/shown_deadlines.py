"""What the editor says beside a deadline phrase: the last day with its weekday, and how the ward reads that day."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from campaigns.choices import DeadlineRule
from campaigns.deadline_phrases import read_phrase
from documents import dates
from units.choices import DeadlineReading
from units.workdays import WorkCalendar


@dataclass(frozen=True)
class ShownDeadline:
    """A phrase as understood: `day` None when it names none; `note` is the reading; `warning` what to look at."""

    day: dt.date | None = None
    tentative: bool = False
    note: str = ""
    warning: str = ""


def shown_deadline(phrase: str, *, today: dt.date, reading: str, calendar: WorkCalendar) -> ShownDeadline:
    """Return what to show for what stands in the field now, readable or not; never raises.

    `reading` is the ward's: with "tolerant" a receipt on the day D of "trước ngày D" is still in time (decisions 17).
    """
    try:
        read = read_phrase(phrase, today=today)
    except ValidationError:
        return ShownDeadline(warning="Chưa đọc được ngày trong thời hạn này.")
    if read.last_day is None:
        return ShownDeadline(note="không định ngày" if phrase.strip() else "chưa có thời hạn")
    return ShownDeadline(read.last_day, read.tentative, _note(read, reading), _warning(read, today, calendar))


def _note(read, reading: str) -> str:
    if read.tentative:
        return "dự kiến, không nhắc theo ngày này"
    if read.rule != DeadlineRule.BEFORE:
        return "nhận sau ngày này là muộn"
    named = dates.short(read.last_day + dt.timedelta(days=1))
    if reading == DeadlineReading.STRICT:
        return f"nhận trong ngày {named} là muộn"
    return f"nhận trong ngày {named} vẫn là “đúng ngày hạn”"


def _warning(read, today: dt.date, calendar: WorkCalendar) -> str:
    if read.tentative:
        return ""
    if read.last_day < today:
        return "Ngày này đã qua."
    if not calendar.is_working_day(read.last_day):
        return f"Ngày nghỉ; ngày làm việc cuối trước đó là {dates.short(calendar.previous_working_day(read.last_day))}."
    return ""
