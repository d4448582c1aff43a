"""Taking the roll: at the door, from a paper list the day after, or from a machine that had no network.

A mark carries a key of its own: the same mark sent twice, or two machines that send in any order, leave what the later
hand wrote (reliability: exactly once).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.choices import Attendance, ConferenceState
from campaigns.models import Conference, Invitee
from units.models import User
from units.services.audit import record_event

MOST_MARKS = 2000


@dataclass(frozen=True)
class Mark:
    """What the door says of one line: `attendance`, or for several heads how many came and how many had leave.

    `key` tells this mark from every other; `made_at` when it was written, by the machine's own clock.
    """

    invitee_id: int
    attendance: str
    key: str
    made_at: dt.datetime
    present: int | None = None
    excused: int | None = None
    note: str = ""


@transaction.atomic
def take_marks(*, conference: Conference, marks: Iterable[Mark], by: User, at: dt.datetime) -> dict[str, str]:
    """Write `marks`; returns {key of a mark that was not taken: why}. What is missing there is written, or was before.

    A mark older than what stands for its line changes nothing and is told: a machine that was away sends late what
    another corrected since, and one whose clock runs behind must not believe that it was heard. Raises ValidationError "not_yet" before the day, "closed" when the roll is closed or called off.
    """
    # under the lock of the row: a mark must not land in a roll that is being closed
    refuse_roll(Conference.objects.select_for_update().get(pk=conference.pk), on=timezone.localdate(at))
    lines = {one.pk: one for one in conference.invitees.select_for_update().order_by("pk")}
    refused, written = {}, []
    for mark in sorted(marks, key=lambda one: (one.made_at, one.key))[:MOST_MARKS]:
        line = lines.get(mark.invitee_id)
        try:
            if line is not None and _put(line, mark, by=by, at=at):
                written.append(line)
        except ValidationError as error:
            refused[mark.key] = error.messages[0]
        if line is None:
            refused[mark.key] = "Đại biểu này không còn trong danh sách."
    Invitee.objects.bulk_update(set(written), _FIELDS)
    if written:
        details = {"lines": len(set(written))}
        record_event(by=by, verb="conference.roll", target=conference, ward=conference.ward, details=details, at=at)
    return refused


def refuse_roll(conference: Conference, *, on: dt.date) -> None:
    """Raise ValidationError "not_yet" or "closed" unless the roll may be taken on the day `on`."""
    if conference.state != ConferenceState.FIXED:
        words = "Hội nghị chưa định ngày, đã hủy hoặc đã chốt điểm danh nên không điểm danh được. Chưa ghi gì."
        raise ValidationError(words, code="closed")
    if on < conference.held_on:
        raise ValidationError("Chưa đến ngày họp nên chưa điểm danh. Chưa ghi gì.", code="not_yet")


_FIELDS = (
    "attendance", "present", "excused", "absent", "absence_note", "mark_key", "marked_on_device_at", "marked_at", "marked_by",
)  # fmt: skip


def _put(line: Invitee, mark: Mark, *, by: User, at: dt.datetime) -> bool:
    """Write one mark into its line; False when it is there already. Raises ValidationError "older", "attendance"."""
    made_at = min(mark.made_at, at)  # a machine whose clock runs ahead must not outrank every later hand
    if line.mark_key == mark.key:
        return False
    if line.marked_on_device_at and made_at < line.marked_on_device_at:
        raise ValidationError(f"{line}: máy khác đã ghi dòng này sau đó; đồng chí xem lại dòng này.", code="older")
    if mark.attendance not in Attendance.values:
        raise ValidationError("Đồng chí chọn Có mặt, Vắng có lý do hoặc Vắng không lý do.", code="attendance")
    cleared = mark.attendance == Attendance.NONE
    line.present, line.excused, line.absent = (None, None, None) if cleared else _counts(line, mark)
    line.attendance, line.mark_key, line.marked_on_device_at = mark.attendance, mark.key[:64], made_at
    line.absence_note = "" if cleared else mark.note[:300]
    line.marked_at, line.marked_by = (None, None) if cleared else (at, by)
    return True


def _counts(line: Invitee, mark: Mark) -> tuple[int | None, int | None, int | None]:
    """(present, excused, absent) in heads: what was counted for several, one head for a person, none where no figure is kept."""
    heads = line.heads
    if heads is None:
        return None, None, None
    if heads > 1 and mark.attendance == Attendance.PRESENT:
        present, excused = heads if mark.present is None else mark.present, mark.excused or 0
        absent = heads - present - excused
        if min(present, excused, absent) < 0:
            words = f"{line}: có mặt {present} và vắng có lý do {excused} nhiều hơn {heads} người được triệu tập."
            raise ValidationError(words, code="too_many")
        return present, excused, absent
    return tuple(
        heads if mark.attendance == one else 0 for one in (Attendance.PRESENT, Attendance.EXCUSED, Attendance.ABSENT)
    )
