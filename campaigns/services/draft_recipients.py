"""Nơi nhận of a new plan: who is above, invited, tasked, and why a body is in it or not (format.md 3.10)."""

from collections.abc import Sequence

from campaigns.choices import DirectiveScope, PlanKind
from campaigns.models import Directive
from campaigns.plan_content import DutyText, RecipientText
from campaigns.services.draft_duties import ALL_UNITS_NAME, BODIES, bodies_of
from campaigns.services.draft_notes import Note, recipient_note
from units.models import Unit, WardSettings

COMMITTEE_MEMBERS = "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ phường"
STAFF = "Các cơ quan tham mưu, giúp việc Đảng ủy"
INVITED = "Các cơ quan, đơn vị, trường học, doanh nghiệp, tổ dân phố trên địa bàn phường"
KEEP = "Lưu Văn phòng Đảng ủy"
_STAFF_BODIES = ("party_building", "office")
_CENTRAL = ("trung ương", "bộ chính trị", "ban bí thư")


def draft_recipients(
    *, ward: Unit, kind: str, directives: Sequence[Directive], duties: tuple[DutyText, ...], superior: str, ward_conference: bool
) -> tuple[tuple[RecipientText, ...], list[Note]]:
    """Return Nơi nhận in protocol order (above, own committee, invited and tasked bodies, units, Lưu) and the reasons."""
    key_only = all(one.scope == DirectiveScope.KEY_OFFICIALS for one in directives)
    conference = ward_conference and kind == PlanKind.STUDY
    lines, notes = _above(ward, directives, superior)
    lines.append(RecipientText(COMMITTEE_MEMBERS))
    notes.append(recipient_note(COMMITTEE_MEMBERS, "cơ quan ban hành; ủy viên dự và chỉ đạo thực hiện."))
    _add_bodies(lines, notes, bodies_of(ward), duties, conference=conference)
    if conference and not key_only:
        lines.append(RecipientText(INVITED))
        notes.append(recipient_note(INVITED, "dự hội nghị cấp phường nên được đề nghị vào Nơi nhận."))
    if not key_only:
        lines.append(RecipientText(ALL_UNITS_NAME, all_units=True))
        notes.append(recipient_note(ALL_UNITS_NAME, "được giao việc trong kế hoạch."))
    else:
        text = "không ghi: văn bản chỉ phổ biến đến cán bộ chủ chốt, kế hoạch không giao việc cho chi bộ."
        notes.append(recipient_note(ALL_UNITS_NAME, text))
    lines.append(RecipientText(KEEP))
    return tuple(lines), notes


def is_central(name: str) -> bool:
    """Whether a body of that name is one of the Centre, to which a ward does not write."""
    return any(word in name.lower() for word in _CENTRAL)


def _above(ward, directives, superior):
    """The committee above first, then the body that expects the report."""
    settings = WardSettings.objects.get(ward=ward)
    city = settings.superior_name.startswith("Thành ủy")
    standing = f"Thường trực {'Thành ủy' if city else 'Tỉnh ủy'}"
    lines, notes = [RecipientText(standing, note="báo cáo")], []
    issuers = ", ".join(dict.fromkeys(one.issuer for one in directives))
    if is_central(issuers):
        notes.append(recipient_note(issuers, f"không ghi: phường không gửi thẳng Trung ương; báo cáo qua {standing}."))
    notes.append(recipient_note(standing, "cấp trên trực tiếp, theo dõi việc thực hiện."))
    if superior and superior != standing:
        lines.append(RecipientText(superior, note="báo cáo"))
        notes.append(recipient_note(superior, "nơi nhận báo cáo kết quả của phường."))
    return lines, notes


def _add_bodies(lines, notes, bodies, duties, *, conference):
    """Council, people's committee and front, then other bodies with work; staff bodies share one line."""
    tasked = {duty.lead_id for duty in duties if duty.lead_id} | {
        duty.lead_text for duty in duties if not duty.lead_id
    }
    staff = [bodies[key].pk for key in _STAFF_BODIES if key in bodies]
    shown = set(staff)
    for key in ("council", "committee", "front"):
        body = bodies.get(key)
        name = body.name if body else BODIES[key].name
        works = bool({body.pk if body else name, name} & tasked)
        if not works and not conference:
            notes.append(recipient_note(name, "không ghi: kế hoạch không mời họp, không giao việc; đồng chí thêm nếu cần."))
            continue
        lines.append(RecipientText(name, unit_id=body.pk if body else None))
        shown |= {body.pk if body else name, name}
        parts = ["được giao việc"] * works + ["dự hội nghị cấp phường"] * conference
        notes.append(recipient_note(name, f"{', '.join(parts)} nên được đề nghị vào Nơi nhận."))
    lines.append(RecipientText(STAFF))
    notes.append(recipient_note(STAFF, "gồm Ban Xây dựng Đảng, Văn phòng Đảng ủy và các cơ quan được giao việc."))
    for duty in duties:
        if duty.lead_id and duty.lead_id not in shown:
            shown.add(duty.lead_id)
            lines.append(RecipientText(duty.lead_text, unit_id=duty.lead_id))
            notes.append(recipient_note(duty.lead_text, "được giao việc trong kế hoạch."))
