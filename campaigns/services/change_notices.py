"""Telling the people of units what a paper changed in a plan: one line a person, in working hours."""

import datetime as dt

from django.utils import timezone

from campaigns.choices import ChangeKind
from campaigns.models import PlanChange
from campaigns.services.notifications import Notice, tell
from campaigns.services.reminders import people_of
from documents.dates import short


def tell_changed(*, change: PlanChange, units: list[int], at: dt.datetime) -> int:
    """Write the line for everybody who answers for `units`; part of the change, whose transaction it shares."""
    people = people_of(units, on=timezone.localdate(at))
    told = dict.fromkeys(person for unit in units for person in people[unit])
    title, body, url = title_of(change), body_of(change), change.plan.get_absolute_url()
    key, ward = f"plan-change-{change.pk}", change.plan.ward_id
    return tell([Notice(one, f"{key}-{one}", title, body, url, ward) for one in told], at=at)


def title_of(change: PlanChange) -> str:
    """ "Hạn mới hết 20/6/2026: Kế hoạch 12-KH/ĐU" """
    day = short(change.new_day) if change.new_day else ""
    words = {
        ChangeKind.DEADLINE: f"Hạn mới hết {day}",
        ChangeKind.ADD: f"Thêm nhiệm vụ, hạn hết {day}" if day else "Thêm nhiệm vụ",
        ChangeKind.DROP: "Dừng một nhiệm vụ",
        ChangeKind.LEAD: "Đổi cơ quan chủ trì một nhiệm vụ",
        ChangeKind.HELPERS: "Đổi cơ quan phối hợp một nhiệm vụ",
        ChangeKind.PAUSE: "Tạm dừng",
        ChangeKind.RESUME: f"Tiếp tục thực hiện, hạn hết {day}" if day else "Tiếp tục thực hiện",
        ChangeKind.END: "Dừng thực hiện",
        ChangeKind.REPLACE: f"Thay bằng Kế hoạch {change.successor}" if change.successor else "",
    }
    return f"{words[change.kind]}: Kế hoạch {change.plan}"


def body_of(change: PlanChange) -> str:
    """The paper it rests on, the duty, and what the office added."""
    about = f"Nhiệm vụ: {change.duty.text[:300]}" if change.duty else ""
    helping = f"Phối hợp từ nay: {change.new_helpers or 'không còn cơ quan nào'}." if change.kind == ChangeKind.HELPERS else ""
    lines = (f"Theo {change.basis} của {change.basis_issuer}.", about, helping, change.note)
    return "\n".join(line for line in lines if line)
