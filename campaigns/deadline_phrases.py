"""Deadline phrases of a plan: what a person typed read as a day, and a day written as a phrase."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from campaigns.choices import DeadlineRule
from documents import dates, deadlines


@dataclass(frozen=True)
class ReadDeadline:
    """A phrase as read: its rule, the last day that is on time (or none), whether it is only foreseen."""

    rule: str = DeadlineRule.OPEN.value
    last_day: dt.date | None = None
    tentative: bool = False


def read_phrase(phrase: str, *, today: dt.date) -> ReadDeadline:
    """Read "Hoàn thành trước ngày 05/6/2026"; the empty phrase means that no day is set.

    Raises ValidationError "unreadable" when no deadline, or more than one, is found in the phrase.
    """
    if not phrase.strip():
        return ReadDeadline()
    found = deadlines.parse(phrase, today=today)
    turns = [one for one in found if one.rule == DeadlineRule.RECURRING and one.last_day]
    if turns and len(turns) == len(found):
        found = [min(turns, key=lambda one: one.last_day)]  # "6 tháng trước ngày …, năm trước ngày …": what comes first
    if len(found) != 1:
        raise ValidationError(
            "Chương trình chưa đọc được thời hạn này. Đồng chí viết như “trước ngày 05/6/2026”, “trong tháng 6/2026” "
            "hoặc để trống nếu không định ngày.",
            code="unreadable",
        )
    deadline = found[0]
    return ReadDeadline(str(deadline.rule), deadline.last_day, deadline.tentative)


def phrase_for(last_day: dt.date, calendar=None) -> str:
    """Return how the ward writes that `last_day` is the last good day: by the month when it ends one.

    With a calendar (anything that answers is_working_day) no day off is ever named: "chậm nhất ngày" then names the
    last day itself.
    """
    following = last_day + dt.timedelta(days=1)
    if following.day == 1:
        return f"trong tháng {dates.month(last_day)}"
    if calendar is not None and not calendar.is_working_day(following):
        return f"chậm nhất ngày {dates.short(last_day)}"
    return f"trước ngày {dates.short(following)}"


@dataclass(frozen=True)
class AfterConference:
    """So many days after the day of the conference; `working`: days off are not counted."""

    count: int
    working: bool

    def day(self, held_on: dt.date, calendar) -> dt.date:
        """The last day that is on time when the conference is held on `held_on`; `calendar` adds working days."""
        if self.working:
            return calendar.add_working_days(held_on, self.count)
        return held_on + dt.timedelta(days=self.count)


_COUNTED = re.compile(r"(?<!\d)(\d{1,3}) ngày( làm việc)?(?!\w)", re.IGNORECASE)


def after_conference(phrase: str) -> AfterConference | None:
    """Read "sau hội nghị 05 ngày làm việc"; None where the words give no count ("ngay sau hội nghị") or another event."""
    words = " ".join(unicodedata.normalize("NFC", phrase).split())
    counts = _COUNTED.findall(words)
    if len(counts) != 1 or "hội nghị" not in words.lower() or "trước hội nghị" in words.lower():
        return None
    number, working = counts[0]
    return AfterConference(int(number), bool(working))
