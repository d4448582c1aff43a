"""What each person must do now: the lines of the home page, each with one button."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from campaigns.choices import PlanState, Product
from campaigns.models import Assignment, Plan
from documents.models import Dispatch
from reports.choices import SubmissionState
from reports.models import Submission
from units.models import CalendarDay
from units.permissions import Permission


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: the sentence, where to do it, the word on the button."""

    text: str
    url: str
    action: str


def todos_for(access, *, on, only=None):
    """The list of the person's work today over all roles held, the most pressing first; `only`: of these permissions."""
    lines = []
    for permission, find in _FINDERS:
        if (only is None or permission in only) and access.can(permission):
            lines += find(access, on)
    return lines


def _calls(access, on):
    owed = (
        Assignment.objects.open()
        .running()
        .filter(access.reach(Permission.REMIND, prefix="unit__"), product__in=Product.BY_UNITS, due_on__lte=on + dt.timedelta(days=1))
    )
    units = owed.values("unit").distinct().count()
    late = owed.filter(due_on__lt=on).values("unit").distinct().count()
    if not units:
        return []
    words = f"Gọi {units} đơn vị: " + (f"{late} đơn vị đã quá hạn" if late else "hạn hôm nay hoặc ngày mai")
    return [Todo(f"{words}.", reverse("campaigns:call-list"), "Mở sổ gọi")]


def _results(access, on):
    waiting = Submission.objects.filter(
        access.reach(Permission.HANDLE_RESULTS, prefix="unit__"), state=SubmissionState.SUBMITTED
    ).count()
    if not waiting:
        return []
    return [Todo(f"{waiting} kết quả chờ tiếp nhận.", reverse("reports:submission-list") + "?state=submitted", "Xem")]


def _plans(access, permission, states):
    return Plan.objects.filter(access.reach(permission, prefix="ward__"), state__in=states).order_by("pk")


def _to_issue(access, on):
    return [
        Todo(f"“{_short(plan)}”: đã duyệt, chờ ghi số.", reverse("campaigns:plan-issue", args=[plan.pk]), "Ghi số")
        for plan in _plans(access, Permission.ISSUE_PAPER, [PlanState.APPROVED])
    ]


def _to_approve(access, on):
    return [
        Todo(f"“{_short(plan)}”: chờ đồng chí duyệt.", plan.get_absolute_url(), "Xem, duyệt")
        for plan in _plans(access, Permission.APPROVE_PAPER, [PlanState.SUBMITTED])
    ]


def _to_mend(access, on):
    return [
        Todo(
            f"“{_short(plan)}”: " + ("được trả lại để sửa." if plan.state == PlanState.RETURNED else "đang soạn."),
            reverse("campaigns:plan-edit", args=[plan.pk]),
            "Sửa" if plan.state == PlanState.RETURNED else "Soạn tiếp",
        )
        for plan in _plans(access, Permission.DRAFT_PAPER, PlanState.EDITABLE)
    ]


def _to_send(access, on):
    unsent = Dispatch.objects.filter(
        access.reach(Permission.KEEP_DISPATCH, prefix="paper__ward__"), sent_at__isnull=True, paper__withdrawn_at__isnull=True
    )
    lines = []
    for paper in {dispatch.paper for dispatch in unsent.select_related("paper")}:
        plan = Plan.objects.filter(paper=paper).first()
        if plan:
            count = unsent.filter(paper=paper).count()
            lines.append(Todo(f"Kế hoạch số {paper.number_text}: {count} nơi chưa đánh dấu đã gửi.", plan.get_absolute_url(), "Gửi"))
    return lines


def _own_duties(access, on):
    owed = (
        Assignment.objects.open()
        .running()
        .filter(access.reach(Permission.DO_DUTY, prefix="unit__"), product__in=Product.BY_BODIES)
    )
    count = owed.count()
    if not count:
        return []
    late = owed.filter(due_on__lt=on).count()
    words = f"{count} nhiệm vụ đang thực hiện" + (f", {late} đã quá hạn" if late else "")
    return [Todo(f"{words}.", reverse("campaigns:assignment-list"), "Mở nhiệm vụ")]


def _calendar(access, on):
    days = CalendarDay.objects.filter(confirmed_at__isnull=True, day__range=(on, on + dt.timedelta(days=120))).count()
    if not days:
        return []
    return [Todo(f"{days} ngày nghỉ, làm bù sắp tới chưa được xác nhận.", reverse("units:calendar"), "Xác nhận")]


_FINDERS = (
    (Permission.APPROVE_PAPER, _to_approve),
    (Permission.ISSUE_PAPER, _to_issue),
    (Permission.REMIND, _calls),
    (Permission.HANDLE_RESULTS, _results),
    (Permission.DRAFT_PAPER, _to_mend),
    (Permission.KEEP_DISPATCH, _to_send),
    (Permission.DO_DUTY, _own_duties),
    (Permission.MANAGE_SETTINGS, _calendar),
)


def _short(plan):
    return plan.subject if len(plan.subject) <= 90 else f"{plan.subject[:88].rsplit(' ', 1)[0]}…"


def owed_by_unit(access, *, on):
    """Open study and report duties of the units a secretary or helper reports for, the nearest day first."""
    return list(
        Assignment.objects.open()
        .running()
        .filter(access.reach(Permission.REPORT_UNIT, prefix="unit__"), product__in=Product.BY_UNITS)
        .select_related("plan__paper", "duty", "unit")
        .prefetch_related("plan__directive_links__directive")
        .order_by("due_on", "plan_id", "product")
    )


@dataclass(frozen=True, slots=True)
class NextDay:
    """Something of one plan that falls due on `day` and is still open at `count` units or bodies."""

    day: dt.date
    plan_id: int
    plan_name: str
    what: str
    count: int

    @property
    def url(self):
        return reverse("campaigns:plan-detail", args=[self.plan_id])


def next_days(ward, *, on, days=7):
    """What falls due in the ward within `days` calendar days, the nearest first: one grouped query."""
    soon = (
        Assignment.objects.open()
        .running()
        .filter(plan__ward=ward, due_on__range=(on, on + dt.timedelta(days=days)))
        .order_by("due_on", "plan", "product", "duty__lead_text")
        .values_list("due_on", "plan", "plan__paper__number_text", "product", "duty__lead_text")
        .annotate(count=Count("pk"))
    )
    return [
        NextDay(day=day, plan_id=plan, plan_name=f"KH {name}", what=_WHAT.get(product, lead), count=count)
        for day, plan, name, product, lead, count in soon
    ]


_WHAT = {Product.STUDY: "hạn học tập", Product.REPORT: "hạn báo cáo"}
