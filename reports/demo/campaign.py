"""The three directives and the two plans of the demonstration, drafted and issued through the services."""

from campaigns.choices import PlanKind
from campaigns.services.awaited import await_content, drafting_duty
from campaigns.services.deadline_chain import DraftPhrases
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.issuing import issue_plan, plan_book
from campaigns.services.plans import approve_plan, submit_plan
from documents.choices import DispatchChannel, PaperKind
from documents.dates import month, short
from documents.services.dispatches import receive_lines, record_opening, send_lines, state_made_known
from documents.services.numbers import suggest_number
from reports.demo import organisation as data

ISSUER = "Ban Thường vụ Tỉnh ủy"


def register_directives(cast, clock):
    """Chỉ thị 05-CT/TU, Nghị quyết 91-NQ/TU and 92-NQ/TU, as the office would register them on arrival."""
    facts = [
        (PaperKind.DIRECTIVE, "05", "CT/TU", (5, 5), (5, 7), "về đẩy mạnh xây dựng hệ sinh thái khởi nghiệp đổi mới sáng tạo trên địa bàn tỉnh Tuyên Quang"),
        (PaperKind.RESOLUTION, "91", "NQ/TU", (5, 12), (5, 14), "về phát triển kết cấu hạ tầng đồng bộ trên địa bàn tỉnh Tuyên Quang"),
        (PaperKind.RESOLUTION, "92", "NQ/TU", (5, 12), (5, 14), "về phát triển du lịch trên địa bàn tỉnh Tuyên Quang"),
    ]
    return [
        register_directive(
            kind=kind,
            number=number,
            sign=sign,
            dated_on=clock.day(*dated),
            issuer=ISSUER,
            subject=subject,
            by=cast.staff["soanthao"],
            ward=cast.ward,
            arrived_on=clock.day(*arrived),
            incoming_number=f"{210 + place}",
            held_elsewhere=True,
            at=clock.at(*arrived, 9),
        )
        for place, (kind, number, sign, dated, arrived, subject) in enumerate(facts)
    ]


def issue_plans(cast, clock, directives):
    """One plan for the chỉ thị, one for both nghị quyết: same window, same day of report, as the real month had it."""
    first = _issue(cast, clock, directives[:1], drafted=(5, 13), issued=(5, 15))
    second = _issue(cast, clock, directives[1:], drafted=(5, 15), issued=(5, 18))
    _await_plan(cast, clock, second)
    return [first, second]


def _await_plan(cast, clock, plan):
    """The ward's own plan on both nghị quyết is still drafted by the people's committee: units wait for that part."""
    text = "Kế hoạch của Ban Thường vụ Đảng ủy phường thực hiện Nghị quyết số 91-NQ/TU, số 92-NQ/TU"
    await_content(plan=plan, text=text, source=drafting_duty(plan, text), by=cast.staff["tonghop"], at=clock.at(5, 18, 11))


def _issue(cast, clock, directives, *, drafted, issued):
    plan = draft_plan(
        ward=cast.ward,
        directives=directives,
        kind=PlanKind.STUDY,
        by=cast.staff["soanthao"],
        now=clock.at(*drafted, 9),
        phrases=_phrases(clock),
    )
    plan = submit_plan(plan=plan, by=cast.staff["soanthao"], now=clock.at(*drafted, 16))
    plan = approve_plan(plan=plan, by=cast.staff["lanhdao"], now=clock.at(*issued, 8))
    plan = issue_plan(
        plan=plan,
        number=suggest_number(plan_book(plan)),
        dated_on=clock.day(*issued),
        by=cast.staff["vanthu"],
        now=clock.at(*issued, 10),
    )
    lines, clerk = plan.paper.dispatches.all(), cast.staff["vanthu"]
    send_lines(paper=plan.paper, lines=lines, channel=DispatchChannel.PAPER, by=clerk, at=clock.at(*issued, 14))
    got = [line.pk for line in lines if line.position % 9]
    receive_lines(paper=plan.paper, lines=lines.filter(pk__in=got), by=clerk, at=clock.at(*issued, 16))
    _read_by_units(cast, clock, plan, issued)
    return plan


def _read_by_units(cast, clock, plan, issued):
    """Most secretaries open the plan the same evening, many say at once that it is made known; the trial's own has yet to."""
    secretaries = {given.unit_id: given.user for code, given in cast.secretaries.items() if code != data.OWN_SECRETARY[1]}
    for line in plan.paper.dispatches.filter(unit__in=secretaries).select_related("unit", "paper__ward"):
        who = secretaries[line.unit_id]
        if line.position % 5:
            record_opening(lines=plan.paper.dispatches.filter(pk=line.pk), by=who, at=clock.at(*issued, 19))
        if line.position % 5 > 2:
            state_made_known(line=line, by=who, at=clock.at(*issued, 20))


def _phrases(clock):
    """The deadlines of the real month; "trong tháng" only where the month is the real one."""
    studied, day = clock.day(5, 28), clock.day(6, 5)
    within = f"chậm nhất ngày {short(studied)}" if clock.shift else "trong tháng 5/2026"
    return DraftPhrases(
        study=f"Hoàn thành {within}",
        report=f"trước ngày {short(day)}",
        compiled=f"Hoàn thành trước ngày {short(day)}",
        committee=f"Hoàn thành {within}",
        conference=f"Dự kiến trong tháng {month(studied)}",
    )
