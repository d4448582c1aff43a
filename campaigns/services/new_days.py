"""The one way an obligation gets another last day: an extension, a moved day, what a paper changed, a plan that goes on."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from campaigns.change_effects import Effect
from campaigns.models import Assignment, Plan
from campaigns.services.counters import key_of, shift_counters
from campaigns.services.reminders import cancel_reminders, plan_reminders

CHANGED_MEANWHILE = "Việc này vừa được người khác thay đổi. Chưa ghi gì thêm. Đồng chí tải lại trang, xem trạng thái mới rồi thực hiện lại."


def hold_plans(plan_ids: Iterable[int]) -> dict[int, str]:
    """Lock these plans as a submission does, before anything below them: {plan: its state under the lock}.

    Plans, then obligations by number, then counters by key: whoever moves days in bulk takes them in this order, so two
    of them wait for each other and never for good.
    """
    rows = Plan.objects.filter(pk__in=set(plan_ids)).order_by("pk").select_for_update(of=("self",), no_key=True)
    return dict(rows.values_list("pk", "state"))


def hold_owed(rows: QuerySet[Assignment]) -> list[Assignment]:
    """Read obligations under a lock that lets reminders about them be written meanwhile (no key of theirs changes)."""
    return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))


def give_days(effects: list[Effect], *, why: str, at: dt.datetime, stopped: str = "", **facts) -> list[Assignment]:
    """Give every obligation of `effects` (held by the caller) its state and last day; returns them as they now are.

    In as many statements as there are different results, whatever their number: the day of the plan stays beside the new
    one, the day counts from `at` on (whoever was told of an older one is not told again), counters follow, reminders of
    the old day die with `why`, those of the new day are planned. `stopped` stands on what is not owed any more; `facts`
    are written on the rest. Who decided it, and on what paper, the caller records. Raises ValidationError "changed".
    """
    groups, shifts = defaultdict(list), Counter()
    for one in effects:
        row = one.row
        groups[row.state, *one.key, one.day == row.due_on, one.day == row.original_due_on].append(one)
        shifts[key_of(one.row)] -= 1
    for same in groups.values():
        _update(same, at=at, stopped=stopped, facts=facts)
    rows = [one.row for one in effects]
    for row in rows:
        shifts[key_of(row)] += 1
    shift_counters(shifts)
    cancel_reminders(assignments=rows, reason=why, at=at)
    plan_reminders(assignments=rows, now=at)
    return rows


def _update(same: list[Effect], *, at: dt.datetime, stopped: str, facts: dict) -> None:
    """One statement for obligations that come from one state and get the same day, then the objects likewise."""
    first = same[0]
    values = {"state": first.state}
    if first.stops:
        values |= {"reason": stopped} if stopped else {}
    else:
        values |= {"due_on": first.day, "asked_at": at} | facts
        if first.after:
            values["due_after_exemption"] = first.after
    written = values | {"due_version": F("due_version") + 1}
    if not first.stops and first.day is not None and first.day == first.row.original_due_on:
        written["original_due_on"] = None  # back on the day of the plan, whose own words speak for it again
    elif not first.stops and first.day != first.row.due_on:
        written["original_due_on"] = Coalesce("original_due_on", "due_on")
    held = Assignment.objects.filter(pk__in=[one.row.pk for one in same], state=first.row.state)
    if held.update(**written) != len(same):
        raise ValidationError(CHANGED_MEANWHILE, code="changed")
    for one in same:
        if "original_due_on" in written:
            one.row.original_due_on = written["original_due_on"] and (one.row.original_due_on or one.row.due_on)
        for name, value in values.items():
            setattr(one.row, name, value)
        one.row.due_version += 1
