"""Fixed lists of results: forms of study, states of a submission, kinds of criteria."""

from enum import nonmember

from django.db.models import TextChoices


class SessionKind(TextChoices):
    """A unit may split one study over shifts and make-up meetings (decisions 4)."""

    MAIN = "main", "Buổi chính"
    SHIFT = "shift", "Buổi chia ca"
    MAKE_UP = "make_up", "Buổi học bù"


class SessionForm(TextChoices):
    """Hình thức tổ chức (domain.md A2)."""

    WARD_CONFERENCE = "ward_conference", "Hội nghị cấp phường"
    CONFERENCE = "conference", "Hội nghị riêng"
    CELL_MEETING = "cell_meeting", "Lồng ghép sinh hoạt chi bộ"
    OFFICE_MEETING = "office_meeting", "Họp cơ quan, đơn vị"
    RESIDENTS_MEETING = "residents_meeting", "Họp tổ dân phố"
    OTHER = "other", "Hình thức khác"


class AttendingWay(TextChoices):
    """Cách dự (domain.md A3)."""

    IN_PERSON = "in_person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    MIXED = "mixed", "Trực tiếp kết hợp trực tuyến"
    SELF_STUDY = "self_study", "Tự nghiên cứu có kiểm tra"


class SubmissionState(TextChoices):
    DRAFT = "draft", "Đang thực hiện"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    APPRAISED = "appraised", "Đã thẩm định"

    MOVES = nonmember(
        {
            "draft": {"submitted"},
            "submitted": {"returned", "accepted"},
            "returned": {"submitted"},
            "accepted": {"returned", "appraised"},
            "appraised": {"returned"},
        }
    )
    EDITABLE = nonmember(frozenset({"draft", "returned"}))
    COUNTED = nonmember(frozenset({"accepted", "appraised"}))  # what a compiled report adds up


class EntrySource(TextChoices):
    """Who typed it, from what."""

    UNIT = "unit", "Đơn vị tự nhập"
    PHONE = "phone", "Văn phòng nhập hộ qua điện thoại"
    PAPER = "paper", "Văn phòng nhập hộ từ bản giấy"
    SHEET = "sheet", "Văn phòng nhập từ bảng Excel"
    ROLL = "roll", "Theo điểm danh hội nghị cấp phường"

    BY_HAND = nonmember(frozenset({"phone", "paper"}))  # what the office types on behalf of a unit


class CriterionKind(TextChoices):
    POINTS = "points", "Chấm điểm"
    YES_NO = "yes_no", "Đạt, không đạt"


class SuggestionSource(TextChoices):
    """Which submitted figure suggests the points of a criterion (domain.md 3.3); arithmetic in reports/scoring.py."""

    NONE = "none", "Đơn vị tự xem xét"
    DOCUMENTS_OPENED = "documents_opened", "Đã nhận, mở tài liệu trước buổi học"
    HEAD_SPEAKS = "head_speaks", "Người đứng đầu trực tiếp truyền đạt"
    IN_WINDOW = "in_window", "Tổ chức trong thời hạn của kế hoạch"
    FORM_AND_LENGTH = "form_and_length", "Hình thức, thời lượng"
    MINUTES_KEPT = "minutes_kept", "Có danh sách điểm danh, biên bản"
    ATTENDANCE_RATE = "attendance_rate", "Tỷ lệ dự học"
    NO_UNEXCUSED = "no_unexcused", "Không vắng không lý do"
    DISCUSSION_RATE = "discussion_rate", "Tỷ lệ đảng viên phát biểu"
    ESSAYS_DONE = "essays_done", "Thu hoạch, kiểm tra nhận thức"
    CONCRETE_WORK = "concrete_work", "Việc làm cụ thể hóa"
    PROPAGANDA = "propaganda", "Tuyên truyền ra ngoài Đảng"
    OPINIONS = "opinions", "Tổng hợp ý kiến, kiến nghị"
    ON_TIME = "on_time", "Báo cáo đúng hạn"


class GateSource(TextChoices):
    """What a level may demand besides its points (domain.md 3.2: "Tốt" has conditions of its own)."""

    ATTENDANCE_RATE = "attendance_rate", "Tỷ lệ dự học từ mức quy định"
    NO_UNEXCUSED = "no_unexcused", "Không có đồng chí vắng không lý do"
    ON_TIME = "on_time", "Báo cáo đúng hạn"
    FULL_MARKS = "full_marks", "Các tiêu chí bắt buộc đạt điểm tối đa"


class ResultGroup(TextChoices):
    """What a plan may ask of a unit after the session, beside heads and scores (domain.md 2.2 B, C, E)."""

    ESSAYS = "essays", "Bài thu hoạch: số phải nộp, đã nộp, đạt yêu cầu"
    QUIZ = "quiz", "Kiểm tra nhận thức: số người tham gia, số người đạt"
    WORKS = "works", "Việc làm cụ thể đăng ký: việc, người, hạn"
    OWN_PAPER = "own_paper", "Nghị quyết, kế hoạch, chương trình của đơn vị"
    PROPAGANDA = "propaganda", "Số liệu tuyên truyền theo từng kênh"
    REMARKS = "remarks", "Ưu điểm, hạn chế, nguyên nhân, ý kiến, kiến nghị"
    GOOD_MODELS = "good_models", "Mô hình, cách làm hay"
    EVIDENCE = "evidence", "Ảnh, biên bản, danh sách điểm danh"


class EvidenceKind(TextChoices):
    """What a file given with a report shows (domain.md A15)."""

    MINUTES = "minutes", "Biên bản, điểm danh"
    PHOTO = "photo", "Ảnh"


class LimitPick(TextChoices):
    """Weak points that reports name again and again (domain.md 2.1): ticked instead of written."""

    LEFT_TO_STAFF = "left_to_staff", "Cấp ủy giao hết cho cán bộ tuyên giáo"
    ONE_WAY = "one_way", "Truyền đạt một chiều"
    LITTLE_DISCUSSION = "little_discussion", "Ít thảo luận, hỏi đáp"
    TOO_SHORT = "too_short", "Thời gian học ngắn"
    THINNING = "thinning", "Dự đông lúc đầu, vắng dần về cuối buổi"
    ROLL_CALL = "roll_call", "Dự cho đủ mặt"
    PHONES = "phones", "Dùng điện thoại trong giờ học"
    SHALLOW_ESSAYS = "shallow_essays", "Bài thu hoạch sơ sài"
    LATE_ACTION = "late_action", "Chậm triển khai sau học tập"
    LATE_REPORT = "late_report", "Báo cáo chậm hoặc còn thiếu"


class ReportState(TextChoices):
    DRAFT = "draft", "Dự thảo"
    FROZEN = "frozen", "Đã ban hành"


class RemarkField(TextChoices):
    """Which remark of a submission a line of the report comes from (domain.md 2.2 E)."""

    STRENGTHS = "strengths", "Ưu điểm"
    LIMITS = "limits", "Hạn chế"
    CAUSES = "causes", "Nguyên nhân"
    OPINIONS = "opinions", "Ý kiến, băn khoăn của đảng viên, Nhân dân"
    PROPOSALS = "proposals", "Kiến nghị, đề xuất"
    GOOD_MODELS = "good_models", "Mô hình, cách làm hay"
