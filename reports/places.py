"""The places of a unit's report by name: which step of the form holds each, and what people call it.

The office returns a report on one of these; one tap of the unit opens it (the anchor is the field's id).
"""

import datetime as dt

from documents.dates import short
from reports.asked import COUNTS_OF, LISTS_OF, WORDS_OF
from reports.outline import place_label

SESSION, COUNTS, RESULTS, SCORES = "session", "counts", "results", "scores"
PARTS = (SESSION, COUNTS, RESULTS, SCORES)
FILES, EXTRA = "files", "extra"  # not steps: photos and minutes, and each further session, have pages of their own
TITLES = {
    SESSION: "Buổi học",
    COUNTS: "Số người dự",
    RESULTS: "Kết quả",
    SCORES: "Tự chấm điểm và gửi",
    FILES: "Ảnh, biên bản",
    EXTRA: "Buổi chia ca, học bù",
}

PLACES = {
    "directives": (SESSION, "Văn bản đã học"),
    "held_on": (SESSION, "Ngày học"),
    "form": (SESSION, "Hình thức tổ chức"),
    "way": (SESSION, "Cách dự"),
    "speaker": (SESSION, "Báo cáo viên"),
    "head_speaks": (SESSION, "Người đứng đầu cấp ủy trực tiếp truyền đạt"),
    "started_at": (SESSION, "Giờ bắt đầu"),
    "minutes": (SESSION, "Thời lượng"),
    "online_points": (SESSION, "Số điểm cầu"),
    "minutes_kept": (SESSION, "Danh sách điểm danh và biên bản"),
    "extra": (SESSION, "Thêm, bớt buổi chia ca, học bù"),
    "members": (COUNTS, "Tổng số đảng viên"),
    "exempt": (COUNTS, "Được miễn công tác và sinh hoạt"),
    "away": (COUNTS, "Sinh hoạt tạm thời nơi khác, đi xa được phép"),
    "received": (COUNTS, "Tiếp nhận sinh hoạt tạm thời"),
    "present": (COUNTS, "Có mặt"),
    "excused": (COUNTS, "Vắng có lý do"),
    "unexcused": (COUNTS, "Vắng không lý do"),
    "speakers": (COUNTS, "Số đảng viên phát biểu"),
    "session_opinions": (COUNTS, "Số ý kiến phát biểu"),
    "exempt_present": (COUNTS, "Đảng viên được miễn vẫn dự"),
    "outside_officials": (COUNTS, "Cán bộ, công chức, viên chức, người lao động cùng dự"),
    "outside_youth": (COUNTS, "Đoàn viên cùng dự"),
    "outside_members": (COUNTS, "Hội viên cùng dự"),
    "outside_people": (COUNTS, "Nhân dân cùng dự"),
    "oral_sessions": (RESULTS, "Tuyên truyền miệng"),
    "oral_listeners": (RESULTS, "Lượt người nghe"),
    "broadcast_items": (RESULTS, "Tin, bài truyền thanh"),
    "broadcasts": (RESULTS, "Lượt phát thanh"),
    "online_posts": (RESULTS, "Tin, bài trên mạng"),
    "online_reach": (RESULTS, "Lượt tiếp cận trên mạng"),
    "visual_items": (RESULTS, "Băng rôn, pa nô, áp phích"),
    "leaflets": (RESULTS, "Tài liệu đã phát"),
    "group_meetings": (RESULTS, "Lồng ghép sinh hoạt đoàn thể"),
    "group_listeners": (RESULTS, "Lượt người dự sinh hoạt đoàn thể"),
    "essays_due": (RESULTS, "Bài thu hoạch phải nộp"),
    "essays_handed": (RESULTS, "Bài thu hoạch đã nộp"),
    "essays_done": (RESULTS, "Bài thu hoạch đạt yêu cầu"),
    "quiz_taken": (RESULTS, "Số người tham gia kiểm tra nhận thức"),
    "quiz_passed": (RESULTS, "Số người đạt kiểm tra nhận thức"),
    "own_resolution": (RESULTS, "Văn bản cụ thể hóa"),
    "concrete_work": (RESULTS, "Việc làm cụ thể"),
    "strengths": (RESULTS, "Ưu điểm"),
    "limits": (RESULTS, "Hạn chế"),
    "causes": (RESULTS, "Nguyên nhân"),
    "opinions": (RESULTS, "Ý kiến, băn khoăn"),
    "proposals": (RESULTS, "Kiến nghị, đề xuất"),
    "good_models": (RESULTS, "Mô hình, cách làm hay"),
    "scores": (SCORES, "Điểm tự chấm"),
    "photos": (FILES, "Ảnh buổi học"),
    "minutes_files": (FILES, "Tệp biên bản, danh sách điểm danh"),
}
# places whose field bears another name on its page, where the name alone was taken
_FIELDS = {"session_opinions": "opinions", "minutes_files": "minutes"}
_EXTRA_MARK = f"{EXTRA}:"

# fields of Submission that a unit fills in
COUNT_FIGURES = ("members", "exempt", "away", "received", "excused", "unexcused")
RESULT_COUNTS = tuple(name for names in COUNTS_OF.values() for name in names)
RESULT_WORDS = tuple(name for names in WORDS_OF.values() for name in names)
RESULT_LISTS = tuple(name for names in LISTS_OF.values() for name in names)
RESULT_FIGURES = RESULT_COUNTS + RESULT_WORDS + RESULT_LISTS
FIGURES = COUNT_FIGURES + RESULT_FIGURES
# fields of StudySession that say what happened
SESSION_FACTS = (
    "held_on",
    "started_at",
    "minutes",
    "kind",
    "form",
    "way",
    "online_points",
    "speaker",
    "head_speaks",
    "present",
    "present_again",
    "exempt_present",
    "outside_officials",
    "outside_youth",
    "outside_members",
    "outside_people",
    "opinions",
    "speakers",
    "minutes_kept",
    "note",
)
# fields of StudySession that the counts page asks for, of the main session
SESSION_COUNTS = (
    "present",
    "exempt_present",
    "outside_officials",
    "outside_youth",
    "outside_members",
    "outside_people",
    "speakers",
    "opinions",
)


def is_outline(field):
    """Whether `field` is a place of the outline or of a form rather than of the session's form."""
    return bool(place_label(field))


def extra_place(pk, held_on):
    """The place that is one further session: it keeps its day, so that it can be named without being read."""
    return f"{_EXTRA_MARK}{held_on:%Y%m%d}:{pk}"


def extra_pk(field):
    """Key of the further session that `field` names; None for another place."""
    return int(field.rpartition(":")[2]) if field.startswith(_EXTRA_MARK) else None


def part_of(field):
    """The step or page that holds `field`; the first when it is not known."""
    return EXTRA if field.startswith(_EXTRA_MARK) else PLACES.get(field, (SESSION, ""))[0]


def field_of(field):
    """The name that the place `field` has on its own page."""
    return _FIELDS.get(field, field)


def anchor_of(field):
    """The id, on its page, of what holds `field`."""
    return f"div_id_{field_of(field)}"


def label_of(field):
    """What people call `field`."""
    if field.startswith(_EXTRA_MARK):
        day = dt.date.fromisoformat(field.split(":")[1])
        return f"Buổi chia ca, học bù ngày {short(day)}"
    return place_label(field) or PLACES.get(field, (SESSION, field))[1]
