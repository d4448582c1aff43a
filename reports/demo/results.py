"""What the units of the demonstration did: made-up figures, entered through the same services, by their own secretaries."""

import random

from campaigns.choices import CallOutcome
from campaigns.services.calls import record_call
from reports.choices import AttendingWay, LimitPick, SessionForm, SessionKind, SubmissionState
from reports.models import Submission
from reports.scoring import suggest
from reports.selectors.scoring import criteria_of, facts_for, pinned_rubric
from reports.services.compiling import draft_report
from reports.services.sending import submit
from reports.services.sessions import record_session
from reports.services.submissions import accept_submission, appraise_submission, return_submission
from units.choices import UnitKind

BOTH, FIRST_ONLY, STUDIED_BOTH = 37, 5, 10  # the rest of the 58 has done nothing yet
_FORMS = {
    UnitKind.RESIDENTIAL: SessionForm.CELL_MEETING,
    UnitKind.SCHOOL: SessionForm.OFFICE_MEETING,
    UnitKind.ENTERPRISE: SessionForm.OFFICE_MEETING,
}
# Halves that go together in any way: wards are not full of units that write the same sentence.
_STRENGTHS = (
    ["Đảng viên dự đông đủ.", "Tài liệu được gửi trước cả tuần.", "Bí thư trực tiếp truyền đạt.", "Chi ủy chuẩn bị kỹ câu hỏi.", ""],
    [
        "Phần trao đổi bám sát việc của địa bàn.",
        "Nhiều đồng chí cao tuổi phát biểu từ kinh nghiệm của mình.",
        "Đảng viên trẻ giúp các bác mở tài liệu trên điện thoại.",
        "Mỗi tổ nêu được một việc làm ngay.",
        "Có mời Trưởng ban Công tác Mặt trận cùng dự.",
        "",
    ],
)
_LIMITS = [
    "Thời gian thảo luận còn ít.",
    "Một số đảng viên cao tuổi khó theo dõi tài liệu điện tử.",
    "Đồng chí đi làm ca đến muộn, chưa nghe hết phần đầu.",
    "Phòng họp nhỏ, loa chưa rõ ở hàng ghế cuối.",
    "",
    "",
]
_PROPOSALS = [
    "Đề nghị Đảng ủy cung cấp tài liệu hỏi đáp ngắn gọn để tuyên truyền trong Nhân dân.",
    "Đề nghị mở lớp hướng dẫn sử dụng dịch vụ số cho đảng viên cao tuổi.",
    "Đề nghị gửi tài liệu trước buổi học ít nhất năm ngày.",
    "Đề nghị hỗ trợ loa, màn hình cho nhà văn hóa tổ dân phố.",
    "",
    "",
    "",
]
_WORKS = [
    [{"what": "Giúp hai hộ trong tổ bán hàng qua mạng", "who": "đồng chí phó bí thư", "by": "30/9/2026"}],
    [{"what": "Vận động hiến đất mở rộng ngõ", "who": "chi ủy", "by": "kỳ sinh hoạt tới"}],
    [{"what": "Lập nhóm hỗ trợ hộ mới mở cửa hàng", "who": "đồng chí bí thư", "by": "quý IV năm 2026"}],
    [
        {"what": "Dọn và trồng hoa đoạn đường vào nhà văn hóa", "who": "đoàn viên, hội viên", "by": "15/10/2026"},
        {"what": "Chỉnh lại bảng tin của tổ", "who": "đồng chí phó bí thư", "by": "30/9/2026"},
    ],
    [{"what": "Mở buổi hướng dẫn nộp hồ sơ trực tuyến", "who": "chi ủy", "by": "tháng 10/2026"}],
    [],
    [],
]


def report_results(cast, clock, plans):
    """Sessions, submissions, acceptances, two returns and a few appraisals, the same on every load."""
    chance = random.Random(20260603)  # noqa: S311 - made-up figures, not a secret
    units = [cast.units[code] for code in cast.secretaries]
    chance.shuffle(units)
    first, second = plans
    own = next(unit for unit in units if unit.code == "TDP-06")
    units.remove(own)
    units.append(own)  # the demonstration's own secretary still has everything to do
    sent, done = BOTH + FIRST_ONLY, 0
    for place, unit in enumerate(units):
        day = 20 + place % 9
        if place < BOTH:
            done += _send(cast, clock, unit, [first, second], day, chance)
        elif place < sent:
            done += _send(cast, clock, unit, [first], day, chance)
        elif place < sent + STUDIED_BOTH:
            _study(cast, clock, unit, [first, second], day, chance)
    _handle(cast, clock, plans)
    draft_report(ward=cast.ward, plans=[first], by=cast.staff["tonghop"], now=clock.at(6, 3, 7, 30))
    return done


def _session(unit, plans, clock, day, present, chance):
    return {
        "directives": [link.directive for plan in plans for link in plan.directive_links.select_related("directive")],
        "held_on": clock.day(5, day),
        "kind": SessionKind.MAIN,
        "form": _FORMS.get(unit.kind, SessionForm.OFFICE_MEETING),
        "way": AttendingWay.IN_PERSON,
        "minutes": chance.choice([60, 75, 90]),
        "speaker": "Bí thư chi bộ",
        "head_speaks": chance.random() < 0.85,
        "present": present,
        "outside_people": chance.choice([0, 0, 4, 9]),
        "outside_members": chance.choice([0, 3, 6]),
        "speakers": min(present, 3 + chance.randrange(8)) if present else None,
        "minutes_kept": chance.random() < 0.9,
    }


