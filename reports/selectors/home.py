"""What each person must do now: the lines of the home page, each with one button."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from campaigns.choices import AssignmentState, DeadlineRule, PlanState, Product
from campaigns.conference_links import REPLY, token_of
from campaigns.models import Assignment, Directive, Duty, Plan
from campaigns.selectors.assignments import awaiting_notice
from campaigns.selectors.awaited import drafted_but_waiting
from campaigns.selectors.calls import units_to_ring
from campaigns.selectors.conference_replies import unanswered_invitations
from campaigns.selectors.conference_tasks import coming_conferences, conferences_to_see_to, plans_without_conference
from campaigns.selectors.directive_changes import HANDLERS, open_tasks
from campaigns.selectors.inbox import unread_count
from documents.choices import DraftState, PaperKind
from documents.dates import month, short
from documents.models import Dispatch, PaperDraft
from reports.choices import ReportState, SubmissionState
from reports.models import CompiledReport, Submission
from reports.selectors.body_outlines import body_outlines
from units.models import CalendarDay
from units.paths import within
from units.permissions import Permission
from units.ready_queries import ReadyQuery
from units.templatetags.lantoa import vn_datetime


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: the sentence, where to do it, the word on the button."""

    text: str
    url: str
    action: str


def todos_for(access, *, on, only=None):
    """The list of the person's work today over all roles held, the most pressing first; `only`: of these permissions."""
    lines = _directive_tasks(access) if only is None and any(access.can(one) for one in HANDLERS) else []
    for permission, find in _FINDERS:
        if (only is None or permission in only) and access.can(permission):
            lines += find(access, on)
    return lines


def papers_to_read(access):
    """At the desk of a body: papers sent to it that nobody there has opened; a phone has its own button for them."""
    count = unread_count(access)
    return [Todo(f"{count} văn bản gửi đến chưa mở.", reverse("campaigns:inbox-list"), "Mở")] if count else []


def _calls(access, on):
    rows = units_to_ring(access.ward, on=on)
    units, late = len(rows), sum(row.due_on < on for row in rows)
    if not units:
        return []
    if late == units:
        words = f"Gọi {units} đơn vị đã quá hạn"
    else:
        words = f"Gọi {units} đơn vị: " + (f"{late} đã quá hạn, còn lại đến hạn" if late else "hạn") + " hôm nay hoặc ngày mai"
    return [Todo(f"{words}.", reverse("campaigns:call-list"), "Mở sổ gọi")]


def _results(access, on):
    """One line for each kind of waiting result, from one query."""
    rows = Submission.objects.filter(access.reach(Permission.HANDLE_RESULTS, prefix="unit__"), plan__state=PlanState.ISSUED)
    found = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    return [
        Todo(words.format(found[state]), f"{reverse('reports:submission-list')}?trang_thai={state}", action)
        for state, words, action in _RESULT_LINES
        if found.get(state)
    ]


_RESULT_LINES = (
    (SubmissionState.SUBMITTED, "{} kết quả chờ tiếp nhận.", "Tiếp nhận"),
    (SubmissionState.ACCEPTED, "{} kết quả chờ thẩm định.", "Thẩm định"),
    (SubmissionState.RETURNED, "{} kết quả đã trả lại, đang chờ đơn vị bổ sung.", "Xem"),
)


def _directives(access, on):
    """Papers from above that no plan of the ward has taken up."""
    taken = Plan.objects.filter(access.reach(Permission.DRAFT_PAPER, prefix="ward__")).exclude(state=PlanState.WITHDRAWN)
    loose = Directive.objects.filter(arrived_on__gte=on - dt.timedelta(days=60)).exclude(plans__in=taken)
    return [
        Todo(f"{directive.short_form}: chưa có kế hoạch.", reverse("campaigns:directive-detail", args=[directive.pk]), "Lập kế hoạch")
        for directive in loose.order_by("arrived_on", "pk")[:5]
    ]


def _directive_tasks(access):
    """Plans whose directive was corrected, replaced or revoked, that nobody has seen to."""
    return [
        Todo(
            f"{task.change.directive.short_form} {task.change.get_fate_display().lower()}: xem lại Kế hoạch “{_short(task.plan)}”.",
            reverse("campaigns:directive-task", args=[task.pk]),
            "Xử lý",
        )
        for task in open_tasks(access)[:10]
    ]


def _reports(access, on):
    """Drafts of compiled reports, with the moment their figures were counted."""
    drafts = CompiledReport.objects.filter(access.reach(Permission.COMPILE_REPORT, prefix="ward__"), state=ReportState.DRAFT)
    return [
        Todo(
            f"Dự thảo báo cáo tổng hợp, số liệu tính đến {vn_datetime(report.counted_at)}.",
            reverse("reports:report-edit", args=[report.pk]),
            "Mở",
        )
        for report in drafts.order_by("pk")
    ]


