"""The leader's Monday: how far every running plan of the ward is, in figures."""

import datetime as dt
from dataclasses import dataclass

from campaigns.choices import PlanState
from campaigns.digest_words import day_words, plan_words
from campaigns.models import Plan
from campaigns.selectors.figures import PlanCounts, plan_counts
from documents import dates
from units.models import Unit


@dataclass(frozen=True)
class Week:
    """What a leader reads on the first working day of a week."""

    title: str
    lines: list[str]


def week_of(ward: Unit, *, on: dt.date) -> Week | None:
    """The running plans of `ward` with their counts, and what waits for approval; None when there is neither."""
    plans = list(
        Plan.objects.filter(ward=ward, state=PlanState.ISSUED)
        .select_related("paper")
        .prefetch_related("directive_links__directive")
        .order_by("issued_at", "pk")
    )
    waiting = Plan.objects.filter(ward=ward, state=PlanState.SUBMITTED).count()
    if not plans and not waiting:
        return None
    counts = plan_counts([plan.pk for plan in plans], on=on)
    lines = [f"{waiting} kế hoạch đang chờ đồng chí duyệt."] if waiting else []
    lines += [f"{plan_words(plan)}: {_progress(counts[plan.pk])}." for plan in plans]
    sunday = on + dt.timedelta(days=6 - on.weekday())
    title = f"Tình hình tuần đến {dates.short(sunday)}: {len(plans)} kế hoạch đang thực hiện"
    return Week(title, lines)


def _progress(counts: PlanCounts) -> str:
    parts = [f"đã học {counts.studied}/{counts.asked_study}"] if counts.asked_study else []
    parts += [f"đã báo cáo {counts.submitted}/{counts.asked_report}"] if counts.asked_report else []
    parts += [f"cơ quan, đoàn thể xong {counts.body_done}/{counts.body_asked} việc"] if counts.body_asked else []
    late = [(counts.overdue_study, "chưa học"), (counts.overdue_report, "chưa báo cáo")]
    parts += [f"quá hạn {number} đơn vị {what}" for number, what in late if number]
    parts += [f"hạn gần nhất {day_words(counts.next_due_on)}"] if counts.next_due_on else []
    return "; ".join(parts) or "chưa giao việc cho đơn vị nào"