def _figures(unit, chance):
    """Head-counts that add up; units whose figures are withheld give none."""
    if unit.figures_withheld:
        return {}, None
    exempt, away, received = unit.exempt_count or 0, chance.randrange(3), chance.randrange(2)
    required = unit.member_count - exempt - away + received
    excused, unexcused = chance.randrange(3), int(chance.random() < 0.12)
    counts = {"members": unit.member_count, "exempt": exempt, "away": away, "received": received}
    counts |= {"excused": excused, "unexcused": unexcused}
    return counts, required - excused - unexcused


def _remarks(chance):
    return {
        "oral_sessions": chance.randrange(1, 4),
        "oral_listeners": chance.randrange(20, 90),
        "broadcasts": chance.randrange(0, 5),
        "online_posts": chance.randrange(0, 6),
        "strengths": " ".join(filter(None, (chance.choice(half) for half in _STRENGTHS))),
        "limit_picks": chance.choice([[LimitPick.LITTLE_DISCUSSION.value], [LimitPick.TOO_SHORT.value, LimitPick.PHONES.value], []]),
        "limits": chance.choice(_LIMITS),
        "proposals": chance.choice(_PROPOSALS),
        "works": chance.choice(_WORKS),
    }


def _send(cast, clock, unit, plans, day, chance):
    secretary = cast.secretaries[unit.code].user
    at = clock.at(5, day, 19, chance.randrange(60))
    counts, present = _figures(unit, chance)
    session = _session(unit, plans, clock, day, present, chance)
    figures = counts | _remarks(chance)
    facts = facts_for(plan=plans[0], unit=unit, sessions=[session], figures=figures, received_at=at)
    submit(
        unit=unit,
        plans=plans,
        sessions=[session],
        figures=figures,
        points=_points(plans, facts, chance),
        by=secretary,
        at=at,
        confirmed=True,
    )
    return len(plans)


def _points(plans, facts, chance):
    """Points as suggested by the figures; where a person must judge, most of them."""
    points = {}
    for criterion in criteria_of(pinned_rubric(plans[0])):
        suggested, _why = suggest(criterion, facts)
        points[criterion.pk] = (suggested if suggested is not None else criterion.max_points - chance.choice([0, 1, 2]), "")
    return points


def _study(cast, clock, unit, plans, day, chance):
    _counts, present = _figures(unit, chance)
    session = _session(unit, plans, clock, day, present, chance)
    directives = session.pop("directives")
    by = cast.secretaries[unit.code].user
    record_session(unit=unit, directives=directives, by=by, at=clock.at(5, day, 20, 15), **session)


def _handle(cast, clock, plans):
    """The office took most reports in, sent two back (of two units, one a plan), appraised some."""
    compiler = cast.staff["tonghop"]
    waiting = list(Submission.objects.filter(state=SubmissionState.SUBMITTED).order_by("submitted_at", "pk"))
    back = [next(one for one in waiting if one.plan == plan and one.unit.code == code) for plan, code in zip(plans, _back(waiting), strict=True)]
    for submission in back:
        return_submission(
            submission=submission,
            places=[("unexcused", "Đề nghị đồng chí ghi rõ số đảng viên vắng không lý do.")],
            by=compiler,
            at=clock.at(6, 1, 9),
        )
    waiting = [one for one in waiting if one not in back]
    for submission in waiting[:-12]:
        accept_submission(submission=submission, by=compiler, at=clock.at(6, 2, 9))
    for submission in waiting[:18]:
        submission.refresh_from_db()
        points = {score.pk: (score.self_points, "") for score in submission.scores.all()}
        appraise_submission(submission=submission, points=points, by=compiler, at=clock.at(6, 2, 15))


def _back(waiting):
    """Codes of the first two units that reported for both plans."""
    codes = [one.unit.code for one in waiting]
    return list(dict.fromkeys(code for code in codes if codes.count(code) == 2))[:2]


def call_units(cast, clock):
    """Three calls of the office to units that have not reported; one of them promised a day."""
    owing = [cast.units[code] for code in ("TDP-06", *cast.secretaries)]
    sent = set(Submission.objects.exclude(state=SubmissionState.DRAFT).values_list("unit", flat=True))
    owing = [unit for unit in owing if unit.pk not in sent][1:4]
    facts = (
        {"outcome": CallOutcome.PROMISED, "promised_on": max(clock.day(6, 4), clock.today), "note": "Đang chờ đủ danh sách điểm danh."},
        {"outcome": CallOutcome.CALLED, "note": "Đã nhắc đồng chí bí thư."},
        {"outcome": CallOutcome.UNREACHABLE},
    )
    for unit, fact in zip(owing, facts, strict=True):
        record_call(unit=unit, by=cast.staff["tonghop"], at=clock.at(6, 2, 16), **fact)