def _plans(access, permission, states):
    return _plans_in(states=sorted(states), **access.ends(permission))


@ReadyQuery
def _plans_in(froms, untils, states):
    plans = Plan.objects.filter(within(froms, untils, prefix="ward__"), state__in=states).order_by("pk")
    return plans.only("subject", "state")  # the rest is whole texts


def _to_issue(access, on):
    return [
        Todo(f"“{_short(plan)}”: đã duyệt, chờ ghi số.", reverse("campaigns:plan-issue", args=[plan.pk]), "Ghi số")
        for plan in _plans(access, Permission.ISSUE_PAPER, [PlanState.APPROVED])
    ] + _drafts_to_issue(access)


def _drafts_to_issue(access):
    """Papers beside plans, any of which may be lying signed: one line to their list."""
    drafts = PaperDraft.objects.filter(access.reach(Permission.ISSUE_PAPER, prefix="ward__"), state=DraftState.DRAFT)
    count = drafts.count()
    if not count:
        return []
    return [Todo(f"{count} văn bản đang soạn, chờ ghi số khi đã ký.", reverse("documents:draft-list"), "Mở danh sách")]


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
    ).exclude(paper__plan__recorded_past=True)
    month_ago = on - dt.timedelta(days=30)  # a letter nobody marked for a month was sent all the same
    unsent = unsent.filter(Q(paper__plan__isnull=False) | Q(paper__issued_at__date__gte=month_ago))
    rows = unsent.order_by("paper").values_list("paper", "paper__kind", "paper__number_text").annotate(count=Count("pk"))
    return [
        Todo(f"{PaperKind(kind).label} số {number}: {count} nơi chưa đánh dấu đã gửi.", reverse("documents:paper-dispatches", args=[paper]), "Gửi")
        for paper, kind, number, count in rows
        if number  # a biên bản without a number goes to nobody
    ]


def _own_duties(access, on):
    owed = (
        Assignment.objects.open()
        .running()
        .filter(access.reach(Permission.DO_DUTY, prefix="unit__"))
        .filter(Q(product__in=Product.BY_BODIES) | Q(product=Product.CONTENT) & ~Q(state=AssignmentState.WAITING))
    )
    count = owed.count()
    if not count:
        return []
    late = owed.filter(due_on__lt=on).count()
    words = f"{count} nhiệm vụ đang thực hiện" + (f", {late} đã quá hạn" if late else "")
    return [Todo(f"{words}.", reverse("campaigns:assignment-list"), "Mở nhiệm vụ")]


def _body_outlines(access, on):
    """Outlines and forms that a body has still to send, or to complete."""
    return [
        Todo(
            f"Đề cương, biểu của Kế hoạch {one.plan}: " + ("văn phòng đề nghị bổ sung." if one.state == SubmissionState.RETURNED else "chưa gửi."),
            reverse("reports:answer-list"),
            "Bổ sung" if one.state == SubmissionState.RETURNED else "Điền tiếp" if one.state else "Điền",
        )
        for one in body_outlines(access)
        if one.open and (one.due_on or one.state)
    ]


def _untold_days(access, on):
    """Clauses whose day a superior is to tell: the office asks until it is there."""
    return [
        Todo(
            f"KH {duty.plan}, việc của {duty.lead_text}: {_NO_DAY[duty.rule]}.",
            reverse("campaigns:duty-day", args=[duty.pk]),
            "Ghi ngày",
        )
        for duty in awaiting_notice(access)[:5]
    ]


def _arrivals(access, on):
    """Documents whose drafting body says that they are there, while the units still wait for a day."""
    return [
        Todo(f"{content.source.lead_text} báo đã xong “{content.text[:90]}”.", reverse("campaigns:awaited-arrive", args=[content.pk]), "Ghi hạn học")
        for content in drafted_but_waiting(access)[:5]
    ]


_NO_DAY = {
    DeadlineRule.ON_NOTICE: "chờ ngày theo thông báo",
    DeadlineRule.RECURRING: "làm định kỳ, chưa có ngày của kỳ đầu",
    DeadlineRule.AFTER_EVENT: "tính hạn từ hội nghị nhưng chưa tính được ngày",
}


def _conferences(access, on):
    """Conferences to fix, to ask answers for, to take and close the roll of; plans that still wait for one."""
    found = [Todo(*_conference_line(one, on)) for one in conferences_to_see_to(access, on=on) if not _all_answered(one, on)]
    waiting = plans_without_conference(access, on=on)
    if waiting:
        words = f"{waiting} kế hoạch đã nêu hội nghị cấp phường, chưa lập hội nghị."
        found.append(Todo(words, reverse("campaigns:conference-list"), "Lập hội nghị"))
    return found


