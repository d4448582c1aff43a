"""The three directives and the two plans of the demonstration, drafted and issued through the services."""

from campaigns.choices import PlanKind
from campaigns.services.deadline_chain import DraftPhrases
from campaigns.services.directives import register_directive
from campaigns.services.drafting import draft_plan
from campaigns.services.issuing import issue_plan, plan_book
from campaigns.services.plans import approve_plan, submit_plan
from documents.choices import PaperKind
from documents.dates import month, short
from documents.services.issued import mark_received, mark_sent
from documents.services.numbers import suggest_number

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
    return [first, second]


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
    for dispatch in plan.paper.dispatches.all():
        mark_sent(dispatch=dispatch, by=cast.staff["vanthu"], at=clock.at(*issued, 14))
        if dispatch.position % 9:
            mark_received(dispatch=dispatch, by=cast.staff["vanthu"], at=clock.at(*issued, 16))
    return plan


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
