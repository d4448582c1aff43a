"""Figures of the cells below a đảng bộ cơ sở: entered by the cell or for it, confirmed, counted once."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.models import Plan
from reports.choices import SubmissionState
from reports.models import BranchReport, Filing, StudySession, Submission
from reports.places import COUNT_FIGURES
from reports.services.filings import save_filing
from reports.services.sessions import check_session, record_session
from units.models import Unit, User
from units.services.audit import record_event

KEPT = "Những gì đồng chí đã gõ vẫn được giữ."


@transaction.atomic
def enter_branch(
    *,
    unit: Unit,
    plans: list[Plan],
    together: bool,
    session: dict,
    figures: dict,
    results: dict | None = None,
    by: User,
    at: dt.datetime,
    confirmed: bool,
) -> list[BranchReport]:
    """Write what the cell `unit` gives for `plans`, typed once; entering it again replaces it.

    `session`: fields of StudySession with "directives"; `figures`: COUNT_FIGURES; `results`: RESULT_FIGURES, what followed;
    all empty when it studied `together` with the đảng bộ, which then gives them as its own. `confirmed`: the secretary of the đảng bộ enters it; what a cell changes afterwards waits for the
    confirmation anew. Raises ValidationError "nothing", "parent_sent" (the đảng bộ has reported), or what a session
    raises.
    """
    if not plans:
        raise ValidationError(f"{unit.parent} không còn kế hoạch nào phải báo cáo. {KEPT}", code="nothing")
    _refuse_sent(unit, plans)
    known = {line.plan_id: line for line in BranchReport.objects.select_for_update().filter(unit=unit, plan__in=plans)}
    held = None
    if not together:
        before = next((line.session for line in known.values() if line.session_id), None)
        if before is not None and before.submissions.exclude(plan__in=plans).exists():
            before = None  # a report of another plan stands on it: that one keeps what it was sent with
        held = _hold(unit=unit, session=session, before=before, by=by, at=at)
    values = {name: None if together else figures.get(name) for name in COUNT_FIGURES}
    given = {} if together else {name: value for name, value in (results or {}).items() if value not in (None, "", [])}
    values |= {"session": held, "together": together, "results": given, "entered_at": at, "entered_by": by}
    values |= {"confirmed_at": at, "confirmed_by": by} if confirmed else {"confirmed_at": None, "confirmed_by": None}
    lines = [BranchReport.objects.update_or_create(unit=unit, plan=plan, defaults=values)[0] for plan in plans]
    details = {"plans": [plan.pk for plan in plans], "together": together, "confirmed": confirmed}
    record_event(by=by, verb="branch.enter", target=unit, ward=plans[0].ward, details=details, at=at)
    return lines


def _refuse_sent(unit: Unit, plans: list[Plan]) -> None:
    # The rows of the plans are the lock under which a đảng bộ sends: what it counts cannot change meanwhile.
    pks = list(
        Plan.objects.select_for_update()
        .filter(pk__in=[plan.pk for plan in plans])
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    sent = Submission.objects.filter(unit=unit.parent_id, plan__in=pks).exclude(state__in=SubmissionState.EDITABLE)
    if sent.exists():
        raise ValidationError(
            f"{unit.parent} đã gửi báo cáo nên số liệu của chi bộ không sửa được nữa. {KEPT} "
            "Nếu cần sửa, đồng chí báo đảng bộ đề nghị văn phòng trả lại báo cáo.",
            code="parent_sent",
        )


def _hold(*, unit: Unit, session: dict, before: StudySession | None, by: User, at: dt.datetime) -> StudySession:
    """The cell's session: the one entered before, corrected, or a new one."""
    facts = {name: value for name, value in session.items() if name != "directives"}
    directives = list(session["directives"])
    if before is None:
        return record_session(unit=unit, directives=directives, by=by, at=at, **facts)
    check_session(directives=directives, today=timezone.localdate(at), facts=facts)
    for name, value in facts.items():
        setattr(before, name, value)
    before.save(update_fields=list(facts))
    before.directives.set(directives)
    record_event(by=by, verb="session.correct", target=before, at=at)
    return before


@transaction.atomic
def confirm_branch(*, unit: Unit, plans: list[Plan], by: User, at: dt.datetime) -> int:
    """The secretary of the đảng bộ confirms what the cell `unit` gave; from now on it counts. Returns how many plans.

    Raises ValidationError "parent_sent", or "nothing" when the cell gave nothing that still waits.
    """
    _refuse_sent(unit, plans)
    waiting = BranchReport.objects.filter(unit=unit, plan__in=plans, confirmed_at=None)
    changed = waiting.update(confirmed_at=at, confirmed_by=by)
    if not changed:
        raise ValidationError("Số liệu này đã được xác nhận hoặc chi bộ chưa gửi.", code="nothing")
    record_event(by=by, verb="branch.confirm", target=unit, ward=plans[0].ward, details={"plans": changed}, at=at)
    return changed


@transaction.atomic
def choose_own_part(*, filing: Filing, own: bool, by: User, at: dt.datetime) -> Filing:
    """Whether the đảng bộ counts a session and members of its own beside its cells, or reports from them alone."""
    if bool(filing.content.get("from_branches")) == (not own):
        return filing
    return save_filing(filing=filing, version=filing.version, changes={"from_branches": not own}, by=by, at=at)