def _invited(access, on):
    """Conferences the person, or the unit they answer for, is convened to and has not answered."""
    return [
        Todo(
            f"Mời họp {one.conference.starts_at:%H} giờ {one.conference.starts_at:%M}, {short(one.conference.held_on)}: {_cut(one.conference.title)}.",
            reverse("campaigns:invitation", args=[token_of(one, REPLY)]),
            "Trả lời lại" if one.reply_outdated else "Trả lời",
        )
        for one in unanswered_invitations(access, on=on)[:5]
    ]


def _all_answered(conference, on):
    return conference.held_on is not None and conference.held_on > on and not conference.silent


def _conference_line(one, on):
    if one.held_on is None:
        return f"“{_cut(one.title)}” dự kiến tháng {month(one.month_on)}, chưa định ngày.", *_at("campaigns:conference-time", one, "Định ngày")
    name = f"Hội nghị {short(one.held_on)}"
    if one.held_on > on:
        return f"{name}: {one.silent}/{one.lines} nơi chưa trả lời.", *_at("campaigns:conference-links", one, "Hỏi lại")
    if one.uncalled:
        return f"{name}: {one.uncalled}/{one.lines} dòng chưa điểm danh.", *_at("campaigns:roll-call", one, "Điểm danh")
    return f"{name}: đã điểm danh, chưa chốt.", *_at("reports:conference-close", one, "Chốt")


def _at(name, conference, action):
    return reverse(name, args=[conference.pk]), action


def _calendar(access, on):
    days = CalendarDay.objects.filter(confirmed_at__isnull=True, day__range=(on, on + dt.timedelta(days=120))).count()
    if not days:
        return []
    return [Todo(f"{days} ngày nghỉ, làm bù sắp tới chưa được xác nhận.", reverse("units:calendar"), "Xác nhận")]


_FINDERS = (
    (Permission.APPROVE_PAPER, _to_approve),
    (Permission.ISSUE_PAPER, _to_issue),
    (Permission.REMIND, _calls),
    (Permission.CALL_CONFERENCE, _conferences),
    (Permission.HANDLE_RESULTS, _results),
    (Permission.COMPILE_REPORT, _reports),
    (Permission.DRAFT_PAPER, _directives),
    (Permission.DRAFT_PAPER, _to_mend),
    (Permission.KEEP_DISPATCH, _to_send),
    (Permission.MOVE_DEADLINES, _untold_days),
    (Permission.MOVE_DEADLINES, _arrivals),
    (Permission.DO_DUTY, _invited),
    (Permission.DO_DUTY, _own_duties),
    (Permission.DO_DUTY, _body_outlines),
    (Permission.MANAGE_SETTINGS, _calendar),
)


def _short(plan):
    return _cut(plan.subject)


def _cut(words):
    return words if len(words) <= 90 else f"{words[:88].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True, slots=True)
class NextDay:
    """Something of one plan that falls due on `day` and is still open at `count` units or bodies, or a conference."""

    day: dt.date
    plan_id: int
    plan_name: str
    what: str
    count: int
    conference_id: int = 0

    @property
    def url(self):
        if self.conference_id:
            return reverse("campaigns:conference-detail", args=[self.conference_id])
        return reverse("campaigns:plan-detail", args=[self.plan_id])


def next_days(plans, *, on, days=7):
    """What falls due in the running `plans` within `days` calendar days and the conferences then, the nearest first."""
    numbers = {plan.pk: plan.number_text for plan in plans}
    due = [
        NextDay(day=day, plan_id=plan, plan_name=f"KH {numbers[plan]}", what=_WHAT.get(product, f"việc của {lead}"), count=count)
        for (day, plan, product, lead), count in _open_between(numbers, on, on + dt.timedelta(days=days))
    ]
    meetings = [
        NextDay(one.held_on, 0, _cut(one.title), f"{one.starts_at:%H} giờ {one.starts_at:%M}", 0, conference_id=one.pk)
        for one in coming_conferences({plan.ward_id for plan in plans}, on=on, days=days)
    ]
    return sorted(meetings + due, key=lambda one: one.day)


def _open_between(plan_ids, first, last):
    """((day, plan, product, who leads), how many are open), in that order.

    The leads are asked apart: beside the duties of a whole country the database would read all of them for one join.
    """
    soon = _due_between(plans=plan_ids, first=first, last=last)
    leads = dict(_leads(duties={duty for _, _, _, duty, _ in soon}))
    found = Counter()
    for day, plan, product, duty, count in soon:
        found[day, plan, product, leads[duty]] += count
    return sorted(found.items())


@ReadyQuery
def _due_between(plans, first, last):
    soon = Assignment.objects.open().filter(plan__in=plans, due_on__range=(first, last)).order_by()
    return soon.values_list("due_on", "plan_id", "product", "duty_id").annotate(count=Count("pk"))


@ReadyQuery
def _leads(duties):
    return Duty.objects.filter(pk__in=duties).order_by().values_list("pk", "lead_text")


_WHAT = {Product.STUDY: "hạn học tập", Product.REPORT: "hạn báo cáo"}
