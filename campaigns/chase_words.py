"""The words of a công văn đôn đốc: polite, counted to the minute, with the names in the annex alone (domain.md 5.4)."""

import datetime as dt

from django.utils import timezone

from campaigns.citing import joined, joined_long
from campaigns.models import Plan
from campaigns.selectors.chase_letters import DueGroup
from campaigns.selectors.figures import PlanCounts
from documents import dates

_LONGEST_OWED = 480
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
RECIPIENTS = "Như trên\nThường trực Đảng ủy (báo cáo)\nCác đồng chí cấp ủy viên phụ trách đơn vị\nLưu Văn phòng Đảng ủy"
ADDRESSEES = "Cấp ủy các chi bộ, đảng bộ cơ sở có tên trong phụ lục"
CLOSING = "Đề nghị cấp ủy các đơn vị quan tâm, thực hiện."


def subject_of(group: DueGroup) -> str:
    """The trích yếu."""
    names = joined(_short(plan) for plan in group.plans)
    again = f" (lần {group.next_ordinal})" if group.next_ordinal > 1 else ""
    work = "học tập và báo cáo kết quả" if group.reporting else "học tập nội dung mới ban hành"
    return f"Đôn đốc việc {work} theo {names}{again}"


def body_of(group: DueGroup, *, counted_at: dt.datetime, new_due_on: dt.date, phone: str) -> str:
    """The paragraphs: the plans and their deadline, the earlier letter, the count, the request, whom to call."""
    lines = [
        *_basis(group),
        *_earlier(group),
        _count(group, counted_at=counted_at),
        _request(group, new_due_on=new_due_on),
    ]
    contact = f" (điện thoại {phone})" if phone else ""
    lines.append(
        "Đơn vị báo cáo trên chương trình Lan Tỏa hoặc gửi bản giấy về Văn phòng Đảng ủy. "
        f"Trường hợp đã thực hiện hoặc có khó khăn, đề nghị trao đổi với Văn phòng Đảng ủy{contact}."
    )
    return "\n".join(lines)


def annex_of(group: DueGroup) -> str:
    """The table of silent units."""
    rows = ["| STT | Đơn vị | Chưa thực hiện |"]
    numbered = enumerate(owed_by_unit(group), start=1)
    return "\n".join(
        [*rows, *(f"| {number} | {unit.name.replace('|', '/')} | {owed} |" for number, (unit, owed) in numbered)]
    )


def owed_by_unit(group: DueGroup) -> list[tuple]:
    """[(unit, "chưa học, chưa báo cáo Kế hoạch số 12-KH/ĐU; ...")], as the annex and the history say it."""
    names = {plan.pk: _short(plan) for plan in group.plans}
    rows = []
    for unit, owed in group.silent.items():
        words = "; ".join(f"{', '.join(what)} theo {names[plan_id]}" for plan_id, what in owed.items())
        rows.append((unit, words if len(words) <= _LONGEST_OWED else f"chưa thực hiện {len(owed)} kế hoạch"))
    return rows


def _short(plan: Plan) -> str:
    return f"Kế hoạch số {plan.paper.number_text}" if plan.paper_id else f"Kế hoạch {plan.subject[:120]}"


def _full(plan: Plan) -> str:
    dated = f", ngày {dates.short(plan.paper.dated_on)}" if plan.paper_id else ""
    directives = joined(link.directive.short_form for link in plan.directive_links.all())
    about = f" về học tập, quán triệt {directives}" if directives else ""
    return f"{_short(plan)}{dated} của {plan.issuer}{about}"


def _basis(group: DueGroup) -> list[str]:
    """The plans and their deadline; and what a plan awaited, was issued since and had to be studied by the same day."""
    units, by = "các chi bộ, đảng bộ cơ sở", f"chậm nhất hết ngày {dates.short(group.due_on)}"
    lines = []
    if group.reporting:
        plans = joined_long(_full(plan) for plan in group.plans_in(group.reporting))
        lines.append(f"Theo {plans}, {units} tổ chức học tập và báo cáo kết quả {by}.")
    for plan in group.plans_in(group.arrived):
        name = _short(plan) if plan.pk in group.reporting else _full(plan)
        lines.append(f"Theo {name}, {units} học tập {joined_long(group.arrived[plan.pk])} (đã ban hành) {by}.")
    return lines


def _earlier(group: DueGroup) -> list[str]:
    if not group.issued:
        return []
    papers = joined(
        f"Công văn số {one.draft.paper.number_text}, ngày {dates.short(one.draft.paper.dated_on)}"
        for one in group.issued
    )
    return [f"Văn phòng Đảng ủy đã đôn đốc tại {papers}."]


def _count(group: DueGroup, *, counted_at: dt.datetime) -> str:
    local = timezone.localtime(counted_at)
    counted = [_received(plan, group.counts[plan.pk]) for plan in group.plans_in(group.reporting)]
    received = f", {joined_long(counted)}. Còn" if counted else ", còn"
    return (
        f"Tính đến {local:%H} giờ {local:%M}, ngày {dates.short(local.date())}{received} "
        f"{len(group.silent)} đơn vị chưa hoàn thành (có phụ lục kèm theo)."
    )


def _received(plan: Plan, counts: PlanCounts) -> str:
    return f"{_short(plan)} đã có {counts.submitted}/{counts.asked_report} đơn vị báo cáo"


def _request(group: DueGroup, *, new_due_on: dt.date) -> str:
    day = f"{WEEKDAYS[new_due_on.weekday()]}, ngày {dates.short(new_due_on)}"
    again = " nghiêm túc rút kinh nghiệm," if group.issued else ""
    work = "hoàn thành và gửi báo cáo" if group.reporting else "hoàn thành việc học tập"
    return f"Để kịp tổng hợp, báo cáo cấp trên, đề nghị cấp ủy các đơn vị có tên trong phụ lục{again} {work} chậm nhất {day}."
