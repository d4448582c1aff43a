"""The roll as it arrives: from the page's own form, line by line, and from the queue of a machine that was offline."""

import datetime as dt
import json
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from campaigns.choices import Attendance
from campaigns.forms.fields import CleanLineField
from campaigns.services.roll_call import MOST_MARKS, Mark
from documents.text import clean_line

_KEY = re.compile(r"[\w.:+-]{8,64}", re.ASCII)


class LineForm(forms.Form):
    """One line of the roll on the page."""

    attendance = forms.ChoiceField(choices=Attendance, required=False)
    present = forms.IntegerField(required=False, min_value=0, max_value=9999)
    excused = forms.IntegerField(required=False, min_value=0, max_value=9999)
    note = CleanLineField(max_length=300, required=False)
    seen = forms.CharField(max_length=64, required=False)  # the mark that stood there when the page was opened


def marks_typed(data, invitees, *, at):
    """(marks of the lines that differ from what stands, sentences of lines that were not taken).

    A line that another hand marked since the page was opened is left as it is and named; one that did not arrive at all
    (a form cut off on its way) says nothing.
    """
    marks, wrong = [], []
    for one in invitees:
        if f"d{one.pk}-attendance" not in data:
            continue
        form = LineForm(data, prefix=f"d{one.pk}")
        if not form.is_valid():
            wrong.append(f"{one}: số chưa đúng, chưa ghi dòng này.")
            continue
        said = form.cleaned_data
        attendance = said["attendance"] or Attendance.NONE.value
        counted = attendance == Attendance.PRESENT and (one.heads or 0) > 1
        present, excused = (said["present"], said["excused"] or 0) if counted else (None, None)
        same = (attendance, said["note"]) == (one.attendance, one.absence_note)
        if same and not (counted and (present, excused) != (one.present, one.excused)):
            continue
        if f"d{one.pk}-seen" in data and said["seen"] != one.mark_key:
            wrong.append(f"{one}: người khác vừa điểm danh dòng này; chưa ghi đè, đồng chí xem lại.")
        else:
            key = f"trang-{one.pk}-{at.isoformat()}"
            marks.append(Mark(one.pk, attendance, key, at, present=present, excused=excused, note=said["note"]))
    return marks, wrong


def marks_queued(body):
    """Marks of a machine's queue: {"marks": [{"invitee", "attendance", "key", "at", "present", "excused", "note"}]}.

    Raises ValidationError "unreadable" for anything else.
    """
    try:
        rows = json.loads(body)["marks"]
        if not isinstance(rows, list) or len(rows) > MOST_MARKS:
            raise TypeError
        return [_queued(row) for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValidationError("Dữ liệu điểm danh gửi lên chưa đọc được. Chưa ghi gì.", code="unreadable") from error


def _queued(row):
    made_at, key = parse_datetime(str(row["at"])), str(row["key"])
    if made_at is None or made_at.tzinfo is None or not _KEY.fullmatch(key):
        raise ValueError("at, key")
    return Mark(
        int(row["invitee"]), str(row["attendance"]), key, made_at.astimezone(dt.UTC),
        present=_count(row.get("present")), excused=_count(row.get("excused")), note=clean_line(str(row.get("note") or "")[:300]),
    )  # fmt: skip


def _count(value):
    if value is None or value == "":
        return None
    number = int(value)
    if not 0 <= number <= 9999:
        raise ValueError("count")
    return number
