"""Conferences of the demonstration month: one held with its roll, one coming with answers and its issued notice; and one
task that a later công văn added to a plan."""

import datetime as dt

from django.utils import timezone

from campaigns.change_effects import Wanted
from campaigns.choices import Attendance, ChangeKind, ConferenceWay, LetterPurpose, ParticipantClass, Product, Reply
from campaigns.conference_classes import USUAL
from campaigns.services.changes import change_plan
from campaigns.services.conference_letters import draft_letter
from campaigns.services.conference_lists import add_invitee
from campaigns.services.conference_replies import answer_invitation
from campaigns.services.conferences import call_conference, fix_time
from campaigns.services.roll_call import Mark, take_marks
from documents.choices import DispatchChannel, PaperKind
from documents.selectors.drafts import draft_book
from documents.services.dispatches import record_opening, send_lines
from documents.services.drafts import issue_draft
from reports.demo import organisation as data
from reports.services.conference_roll import close_roll

CLASS = ParticipantClass
_SPEAKER = "Thường trực Đảng ủy phường"


def hold_conference(cast, clock, plans):
    """The month's conference for both plans: called, held, its roll closed; every fourteenth was away, most with leave.

    Units whose members would all come are left to their own sessions: their reports of the demonstration speak of those.
    """
    compiler = cast.staff["tonghop"]
    conference = call_conference(
        ward=cast.ward, plans=plans, kinds=[one for one in USUAL if one not in CLASS.WHOLE], month_on=clock.day(5, 22),
        title="Hội nghị quán triệt Chỉ thị số 05-CT/TU, Nghị quyết số 91-NQ/TU và số 92-NQ/TU của Tỉnh ủy",
        venue=cast.ward.venues.get(), chair="Đồng chí Phó Bí thư Đảng ủy", recorder="Chuyên viên Văn phòng Đảng ủy",
        speaker=_SPEAKER, programme="Quán triệt nội dung ba văn bản\nThảo luận\nKết luận hội nghị",
        by=compiler, at=clock.at(5, 18, 14),
    )  # fmt: skip
    guest = {"name": "Đại biểu Ban Tuyên giáo và Dân vận Tỉnh ủy", "office": "Chuyên viên", "heads": 1}
    add_invitee(conference=conference, kind=CLASS.GUESTS, by=compiler, at=clock.at(5, 18, 14), **guest)
    conference = fix_time(
        conference=conference, version=conference.version, held_on=clock.day(5, 22), starts_at=dt.time(8), minutes=180,
        venue=conference.venue, by=compiler, at=clock.at(5, 18, 15),
    )  # fmt: skip
    at = clock.at(5, 22, 8, 10)
    lines = conference.invitees.order_by("group__position", "position", "pk")
    marks = [_mark(place, line, at) for place, line in enumerate(lines, start=1)]
    take_marks(conference=conference, marks=marks, by=compiler, at=at)
    close_roll(conference=conference, rest_absent=True, by=compiler, at=clock.at(5, 22, 11, 30))
    return conference


def _mark(place, line, at):
    away = (Attendance.ABSENT, "") if place % 42 == 0 else (Attendance.EXCUSED, "Đi công tác")
    attendance, note = away if place % 14 == 0 else (Attendance.PRESENT, "")
    return Mark(line.pk, attendance.value, f"trinh-dien-{line.pk}", at, note=note)


def call_next_conference(cast, clock):
    """The coming one: online, convened by an issued notice that went out, a few secretaries have answered."""
    compiler, at = cast.staff["tonghop"], clock.at(6, 1, 9)
    conference = call_conference(
        ward=cast.ward, plans=[], kinds=[CLASS.SECRETARIES], month_on=clock.day(6, 12), wide=False,
        title="Hội nghị trao đổi kinh nghiệm tự chấm điểm sau học tập", way=ConferenceWay.ONLINE, online_points=4,
        place="Điểm cầu chính tại trụ sở Đảng ủy phường", chair="Đồng chí Phó Bí thư Đảng ủy", speaker=_SPEAKER,
        programme="Trao đổi cách tự chấm điểm\nGiải đáp câu hỏi của các chi bộ", by=compiler, at=at,
    )  # fmt: skip
    conference = fix_time(
        conference=conference, version=conference.version, held_on=clock.day(6, 12), starts_at=dt.time(14), minutes=90,
        place=conference.place, by=compiler, at=at,
    )  # fmt: skip
    _convene(cast, clock, conference)
    _answer(cast, clock, conference)
    return conference


def _convene(cast, clock, conference):
    """Thông báo triệu tập, with its number from the book, sent through the program; some units have opened it."""
    clerk, at = cast.staff["vanthu"], clock.at(6, 1, 15)
    letter = draft_letter(
        conference=conference, kind=PaperKind.NOTICE, purpose=LetterPurpose.CONVENE, groups=conference.classes.all(),
        personal=False, signer=cast.ward.signers.get(), by=cast.staff["soanthao"], now=clock.at(6, 1, 10),
    )  # fmt: skip
    number = draft_book(letter.draft)["next_number"]
    facts = {"expected_version": letter.draft.version, "number": number, "dated_on": timezone.localdate(at)}
    paper = issue_draft(draft=letter.draft, by=clerk, now=at, **facts)
    send_lines(paper=paper, lines=paper.dispatches.all(), channel=DispatchChannel.PROGRAM, by=clerk, at=at)
    for code in list(cast.secretaries)[:6]:
        given = cast.secretaries[code]
        if code != data.OWN_SECRETARY[1]:
            record_opening(lines=paper.dispatches.filter(unit=given.unit), by=given.user, at=clock.at(6, 1, 19))


def _answer(cast, clock, conference):
    answers = (
        {"reply": Reply.COMING}, {"reply": Reply.COMING}, {"reply": Reply.EXCUSED, "note": "Dự tập huấn ở tỉnh"},
        {"reply": Reply.DEPUTY, "deputy_name": "Phó Bí thư chi bộ", "deputy_office": "Phó Bí thư"}, {"reply": Reply.COMING},
    )  # fmt: skip
    lines = conference.invitees.select_related("conference").order_by("position", "pk")
    own = lines.get(unit__code=data.OWN_SECRETARY[1])
    others = [one for one in lines[:6] if one != own][:5]
    for line, answer in zip([own, *others], [{"reply": Reply.COMING}, *answers], strict=True):
        answer_invitation(invitee=line, now=clock.at(6, 2, 10), **answer)


def add_duty(cast, clock, plan):
    """A công văn from above added a task after the plan was issued: the Fatherland Front spreads both resolutions."""
    wanted = Wanted(
        kind=ChangeKind.ADD, basis_kind=PaperKind.LETTER, basis_number="118-CV/BTGDVTU", basis_dated_on=clock.day(5, 28),
        basis_issuer="Ban Tuyên giáo và Dân vận Tỉnh ủy", new_day=clock.day(6, 20), new_lead=cast.bodies["MTTQ"],
        text="Tuyên truyền nội dung hai nghị quyết đến Nhân dân ở các khu dân cư", product=Product.ACTION,
    )  # fmt: skip
    return change_plan(plan=plan, wanted=wanted, by=cast.staff["tonghop"], at=clock.at(5, 29, 9))
