"""C13: deadlines that cannot be met in the order the work needs."""

import re
from collections.abc import Iterator
from datetime import date

from documents.checks.context import Check, CheckedText, Found, at
from documents.checks.families import families
from documents.checks.reporting import Chain, chain_of, feeds, inside
from documents.checks.spots import deadline_spot, duty_line, is_plan, opening, other_lines
from documents.dates import short
from documents.deadlines import Deadline, Rule, parse
from documents.reading.facts import ConferenceFacts, DutyFacts

_STEP = re.compile(r"(?<!\w)thẩm định[^.;]{0,120}báo cáo|báo cáo[^.;]{0,120}ký ban hành", re.IGNORECASE)
_PREPARES = re.compile(r"(?:chuẩn bị|phát hành|biên soạn)[^.]{0,120}hội nghị", re.IGNORECASE)
_FINAL = re.compile(r"(?:hoàn thành|hoàn thiện|gửi) (?:việc |xây dựng )?báo cáo", re.IGNORECASE)
_LOOSE = frozenset({Rule.RECURRING, Rule.AFTER_EVENT, Rule.ON_NOTICE, Rule.OPEN})


def find(text: CheckedText) -> Iterator[Found]:
    """Compare units with compiler, conferences with one another and with the reports, all with the day of issue."""
    if not is_plan(text):
        return
    yield from _reports(text)
    yield from _conferences(text)
    yield from _after_conference(text)
    yield from _steps(text)
    yield from _preparations(text)
    yield from _past(text)


def firm(deadline: Deadline | None) -> date | None:
    """Return the last day of a deadline that binds: not foreseen, not recurring, with a day."""
    if deadline is None or deadline.tentative or deadline.rule in _LOOSE:
        return None
    return deadline.last_day


def _reports(text: CheckedText) -> Iterator[Found]:
    chain = chain_of(text)
    for compiled in chain.compiled:
        end = firm(compiled.deadline)
        late = [duty for duty in chain.units if end and (day := firm(duty.deadline)) and day >= end]
        feeding = [duty for duty in late if feeds(duty)]
        if feeding:
            yield from _compiler(text, compiled, feeding)
        for duty in late:
            message = f"{duty.assignee} gửi báo cáo đến hết ngày {short(firm(duty.deadline))}, khi {compiled.assignee} đã phải tổng hợp xong ({short(end)})."
            yield from _said(text, duty, "sent_too_late", message)
    yield from _after_final(text, chain)


def _compiler(text: CheckedText, compiled: DutyFacts, late: list[DutyFacts]) -> Iterator[Found]:
    slowest = max(late, key=lambda duty: firm(duty.deadline))
    last, end = firm(slowest.deadline), firm(compiled.deadline)
    if last == end:
        message = f"{compiled.assignee} phải tổng hợp xong trong ngày {short(end)}, cùng hạn với báo cáo của {inside(slowest.assignee)}: không còn ngày nào để tổng hợp."
        yield from _said(text, compiled, "no_time_to_compile", message)
    else:
        message = f"{compiled.assignee} phải tổng hợp xong trong ngày {short(end)} nhưng {inside(slowest.assignee)} đến hết ngày {short(last)} mới phải gửi báo cáo."
        yield from _said(text, compiled, "compiled_before_sent", message)


def _after_final(text: CheckedText, chain: Chain) -> Iterator[Found]:
    final = _final_report(text)
    for compiled in chain.compiled:
        end = firm(compiled.deadline)
        if final and end and end > final:
            message = f"Thời hạn tổng hợp ({short(end)}) sau thời hạn hoàn thành báo cáo của Kế hoạch ({short(final)})."
            yield from _said(text, compiled, "compiled_after_final", message)


def _conferences(text: CheckedText) -> Iterator[Found]:
    """Study goes down from the ward's own conference; a review comes up from the units."""
    upper, lower = _conference(text, "ward"), _conference(text, "grassroots")
    if not (upper and lower and upper.when and lower.when and upper.when.last_day and lower.when.last_day):
        return
    first, then = (lower, upper) if text.facts.plan_type == "review" else (upper, lower)
    if first.when.last_day < then.when.last_day:
        return
    message = f"Hội nghị phải họp trước có thời hạn đến {short(first.when.last_day)}, hội nghị họp sau lại xong trong ngày {short(then.when.last_day)}."
    variant = "conference_window" if _may_fit(first.when, then.when) else "conference_order"
    for one, said in ((then, variant), (first, "conference_window")):
        if spot := deadline_spot(text, one.line, one.when):
            yield at(said, *spot, message)


def _may_fit(first: Deadline, then: Deadline) -> bool:
    """Whether the first meeting, foreseen for a month, may still come before a day inside that month."""
    month_begins = first.last_day.replace(day=1)
    return first.rule is Rule.WITHIN_MONTH and month_begins < then.last_day < first.last_day


