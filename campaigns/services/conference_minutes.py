"""Biên bản of a conference, drafted from its roll: the head is done, the discussion is the recorder's."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.models import Conference, ConferenceMinutes
from campaigns.selectors.conference_minutes import NEXT_SECTION, SECTION, attendance_lines, minutes_of
from campaigns.selectors.conferences import roll_groups
from documents import dates
from documents.choices import DraftState, PaperKind
from documents.models import PaperDraft
from documents.services.drafts import create_draft, edit_draft
from units.models import User
from units.templatetags.lantoa import vn_number


@transaction.atomic
def draft_minutes(*, conference: Conference, by: User, at: dt.datetime) -> PaperDraft:
    """Begin the biên bản of `conference` with its attendance at the head; the one it has is given again."""
    Conference.objects.select_for_update().get(pk=conference.pk)  # two recorders press at once: one biên bản
    known = minutes_of(conference)
    if known:
        return known
    subject = conference.title[:1].lower() + conference.title[1:]
    draft = create_draft(
        ward=conference.ward, kind=PaperKind.MINUTES, by=by, now=at, subject=subject, body=_body(conference),
        closing="Hội nghị kết thúc lúc … giờ … cùng ngày. Biên bản đã được thông qua tại hội nghị.",
        chair_name=conference.chair[:120], recorder_name=conference.recorder[:120],
    )  # fmt: skip
    ConferenceMinutes.objects.create(conference=conference, draft=draft)
    return draft


@transaction.atomic
def refresh_attendance(*, conference: Conference, by: User, at: dt.datetime) -> PaperDraft:
    """Write section I of the biên bản being written anew from the roll; the other sections stay as typed.

    Raises ValidationError "no_section" (none is being written, or its headings are others now), "changed".
    """
    draft = minutes_of(conference)
    typed = draft.body.splitlines() if draft and draft.state == DraftState.DRAFT else []
    if SECTION not in typed or NEXT_SECTION not in typed[typed.index(SECTION) :]:
        words = "Biên bản không còn mục I, II như khi soạn nên chưa cập nhật gì. Đồng chí mở biên bản và sửa số người dự."
        raise ValidationError(words, code="no_section")
    begins = typed.index(SECTION)
    ends = typed.index(NEXT_SECTION, begins)
    body = "\n".join([*typed[: begins + 1], *attendance_lines(roll_groups(conference)), *typed[ends:]])
    return edit_draft(draft=draft, expected_version=draft.version, by=by, now=at, body=body)


def _body(conference: Conference) -> str:
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
        SECTION,
        *attendance_lines(roll_groups(conference)),
        NEXT_SECTION,
        *_numbered(conference.programme),
        "III. Ý KIẾN THẢO LUẬN",
        "…",
        "IV. KẾT LUẬN",
        "…",
    ]
    return "\n".join(lines)


def _numbered(programme: str) -> list[str]:
    items = [line.strip().lstrip("-+•").strip() for line in programme.splitlines() if line.strip()]
    return [f"{place}. {item}" for place, item in enumerate(items, start=1)] or ["…"]
