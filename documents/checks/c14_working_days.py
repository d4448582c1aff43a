"""C14: a deadline whose last day is not worked."""

from collections.abc import Iterator
from datetime import date, timedelta

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.zones import Zone
from documents.dates import short
from documents.deadlines import Deadline, Rule, parse

# Days off that fall on the same day each year (Bộ luật Lao động 2019, article 112); the office's calendar knows the rest.
_HOLIDAYS = frozenset({(1, 1), (30, 4), (1, 5), (2, 9)})
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
# A week ends on a Sunday and a year on 31/12 by nature; a recurring day falls where it falls.
_ASKED = frozenset({Rule.BEFORE, Rule.BY, Rule.WITHIN_MONTH, Rule.WITHIN_QUARTER, Rule.WITHIN_HALF_YEAR})
_PERIODS = frozenset({Rule.WITHIN_MONTH, Rule.WITHIN_QUARTER, Rule.WITHIN_HALF_YEAR})


def find(text: CheckedText) -> Iterator[Found]:
    """Look at every binding deadline of the body; a foreseen day and a meeting's own day may be a Sunday."""
    for line in text.lines_in(Zone.BODY):
        # A day that can be named has a number in it; most lines of a long paper have none.
        if not any(char.isdigit() for char in line.text):
            continue
        for deadline in parse(line.text, today=text.context.today):
            if _binds(deadline, text) and not _works(text, deadline.last_day):
                yield at("not_worked", line, deadline.span, _message(text, deadline), _instead(text, deadline))


def _binds(deadline: Deadline, text: CheckedText) -> bool:
    if deadline.tentative or deadline.last_day is None or deadline.rule not in _ASKED or deadline.time:
        return False
    held = {one.when.last_day for one in text.facts.conferences if one.level == "ward" and one.when}
    return not (deadline.rule is Rule.BY and deadline.last_day in held)


def _works(text: CheckedText, day: date) -> bool:
    calendar = text.context.calendar
    return calendar.is_working_day(day) if calendar else day.weekday() < 5 and (day.day, day.month) not in _HOLIDAYS


def _worked_before(text: CheckedText, day: date) -> date:
    if text.context.calendar:
        return text.context.calendar.previous_working_day(day)
    while not _works(text, day):
        day -= timedelta(days=1)
    return day


def _message(text: CheckedText, deadline: Deadline) -> str:
    day = deadline.last_day
    nature = f"là {_DAYS[day.weekday()]}" if day.weekday() > 4 else "là ngày nghỉ"
    return f"Ngày cuối của thời hạn này, {short(day)}, {nature}; ngày làm việc liền trước là {short(_worked_before(text, day))}."


def _instead(text: CheckedText, deadline: Deadline) -> str | None:
    if deadline.rule in _PERIODS:
        return None
    day = _worked_before(text, deadline.last_day)
    words = (
        f"trước ngày {short(day + timedelta(days=1))}"
        if deadline.rule is Rule.BEFORE
        else f"chậm nhất ngày {short(day)}"
    )
    return words if deadline.phrase[:1].islower() else words[:1].upper() + words[1:]


CHECK = Check(
    id="C14",
    title="Thời hạn rơi vào ngày nghỉ",
    variants={"not_worked": "Ngày cuối của thời hạn là thứ Bảy, Chủ nhật hoặc ngày nghỉ."},
    find=find,
)
