"""Fixed lists of campaigns: states with the moves between them, kinds of plans, products."""

from enum import nonmember

from django.db.models import TextChoices


class DirectiveScope(TextChoices):
    """Phạm vi phổ biến: decides who is asked and whether files may be linked (decisions 9)."""

    KEY_OFFICIALS = "key", "Cán bộ chủ chốt"
    PARTY = "party", "Trong Đảng"
    PEOPLE = "people", "Đến Nhân dân"


class DirectiveFate(TextChoices):
    """What a later paper from above does to a directive."""

    CORRECTED = "corrected", "Đính chính"
    REPLACED = "replaced", "Thay thế"
    REVOKED = "revoked", "Thu hồi"


class PlanKind(TextChoices):
    STUDY = "study", "Tuyên truyền, quán triệt, học tập"
    IMPLEMENTATION = "implementation", "Triển khai thực hiện"
    REVIEW = "review", "Sơ kết, tổng kết"


class PlanState(TextChoices):
    DRAFT = "draft", "Dự thảo"
    SUBMITTED = "submitted", "Đã trình"
    RETURNED = "returned", "Trả lại"
    APPROVED = "approved", "Đã duyệt, chờ ký"
    ISSUED = "issued", "Đã ban hành"
    PAUSED = "paused", "Tạm dừng"
    CLOSED = "closed", "Đã kết thúc"
    WITHDRAWN = "withdrawn", "Đã thu hồi"

    MOVES = nonmember(
        {
            "draft": {"submitted"},
            "submitted": {"returned", "approved"},
            "returned": {"submitted"},
            "approved": {"returned", "issued"},
            "issued": {"paused", "closed", "withdrawn"},
            "paused": {"issued", "closed", "withdrawn"},
            "closed": {"issued"},
            "withdrawn": set(),
        }
    )
    EDITABLE = nonmember(frozenset({"draft", "returned"}))
    RUNNING = nonmember(frozenset({"issued"}))
    RECEIVING = nonmember(frozenset({"issued", "paused"}))  # what a unit sends while a plan rests is taken in all the same
    FROZEN = nonmember(frozenset({"issued", "paused", "closed", "withdrawn"}))


class ChangeKind(TextChoices):
    """What a paper may change in a plan that was issued, and the states of the plan in which it may (CHANGES)."""

    DEADLINE = "deadline", "Đổi thời hạn"
    ADD = "add", "Thêm nhiệm vụ"
    DROP = "drop", "Bỏ nhiệm vụ"
    LEAD = "lead", "Đổi cơ quan chủ trì"
    HELPERS = "helpers", "Đổi cơ quan phối hợp"
    PAUSE = "pause", "Tạm dừng kế hoạch"
    RESUME = "resume", "Tiếp tục kế hoạch"
    END = "end", "Dừng kế hoạch"
    REPLACE = "replace", "Thay bằng kế hoạch khác"

    STATES = nonmember(
        {
            "deadline": {"issued"},
            "add": {"issued"},
            "drop": {"issued"},
            "lead": {"issued"},
            "helpers": {"issued"},
            "pause": {"issued"},
            "resume": {"paused", "closed"},
            "end": {"issued", "paused"},
            "replace": {"issued", "paused"},
        }
    )
    OF_A_DUTY = nonmember(frozenset({"deadline", "drop", "lead", "helpers"}))
    STOPPING = nonmember(frozenset({"drop", "lead", "end", "replace"}))
    MOVES_PLAN = nonmember({"pause": "paused", "resume": "issued", "end": "closed", "replace": "closed"})


class Product(TextChoices):
    """What a duty ends with (decisions 2)."""

    STUDY = "study", "Buổi học đã tổ chức"
    REPORT = "report", "Báo cáo kết quả"
    DOCUMENT = "document", "Văn bản được ban hành"
    ACTION = "action", "Việc đã làm"
    NONE = "none", "Định hướng, không theo dõi"
    CONTENT = "content", "Nội dung học khi được ban hành"

    BY_UNITS = nonmember(frozenset({"study", "report"}))
    BY_BODIES = nonmember(frozenset({"document", "action"}))
    RUNG_FOR = nonmember(frozenset({"study", "report", "content"}))  # what the office rings a unit for, once it has a day
    ARISING = nonmember(frozenset({"content"}))  # never written in a plan: the program makes it (models/awaited.py)


class LeadGroup(TextChoices):
    """Who leads a duty when it is not one named unit."""

    ONE = "one", "Một cơ quan, đơn vị"
    ALL_UNITS = "all_units", "Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"


class DeadlineRule(TextChoices):
    """How a deadline phrase is read (contracts.md RULE; format.md 8)."""

    BEFORE = "before", "trước ngày"
    BY = "by", "chậm nhất ngày"
    WITHIN_WEEK = "within_week", "trong tuần"
    WITHIN_MONTH = "within_month", "trong tháng"
    WITHIN_QUARTER = "within_quarter", "trong quý"
    WITHIN_HALF_YEAR = "within_half_year", "trong nửa năm"
    WITHIN_YEAR = "within_year", "trong năm"
    AFTER_EVENT = "after_event", "sau hội nghị"
    RECURRING = "recurring", "định kỳ"
    ON_NOTICE = "on_notice", "theo thông báo"
    OPEN = "open", "không định ngày"


