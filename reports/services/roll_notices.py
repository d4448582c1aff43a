"""What secretaries are told when the roll of a conference is closed, or closed again after it was corrected."""

import datetime as dt
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone

from campaigns.choices import Attendance
from campaigns.models import Conference, Notification
from campaigns.services.notifications import Notice, tell
from units.choices import Role
from units.models import Membership, Unit

_FIRST, _AGAIN, _NONE = (
    "Bố trí học bù nội dung hội nghị", "Danh sách học bù của hội nghị đã sửa", "Không còn ai phải học bù nội dung hội nghị",
)  # fmt: skip


def tell_absentees(conference: Conference, *, at: dt.datetime) -> None:
    """One line to the secretary of every unit with absentees, naming only that unit's own; five queries.

    Of a roll that was closed before, only those whose list is another now are told anew, also that it is empty.
    """
    absent = defaultdict(list)
    lines = conference.invitees.filter(unit__isnull=False).exclude(attendance=Attendance.NONE).select_related("unit")
    for line in lines.order_by("group__position", "position", "pk"):
        away = (line.excused or 0) + (line.absent or 0)
        if away:
            absent[line.unit_id].append(f"{away} đảng viên" if line.whole else str(line))
    start = f"make-up-{conference.pk}-"
    last = {}
    for told in Notification.objects.filter(key__startswith=start).order_by("pk"):
        last[int(told.key.removeprefix(start).split("-")[0]), told.person_id] = told.body
    lines = []
    for unit, person in _secretaries({*absent, *(unit for unit, _ in last)}, at=at):
        before = last.get((unit, person))
        if unit not in absent and (before is None or before == _nobody(conference)):
            continue
        body = _absent_words(conference, absent[unit]) if unit in absent else _nobody(conference)
        if body != before:
            title = _NONE if unit not in absent else _AGAIN if before else _FIRST
            lines.append((f"{start}{unit}-{person}-{conference.version}", person, title, body))
    _tell(conference, lines, at=at)


def tell_reported(conference: Conference, units: list[Unit], *, at: dt.datetime) -> None:
    """Ask units whose report stands on the earlier roll to look at it again; three queries."""
    body = (
        f"Điểm danh “{conference.title}” vừa được sửa, báo cáo của đơn vị đang dùng số cũ. "
        "Đề nghị đơn vị xem lại số có mặt rồi gửi lại báo cáo."
    )
    title = "Đề nghị xem lại số dự hội nghị trong báo cáo"
    lines = [
        (f"roll-corrected-{conference.pk}-{unit}-{person}-{conference.version}", person, title, body)
        for unit, person in _secretaries({unit.pk for unit in units}, at=at)
    ]
    _tell(conference, lines, at=at)


def _secretaries(units: set[int], *, at: dt.datetime) -> list[tuple[int, int]]:
    """(unit, person) of the secretaries of the day."""
    if not units:
        return []
    current = Membership.objects.current(on=timezone.localdate(at)).filter(role=Role.SECRETARY, unit__in=units)
    return list(current.order_by("unit", "user").values_list("unit", "user").distinct())


def _absent_words(conference: Conference, names: list[str]) -> str:
    return f"Vắng tại “{conference.title}”: {'; '.join(names)}. Đề nghị đơn vị tổ chức học bù và ghi buổi học bù."


def _nobody(conference: Conference) -> str:
    return f"Điểm danh “{conference.title}” đã sửa: đơn vị không còn ai vắng."


def _tell(conference: Conference, lines: list[tuple[str, int, str, str]], *, at: dt.datetime) -> None:
    if lines:
        url = reverse("campaigns:notification-list")
        ward = conference.ward_id
        tell([Notice(person, key, title, body, url, ward) for key, person, title, body in lines], at=at)
