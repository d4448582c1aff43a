"""The places of a unit's report by name: which step of the form holds each, and what people call it.

The office returns a report on one of these; one tap of the unit opens it (the anchor is the field's id).
"""

SESSION, COUNTS, RESULTS, SCORES = "session", "counts", "results", "scores"
PARTS = (SESSION, COUNTS, RESULTS, SCORES)
TITLES = {
    SESSION: "Buổi học",
    COUNTS: "Số người dự",
    RESULTS: "Kết quả",
    SCORES: "Tự chấm điểm và gửi",
}

PLACES = {
    "directives": (SESSION, "Văn bản đã học"),
    "held_on": (SESSION, "Ngày học"),
    "form": (SESSION, "Hình thức tổ chức"),
    "way": (SESSION, "Cách dự"),
    "speaker": (SESSION, "Báo cáo viên"),
    "minutes": (SESSION, "Thời lượng"),
    "members": (COUNTS, "Tổng số đảng viên"),
    "exempt": (COUNTS, "Được miễn công tác và sinh hoạt"),
    "away": (COUNTS, "Sinh hoạt tạm thời nơi khác, đi xa được phép"),
    "received": (COUNTS, "Tiếp nhận sinh hoạt tạm thời"),
    "present": (COUNTS, "Có mặt"),
    "excused": (COUNTS, "Vắng có lý do"),
    "unexcused": (COUNTS, "Vắng không lý do"),
    "speakers": (COUNTS, "Số đảng viên phát biểu"),
    "outside_people": (COUNTS, "Người ngoài Đảng cùng dự"),
    "oral_sessions": (RESULTS, "Tuyên truyền miệng"),
    "oral_listeners": (RESULTS, "Lượt người nghe"),
    "broadcasts": (RESULTS, "Lượt phát thanh"),
    "online_posts": (RESULTS, "Tin, bài trên mạng"),
    "visual_items": (RESULTS, "Băng rôn, pa nô, áp phích"),
    "leaflets": (RESULTS, "Tài liệu đã phát"),
    "essays_done": (RESULTS, "Bài thu hoạch"),
    "own_resolution": (RESULTS, "Văn bản cụ thể hóa"),
    "concrete_work": (RESULTS, "Việc làm cụ thể"),
    "strengths": (RESULTS, "Ưu điểm"),
    "limits": (RESULTS, "Hạn chế"),
    "causes": (RESULTS, "Nguyên nhân"),
    "opinions": (RESULTS, "Ý kiến, băn khoăn"),
    "proposals": (RESULTS, "Kiến nghị, đề xuất"),
    "good_models": (RESULTS, "Mô hình, cách làm hay"),
    "scores": (SCORES, "Điểm tự chấm"),
}
PLACE_CHOICES = [(name, label) for name, (_, label) in PLACES.items()]

# fields of Submission that a unit fills in
COUNT_FIGURES = ("members", "exempt", "away", "received", "excused", "unexcused")
RESULT_FIGURES = (
    "essays_due",
    "essays_done",
    "oral_sessions",
    "oral_listeners",
    "broadcasts",
    "online_posts",
    "visual_items",
    "leaflets",
    "own_resolution",
    "concrete_work",
    "strengths",
    "limits",
    "causes",
    "opinions",
    "proposals",
    "good_models",
)
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


def part_of(field):
    """The step that holds `field`; the first when it is not known."""
    return PLACES.get(field, (SESSION, ""))[0]


def label_of(field):
    """What people call `field`."""
    return PLACES.get(field, (SESSION, field))[1]