class ConferenceLevel(TextChoices):
    WARD = "ward", "Cấp phường"
    GRASSROOTS = "grassroots", "Cấp cơ sở"


class ColumnKind(TextChoices):
    """What a column of a biểu holds; the order column is numbered by the program."""

    ORDER = "order", "Số thứ tự"
    TEXT = "text", "Chữ"
    NUMBER = "number", "Số"
    DATE = "date", "Ngày"
    CHOICE = "choice", "Chọn trong danh sách"
    PERCENT = "rate", "Tỷ lệ %"


class ColumnFill(TextChoices):
    """What the program writes into a column of a biểu before the unit begins; the unit may change every cell."""

    NONE = "none", "Đơn vị tự ghi"
    DOCUMENT_NUMBER = "doc_number", "Số, ký hiệu văn bản trong sổ"
    DOCUMENT_TITLE = "doc_title", "Trích yếu văn bản trong sổ"
    DOCUMENT_DAY = "doc_day", "Ngày ban hành văn bản trong sổ"
    DOCUMENT_ISSUER = "doc_issuer", "Cơ quan ban hành văn bản trong sổ"
    SESSIONS = "sessions", "Số buổi học đã báo cáo"
    PRESENT = "present", "Số lượt đảng viên dự học"

    DOCUMENTS = nonmember(frozenset({"doc_number", "doc_title", "doc_day", "doc_issuer"}))
    FIGURES = nonmember(frozenset({"sessions", "present"}))


class HeadingFill(TextChoices):
    """Which figures the program offers below a heading of the outline."""

    NONE = "none", "Không điền trước"
    STUDY = "study", "Số buổi học, số lượt người dự"


class DraftNoteKind(TextChoices):
    """What the program tells of a draft it wrote."""

    DEADLINE = "deadline", "Thời hạn"
    RECIPIENT = "recipient", "Nơi nhận"
    CHANGED = "changed", "Đã thay"
    REVIEW = "review", "Đồng chí xem lại"


class AssignmentState(TextChoices):
    """State of one duty owed by one unit; "quá hạn" is computed from the due day, never stored (decisions 20)."""

    TODO = "todo", "Chưa thực hiện"
    DOING = "doing", "Đang thực hiện"
    WAITING = "waiting", "Chờ"
    STUDIED = "studied", "Đã học"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    APPRAISED = "appraised", "Đã thẩm định"
    DONE = "done", "Đã hoàn thành"
    EXEMPT = "exempt", "Miễn"
    CANCELLED = "cancelled", "Dừng"

    OPEN = nonmember(frozenset({"todo", "doing", "waiting", "returned"}))
    SETTLED = nonmember(frozenset({"studied", "submitted", "accepted", "appraised", "done"}))
    MOVES = nonmember(
        {
            "todo": {"doing", "waiting", "studied", "submitted", "done", "exempt", "cancelled"},
            "doing": {"todo", "waiting", "studied", "submitted", "done", "exempt", "cancelled"},
            "waiting": {"todo", "doing", "studied", "submitted", "done", "exempt", "cancelled"},
            "returned": {"submitted", "exempt", "cancelled"},
            "studied": {"todo"},
            "submitted": {"returned", "accepted"},
            "accepted": {"returned", "appraised"},
            "appraised": {"returned"},
            "done": {"doing"},
            "exempt": {"todo"},
            "cancelled": {"todo"},
        }
    )


class ChaseStep(TextChoices):
    """Whom a reminder goes to, from the unit itself upwards."""

    UNIT = "unit", "Bí thư, đầu mối"
    SECOND = "second", "Người nhập giúp (thẻ thứ hai)"
    IN_CHARGE = "in_charge", "Cấp ủy viên phụ trách"
    COMPILER = "compiler", "Tổng hợp (Ban Xây dựng Đảng)"
    LEADER = "leader", "Phó Bí thư"

    OWN = nonmember(frozenset({"unit", "second"}))
    ABOVE = nonmember(("second", "in_charge", "compiler", "leader"))


class ReminderState(TextChoices):
    WAITING = "waiting", "Chờ gửi"
    SENT = "sent", "Đã nhắc"
    CANCELLED = "cancelled", "Không cần nhắc nữa"
    FAILED = "failed", "Không nhắc được"


class Channel(TextChoices):
    IN_APP = "in_app", "Trong chương trình"
    EMAIL = "email", "Thư điện tử"
    PUSH = "push", "Thông báo trên máy"
    SMS = "sms", "Tin nhắn SMS"
    ZALO = "zalo", "Tin nhắn Zalo"

    OUTSIDE = nonmember(("email", "push", "sms", "zalo"))  # what leaves the program
    BY_GATEWAY = nonmember(frozenset({"sms", "zalo"}))  # carried by a signed call to the ward's own gateway
    RINGING = nonmember(frozenset({"push", "sms", "zalo"}))  # makes a telephone ring: never at night unasked


