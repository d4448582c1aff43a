"""The words of a công văn đôn đốc: polite, counted to the minute, with the names in the annex alone (domain.md 5.4)."""

import datetime as dt

from django.utils import timezone

from campaigns.citing import joined, joined_long
from campaigns.models import Plan
from campaigns.selectors.chase_letters import DueGroup
from campaigns.selectors.figures import PlanCounts
from documents import dates
from units.models import Unit

_LONGEST_OWED = 480
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
RECIPIENTS = "Như trên\nThường trực Đảng ủy (báo cáo)\nCác đồng chí cấp ủy viên phụ trách đơn vị\nLưu Văn phòng Đảng ủy"
ADDRESSEES = "Cấp ủy các chi bộ, đảng bộ cơ sở có tên trong phụ lục"
BODY_ADDRESSEES = "Các cơ quan, tổ chức có tên trong phụ lục"


def subject_of(group: DueGroup) -> str:
    """The trích yếu."""
    names = joined(_short(plan) for plan in group.plans)
    again = f" (lần {group.next_ordinal})" if group.next_ordinal > 1 else ""
    return f"Đôn đốc việc {_work(group)} theo {names}{again}"


def addressees_of(group: DueGroup) -> str:
    """Kính gửi: a line for the Party units, one for the bodies; who they are stands in the annex alone."""
    return "\n".join(([ADDRESSEES] if group.units else []) + ([BODY_ADDRESSEES] if group.bodies else []))


def closing_of(group: DueGroup) -> str:
    """The last sentence, to whom the letter goes."""
    return f"Đề nghị {_asked(group)} quan tâm, thực hiện."


def _work(group: DueGroup) -> str:
    """What was to be done by that day."""
    if group.tasks:
        first = "học tập, báo cáo kết quả và " if group.reporting else "học tập nội dung mới ban hành và " if group.arrived else ""
        return f"{first}thực hiện nhiệm vụ được giao"
    return "học tập và báo cáo kết quả" if group.reporting else "học tập nội dung mới ban hành"


def _asked(group: DueGroup) -> str:
    """Who is asked: the committees of the units, the bodies, or both."""
    return ", ".join((["cấp ủy các đơn vị"] if group.units else []) + (["các cơ quan, tổ chức"] if group.bodies else []))


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
    """The table of silent units; where bodies are silent too each kind has its own, under a heading."""
    owed = dict(owed_by_unit(group))
    if not (group.units and group.bodies):
        return _table(owed, list(owed), head="Đơn vị" if group.units else "Cơ quan, tổ chức")
    parts = ["I. Các chi bộ, đảng bộ cơ sở", _table(owed, group.units, head="Đơn vị")]
    parts += ["II. Các cơ quan, tổ chức", _table(owed, group.bodies, head="Cơ quan, tổ chức")]
    return "\n".join(parts)


def _table(owed: dict[Unit, str], units: list[Unit], *, head: str) -> str:
    rows = [f"| STT | {head} | Chưa thực hiện |"]
    rows += [f"| {number} | {_cell(unit.name)} | {_cell(owed[unit])} |" for number, unit in enumerate(units, start=1)]
    return "\n".join(rows)


def _cell(words: str) -> str:
    return words.replace("|", "/")


def owed_by_unit(group: DueGroup) -> list[tuple]:
    """[(unit, "chưa học, chưa báo cáo Kế hoạch số 12-KH/ĐU; ...")], as the annex and the history say it."""
    names = {plan.pk: _short(plan) for plan in group.plans}
    rows = []
    for unit, owed in group.silent.items():
        words = "; ".join(f"{', '.join(what)} theo {names[plan_id]}" for plan_id, what in owed.items())
        rows.append((unit, words if len(words) <= _LONGEST_OWED else _in_short(owed)))
    return rows


def _in_short(owed: dict[int, list[str]]) -> str:
    return f"chưa xong {sum(len(what) for what in owed.values())} việc theo {len(owed)} kế hoạch"


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
    return lines + _tasks_basis(group, by=by)


def _tasks_basis(group: DueGroup, *, by: str) -> list[str]:
    """The plans of which other duties were due; a plan that is not cited above is cited in full."""
    plans = group.plans_in(group.tasks)
    if not plans:
        return []
    new = [plan for plan in plans if plan.pk not in group.reporting and plan.pk not in group.arrived]
    known = joined(_short(plan) for plan in plans if plan not in new)
    named = joined_long([known, *(_full(plan) for plan in new)])
    return [f"Theo {named}, các đơn vị, cơ quan có tên trong phụ lục thực hiện nhiệm vụ được giao {by}."]


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
        f"{_how_many(group)} chưa hoàn thành (có phụ lục kèm theo)."
    )


def _how_many(group: DueGroup) -> str:
    """"12 đơn vị, 2 cơ quan" """
    counts = ((len(group.units), "đơn vị"), (len(group.bodies), "cơ quan"))
    return ", ".join(f"{count} {what}" for count, what in counts if count)


def _received(plan: Plan, counts: PlanCounts) -> str:
    return f"{_short(plan)} đã có {counts.submitted}/{counts.asked_report} đơn vị báo cáo"


def _request(group: DueGroup, *, new_due_on: dt.date) -> str:
    day = f"{WEEKDAYS[new_due_on.weekday()]}, ngày {dates.short(new_due_on)}"
    again = " nghiêm túc rút kinh nghiệm," if group.issued else ""
    done = "hoàn thành nhiệm vụ" if group.tasks else "hoàn thành việc học tập"
    work = "hoàn thành và gửi báo cáo" if group.reporting else done
    return f"Để kịp tổng hợp, báo cáo cấp trên, đề nghị {_asked(group)} có tên trong phụ lục{again} {work} chậm nhất {day}."
