"""Biên bản of a conference, drafted from its roll: the head is done, the discussion is the recorder's."""

import datetime as dt

from django.db import transaction

from campaigns.choices import Attendance
from campaigns.conference_figures import roll_totals
from campaigns.models import Conference
from campaigns.selectors.conferences import RollGroup, all_totals, roll_groups
from documents import dates
from documents.choices import DraftState, PaperKind
from documents.models import PaperDraft
from documents.services.drafts import create_draft
from units.models import User
from units.templatetags.lantoa import vn_number

_MOST_NAMES = 60  # above this the annexed roll says who was absent


@transaction.atomic
def draft_minutes(*, conference: Conference, by: User, at: dt.datetime) -> PaperDraft:
    """Begin the biên bản of `conference` with its attendance at the head; the one being written is given again."""
    subject = conference.title[:1].lower() + conference.title[1:]
    drafts = PaperDraft.objects.filter(
        ward=conference.ward, kind=PaperKind.MINUTES, state=DraftState.DRAFT, subject=subject
    )
    known = drafts.order_by("pk").first()
    if known:
        return known
    return create_draft(
        ward=conference.ward, kind=PaperKind.MINUTES, by=by, now=at, subject=subject, body=_body(conference),
        closing="Hội nghị kết thúc lúc … giờ … cùng ngày. Biên bản đã được thông qua tại hội nghị.",
        chair_name=conference.chair[:120], recorder_name=conference.recorder[:120],
    )  # fmt: skip


def _body(conference: Conference) -> str:
    groups = roll_groups(conference)
    hour = f"{conference.starts_at:%H} giờ {conference.starts_at:%M}, " if conference.starts_at else ""
    day = (
        f"ngày {dates.short(conference.held_on)}" if conference.held_on else f"tháng {dates.month(conference.month_on)}"
    )
    points = f", {vn_number(conference.online_points)} điểm cầu" if conference.online_points else ""
    lines = [
        f"Thời gian: {hour}{day}.",
        f"Địa điểm: {conference.where or '…'}.",
        f"Hình thức: {conference.get_way_display().lower()}{points}.",
        f"Chủ trì: {conference.chair or '…'}.",
        f"Báo cáo viên: {conference.speaker or '…'}.",
        "I. THÀNH PHẦN DỰ HỘI NGHỊ",
        *_roll(groups),
        "II. NỘI DUNG",
        *_numbered(conference.programme),
        "III. Ý KIẾN THẢO LUẬN",
        "…",
        "IV. KẾT LUẬN",
        "…",
    ]
    return "\n".join(lines)


def _roll(groups: list[RollGroup]) -> list[str]:
    totals = all_totals(groups)
    if not totals.called:
        return ["Chưa điểm danh."]
    came = f"Triệu tập {vn_number(totals.convened)} người; có mặt {vn_number(totals.present)}"
    away = f"vắng có lý do {vn_number(totals.excused)}, vắng không lý do {vn_number(totals.absent)}"
    lines = [f"{came}, {away}."]
    if totals.waiting:
        lines.append(f"Chưa điểm danh {vn_number(totals.waiting)} người.")
    if totals.uncounted:
        lines.append(f"Số liệu chưa gồm {vn_number(totals.uncounted)} dòng không ghi số người.")
    lines += [f"- {_class_words(group)}" for group in groups if group.invitees]
    for mark, words in ((Attendance.EXCUSED, "Vắng có lý do"), (Attendance.ABSENT, "Vắng không lý do")):
        names = [str(one) for group in groups for one in group.invitees if one.attendance == mark]
        if 0 < len(names) <= _MOST_NAMES:
            lines.append(f"{words}: {'; '.join(names)}.")
    return lines


def _class_words(group: RollGroup) -> str:
    totals = roll_totals(group.invitees)
    if not totals.convened:
        return f"{group.group}: không ghi số người."
    return f"{group.group}: có mặt {vn_number(totals.present)}/{vn_number(totals.convened)} người."


def _numbered(programme: str) -> list[str]:
    items = [line.strip().lstrip("-+•").strip() for line in programme.splitlines() if line.strip()]
    return [f"{place}. {item}" for place, item in enumerate(items, start=1)] or ["…"]
