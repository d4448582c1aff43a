"""A chain of feasible deadlines for a new plan: units before the compiler, the compiler before the report upward."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaigns.choices import PlanKind
from campaigns.deadline_phrases import phrase_for, read_phrase
from campaigns.models import Directive
from documents import dates
from units.workdays import WorkCalendar

# Working days that each step takes when there is time: the conference, the study, the reports of the units and so on.
STEPS = {
    PlanKind.STUDY: {"conference": 5, "study": 5, "report": 3, "compiled": 2},
    PlanKind.IMPLEMENTATION: {"study": 10, "report": 20, "compiled": 5},
    PlanKind.REVIEW: {"report": 10, "compiled": 5, "final": 3},
}
BEFORE_STUDY = 5  # working days between what has to be ready first and the last day of study
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class DraftPhrases:
    """Deadlines as the office wants them printed; an empty one is worked out from the superior's day.

    `final` is when the report is signed and sent: only a review plan prints it.
    """

    study: str = ""
    report: str = ""
    compiled: str = ""
    committee: str = ""
    conference: str = ""
    final: str = ""


def feasible_days(
    gaps: Sequence[int], *, today: dt.date, superior_due: dt.date | None, calendar: WorkCalendar
) -> list[dt.date]:
    """Return the last day of each step, working days all, in order.

    Args:
        gaps: working days that each step takes when there is time.
        superior_due: the last day of the superior's own deadline, or None.

    With a superior's day the chain is counted back from the working day before it (signing and sending take one), so
    that the first step gets all the time there is. With too little time the steps share what is left; never past the
    superior's day, unless that is gone.
    """
    if superior_due is None:
        days, day = [], today
        for gap in gaps:
            day = calendar.add_working_days(day, gap)
            days.append(day)
        return days
    last = calendar.previous_working_day(superior_due)
    left = _working_days_after(today, last, calendar)
    if left > len(gaps):
        last, left = calendar.add_working_days(last, -1), left - 1
    if left == 0:  # the superior's day is today or gone
        return [max(calendar.next_working_day(today), last)] * len(gaps)
    places = _places(gaps, left)
    return [calendar.add_working_days(last, place - left) for place in places]


def complete_phrases(
    phrases: DraftPhrases, directives: Sequence[Directive], *, kind: str, today: dt.date, calendar: WorkCalendar
) -> DraftPhrases:
    """Return `phrases` with the empty ones worked out; what a person typed stays and the rest follows it."""
    steps = STEPS[PlanKind(kind)]
    due = superior_day(directives)
    days = dict(zip(steps, feasible_days(list(steps.values()), today=today, superior_due=due, calendar=calendar), strict=True))
    typed = {name: read_phrase(getattr(phrases, name), today=today).last_day for name in ("conference", *steps) if name != "committee"}
    previous = None
    for name in steps:
        day = typed.get(name) or days[name]
        if previous and not typed.get(name) and day <= previous and name != "conference" and any(typed.values()):
            day = calendar.add_working_days(previous, steps[name])
        days[name] = previous = day
    days.setdefault("study", days["report"])
    early = _early(days, typed, today=today, calendar=calendar)
    made = {name: f"Hoàn thành {phrase_for(day, calendar)}" for name, day in days.items()}
    made["report"] = phrase_for(days["report"], calendar)
    made["conference"] = f"Dự kiến {phrase_for(early, calendar)}"
    made["committee"] = f"Hoàn thành {phrase_for(early, calendar)}" if kind == PlanKind.STUDY else made["study"]
    return replace(phrases, **{name: text for name, text in made.items() if not getattr(phrases, name)})


def superior_day(directives: Sequence[Directive]) -> dt.date | None:
    """Return the first day on which a superior expects the report, or None."""
    return min((one.superior_due_on for one in directives if one.superior_due_on), default=None)


def chain_notes(directives: Sequence[Directive], *, kind: str, today: dt.date, calendar: WorkCalendar) -> list[tuple[str, str]]:
    """Return (what, why) for every day that the chain had to move, and for steps that were left without a day of their own."""
    due = superior_day(directives)
    if due is None:
        return [("Thời hạn", "Văn bản cấp trên không ghi hạn báo cáo; các hạn được tính tới từ hôm nay theo ngày làm việc.")]
    notes = []
    last = calendar.previous_working_day(due)
    if last != due:
        text = f"Hạn cấp trên giao {day_words(due)} là ngày nghỉ; các hạn của phường được tính lùi từ {day_words(last)}."
        notes.append(("Hạn báo cáo cấp trên", text))
    steps = STEPS[PlanKind(kind)]
    days = feasible_days(list(steps.values()), today=today, superior_due=due, calendar=calendar)
    if len(set(days)) < len(days):
        text = f"Từ hôm nay đến {day_words(due)} không đủ ngày làm việc cho từng bước; đồng chí xem lại hoặc xin lùi hạn."
        notes.append(("Thời hạn gấp", text))
    else:
        text = f"Các bước xong trước hạn cấp trên giao ({day_words(due)}), mỗi bước có ngày làm việc riêng."
        notes.append(("Thời hạn", text))
    return notes


def day_words(day: dt.date) -> str:
    """Return "Chủ nhật, 31/5/2026"."""
    return f"{_WEEKDAYS[day.weekday()]}, {dates.short(day)}"


def _early(days, typed, *, today, calendar):
    """Return the day on which what the units need (conference, the ward's own plan) is to be ready: before they study."""
    day = typed.get("conference") or days.get("conference")
    if day is None or day >= days["study"]:
        day = calendar.add_working_days(days["study"], -BEFORE_STUDY)
    if day <= today:
        day = calendar.add_working_days(days["study"], -1)
    return day if day > today else days["study"]


def _places(gaps, left):
    """Return after how many working days each step ends when `left` are left: all early time goes to the first step."""
    if left >= sum(gaps):
        later = [sum(gaps[step + 1 :]) for step in range(len(gaps))]
        return [left - one for one in later]
    if left < len(gaps):
        return [max(1, (step + 1) * left // len(gaps)) for step in range(len(gaps))]
    spare = left - len(gaps)
    return [step + 1 + sum(gaps[: step + 1]) * spare // sum(gaps) for step in range(len(gaps))]


def _working_days_after(today, last, calendar):
    """Return how many working days lie after `today` up to `last`."""
    count, day = 0, today
    while day < last:
        day += dt.timedelta(days=1)
        count += calendar.is_working_day(day)
        if count > 600:  # two years and more: no plan counts further
            break
    return count
