"""The attendance in a biên bản, and whether the one being written still says what the roll says."""

from campaigns.choices import Attendance, ConferenceState
from campaigns.conference_figures import roll_totals
from campaigns.conference_words import invitee_words
from campaigns.models import Conference
from campaigns.selectors.conferences import RollGroup, all_totals, roll_groups
from documents.choices import DraftState
from documents.models import PaperDraft
from documents.selectors.drafts import DraftWarning
from units.templatetags.lantoa import vn_number

SECTION = "I. THÀNH PHẦN DỰ HỘI NGHỊ"
NEXT_SECTION = "II. NỘI DUNG"
_MOST_NAMES = 60  # above this the annexed roll says who was absent


def minutes_of(conference: Conference) -> PaperDraft | None:
    """The biên bản of the conference, being written or issued."""
    return PaperDraft.objects.filter(conference_minutes__conference=conference).first()


def minutes_outdated(draft: PaperDraft | None, groups: list[RollGroup]) -> bool:
    """Whether the biên bản being written says something else than the roll; an issued one is left alone."""
    if not draft or draft.state != DraftState.DRAFT:
        return False
    return "\n".join(attendance_lines(groups)) not in "\n".join(draft.body.splitlines())


def unsettled_minutes(draft: PaperDraft) -> DraftWarning | None:
    """Why the attendance in this biên bản should be looked at before it is frozen; None for other papers."""
    conference = Conference.objects.filter(minutes_kept__draft=draft).first()
    if conference is None:
        return None
    url = conference.get_absolute_url()
    if conference.state != ConferenceState.HELD:
        words = "Hội nghị chưa chốt điểm danh, số người dự trong mục I còn có thể đổi. Đồng chí chốt điểm danh rồi cập nhật mục I."
        return DraftWarning(words, url=url, action="Mở hội nghị")
    if minutes_outdated(draft, roll_groups(conference)):
        words = "Mục I của biên bản khác với điểm danh đã chốt. Đồng chí mở hội nghị, cập nhật mục I; các mục khác giữ nguyên."
        return DraftWarning(words, url=url, action="Mở hội nghị")
    return None


def attendance_lines(groups: list[RollGroup]) -> list[str]:
    """Section I of the biên bản as the roll stands: counts, each class, who was away."""
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
        names = [invitee_words(one) for group in groups for one in group.invitees if one.attendance == mark]
        if 0 < len(names) <= _MOST_NAMES:
            lines.append(f"{words}: {'; '.join(names)}.")
    return lines


def _class_words(group: RollGroup) -> str:
    totals = roll_totals(group.invitees)
    if not totals.convened:
        return f"{group.group}: không ghi số người."
    return f"{group.group}: có mặt {vn_number(totals.present)}/{vn_number(totals.convened)} người."