class DeliveryState(TextChoices):
    WAITING = "waiting", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    CANCELLED = "cancelled", "Không cần gửi nữa"
    FAILED = "failed", "Không gửi được"
    FOLDED = "folded", "Đã gộp vào lần gửi sau"


class FeedWay(TextChoices):
    """How a person was signed in when asking for a calendar's address: it shows what that way of signing in shows."""

    PASSWORD = "password", "Mật khẩu"
    CARD = "card", "Thẻ và mã PIN"
    PHONE = "phone", "Điện thoại đã ghi nhớ"


class CallOutcome(TextChoices):
    CALLED = "called", "Đã gọi"
    PROMISED = "promised", "Hẹn ngày"
    UNREACHABLE = "unreachable", "Không liên lạc được"


class ConferenceState(TextChoices):
    """Where a conference of the ward stands: its time known to the month, to the day, held, or called off."""

    PLANNED = "planned", "Dự kiến trong tháng"
    FIXED = "fixed", "Đã định ngày"
    HELD = "held", "Đã tổ chức"
    CANCELLED = "cancelled", "Đã hủy"

    OPEN = nonmember(frozenset({"planned", "fixed"}))


class ConferenceOrganiser(TextChoices):
    """Who holds the conference; the ward's own count toward its limit of the year."""

    CENTRE = "centre", "Trung ương"
    PROVINCE = "province", "Tỉnh"
    WARD = "ward", "Phường, xã"


class ConferenceWay(TextChoices):
    IN_PERSON = "in_person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    HYBRID = "hybrid", "Trực tiếp kết hợp trực tuyến"

    WITH_POINTS = nonmember(frozenset({"online", "hybrid"}))


class ParticipantClass(TextChoices):
    """The 15 classes a ward's plan convenes (domain.md 1.6), guests, and whoever else the office adds."""

    COMMITTEE = "committee", "Ủy viên Ban Chấp hành Đảng bộ"
    INSPECTION = "inspection", "Ủy viên Ủy ban Kiểm tra Đảng ủy"
    COUNCIL = "council", "Thường trực Hội đồng nhân dân"
    PEOPLE_COMMITTEE = "ubnd", "Lãnh đạo Ủy ban nhân dân"
    FRONT = "front", "Ủy ban Mặt trận Tổ quốc"
    UNIONS = "unions", "Các tổ chức chính trị - xã hội"
    STAFF = "staff", "Lãnh đạo các cơ quan tham mưu, giúp việc Đảng ủy"
    AGENCIES = "agencies", "Lãnh đạo cơ quan, đơn vị"
    ENTERPRISES = "enterprises", "Lãnh đạo doanh nghiệp, hợp tác xã"
    SCHOOLS = "schools", "Lãnh đạo trường học"
    SECRETARIES = "secretaries", "Bí thư chi bộ, đảng bộ cơ sở, chi bộ trực thuộc"
    HAMLET_HEADS = "heads", "Tổ trưởng tổ dân phố"
    PARTY_MEMBERS = "party", "Đảng viên chi bộ các cơ quan Đảng"
    COMMITTEE_MEMBERS = "ubnd_all", "Đảng viên Đảng bộ Ủy ban nhân dân"
    MILITARY_MEMBERS = "military", "Đảng viên Chi bộ Quân sự"
    GUESTS = "guests", "Khách mời"
    OTHERS = "others", "Thành phần khác"

    WHOLE = nonmember(frozenset({"party", "ubnd_all", "military"}))  # all members of the unit are convened


class Reply(TextChoices):
    """What an invitee answered to the letter."""

    NONE = "none", "Chưa trả lời"
    COMING = "coming", "Dự"
    EXCUSED = "excused", "Xin vắng, có lý do"
    DEPUTY = "deputy", "Cử người dự thay"


class LetterPurpose(TextChoices):
    """What a paper of a conference is for."""

    CONVENE = "convene", "Mời, triệu tập"
    MOVED = "moved", "Báo đổi thời gian, địa điểm"
    CANCELLED = "cancelled", "Báo không tổ chức"
    MERGED = "merged", "Báo gộp vào hội nghị khác"
    POSTPONED = "postponed", "Báo hoãn"


class Attendance(TextChoices):
    """What the roll says of an invitee; for a unit convened whole the heads stand beside it."""

    NONE = "none", "Chưa điểm danh"
    PRESENT = "present", "Có mặt"
    EXCUSED = "excused", "Vắng có lý do"
    ABSENT = "absent", "Vắng không lý do"


class ConferenceMoveKind(TextChoices):
    FIXED = "fixed", "Định ngày"
    MOVED = "moved", "Đổi thời gian, địa điểm"
    POSTPONED = "postponed", "Hoãn, chưa định ngày mới"
    CANCELLED = "cancelled", "Hủy"
    MERGED = "merged", "Gộp hội nghị"
    CLOSED = "closed", "Chốt điểm danh"
    REOPENED = "reopened", "Mở lại điểm danh"