def _after_conference(text: CheckedText) -> Iterator[Found]:
    held = _conference(text, "grassroots")
    last = firm(held.when) if held else None
    for duty in chain_of(text).units:
        day = firm(duty.deadline)
        if last and day and day <= last and "cells" in families(duty.assignee):
            variant = "report_before_conference" if day < last else "report_on_conference_day"
            message = f"Báo cáo phải gửi xong trong ngày {short(day)} trong khi hội nghị ở cơ sở đến {short(last)} mới hết hạn."
            yield from _said(text, duty, variant, message)


def _steps(text: CheckedText) -> Iterator[Found]:
    ends = [day for duty in chain_of(text).compiled if (day := firm(duty.deadline))]
    final = _final_report(text)
    for duty in text.facts.duties:
        if duty.deadline is None and ends and _STEP.search(duty.text) and (line := duty_line(text, duty)):
            until = f" và trước {short(final)}" if final and final > max(ends) else ""
            message = f"Việc thẩm định, trình ký chưa có thời hạn; phải làm sau ngày {short(max(ends))}{until}."
            yield at("unplaced_step", line, opening(line), message)


def _preparations(text: CheckedText) -> Iterator[Found]:
    held = _conference(text, "ward")
    day = held.when.last_day if held and held.when and held.when.rule is Rule.BY else None
    for duty in text.facts.duties:
        ready = firm(duty.deadline)
        if day and ready and ready > day and _PREPARES.search(_clause(duty)):
            message = f"Việc chuẩn bị xong ngày {short(ready)}, sau hội nghị ngày {short(day)}."
            yield from _said(text, duty, "prepared_too_late", message)


def _clause(duty: DutyFacts) -> str:
    """The clause that the deadline of a duty stands in, with the one before when it stands alone."""
    before = duty.text.partition(duty.deadline.phrase)[0].rstrip(" ;.,")
    return re.split(r"[;.] ", before)[-1]


def _past(text: CheckedText) -> Iterator[Found]:
    days = [text.facts.issued_on] if text.facts.issued_on else []
    days += [max(one.dates) for one in text.facts.directives if one.role == "subject" and one.dates]
    start = max(days, default=None)
    timed = [(duty.line, duty.deadline) for duty in text.facts.duties]
    timed += [(held.line, held.when) for held in text.facts.conferences]
    for number, deadline in timed:
        day = firm(deadline)
        if start and day and day < start and (spot := deadline_spot(text, number, deadline)):
            message = f"Thời hạn {short(day)} đã qua trước khi có văn bản ngày {short(start)}."
            yield at("already_past", *spot, message)


def _said(text: CheckedText, duty: DutyFacts, variant: str, message: str) -> Iterator[Found]:
    if spot := deadline_spot(text, duty.line, duty.deadline):
        yield at(variant, *spot, message)


def _conference(text: CheckedText, level: str) -> ConferenceFacts | None:
    return next((one for one in text.facts.conferences if one.level == level), None)


def _final_report(text: CheckedText) -> date | None:
    """The day a plan gives for its own report, outside the duties: "Hoàn thành báo cáo sơ kết trước ngày ..."."""
    for line in other_lines(text):
        if _FINAL.search(line.text):
            for deadline in parse(line.text, today=text.context.today):
                if day := firm(deadline):
                    return day
    return None


CHECK = Check(
    id="C13",
    title="Thời hạn mâu thuẫn, không thể thực hiện đúng thứ tự",
    variants={
        "no_time_to_compile": "Cơ quan tổng hợp cùng hạn với các đơn vị gửi báo cáo.",
        "compiled_before_sent": "Cơ quan tổng hợp phải xong trước khi các đơn vị gửi báo cáo.",
        "sent_too_late": "Đơn vị gửi báo cáo khi cơ quan tổng hợp đã hết hạn.",
        "compiled_after_final": "Tổng hợp sau thời hạn chung của báo cáo.",
        "conference_order": "Hội nghị họp sau có hạn không muộn hơn hội nghị phải họp trước.",
        "conference_window": "Hội nghị họp trước có hạn không sớm hơn hội nghị họp sau.",
        "report_before_conference": "Báo cáo phải gửi trước khi hội nghị ở cơ sở hết hạn.",
        "report_on_conference_day": "Báo cáo phải gửi ngay trong ngày hội nghị ở cơ sở hết hạn.",
        "unplaced_step": "Bước thẩm định, trình ký chưa có thời hạn giữa hai mốc.",
        "prepared_too_late": "Việc chuẩn bị hội nghị xong sau ngày hội nghị.",
        "already_past": "Thời hạn đã qua trước ngày của Kế hoạch hoặc của văn bản.",
    },
    find=find,
)
