"""Fixed lists of the organisation: kinds of units, roles, forms of cards."""

from enum import nonmember

from django.db.models import TextChoices


class UnitKind(TextChoices):
    """Kind of organisation (domain.md 4.2); decides the suggested form of study and the wording."""

    PROVINCE = "province", "Đảng bộ tỉnh"
    WARD = "ward", "Đảng bộ phường, xã"
    RESIDENTIAL = "tdp", "Chi bộ tổ dân phố"
    PARTY_BODIES = "dang", "Chi bộ, đảng bộ các cơ quan Đảng"
    PEOPLE_COMMITTEE = "ubnd", "Đảng bộ Ủy ban nhân dân"
    POLICE = "ca", "Chi bộ, đảng bộ Công an"
    MILITARY = "qs", "Chi bộ Quân sự"
    SCHOOL = "th", "Chi bộ trường học"
    HEALTH = "yt", "Chi bộ trạm y tế"
    ENTERPRISE = "dn", "Chi bộ doanh nghiệp, hợp tác xã"
    AGENCY = "cq", "Chi bộ cơ quan, đơn vị sự nghiệp"
    GRASSROOTS_COMMITTEE = "db", "Đảng bộ cơ sở"
    SUBORDINATE_CELL = "cbtt", "Chi bộ trực thuộc đảng ủy cơ sở"
    BODY = "body", "Cơ quan, tổ chức được giao việc"

    CELLS = nonmember(
        frozenset({"tdp", "dang", "ubnd", "ca", "qs", "th", "yt", "dn", "cq", "db", "cbtt"})
    )  # Party organisations below the ward: they study, score themselves and report


class SuccessionKind(TextChoices):
    """How one unit came out of another."""

    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia tách"


class Role(TextChoices):
    """What a person does at a unit; what each may do is in permissions.py."""

    DRAFTER = "drafter", "Soạn thảo"
    REVIEWER = "reviewer", "Thẩm định thể thức"
    CLERK = "clerk", "Văn thư"
    COMPILER = "compiler", "Tổng hợp"
    LEADER = "leader", "Lãnh đạo"
    SECRETARY = "secretary", "Bí thư"
    HELPER = "helper", "Người nhập giúp"
    CONTACT = "contact", "Đầu mối"
    VIEWER = "viewer", "Theo dõi của cấp trên"
    ADMIN = "admin", "Quản trị"

    AT_WARD = nonmember(frozenset({"drafter", "reviewer", "clerk", "compiler", "leader", "admin"}))
    BY_CARD = nonmember(frozenset({"secretary", "helper"}))


class SignIn(TextChoices):
    """How a log-in was opened."""

    PASSWORD = "password", "Mật khẩu"
    CARD = "card", "Thẻ và mã PIN"
    PHONE = "phone", "Điện thoại đã ghi nhớ"


class DayKind(TextChoices):
    """Why a day differs from its weekday."""

    OFF = "off", "Nghỉ"
    MAKE_UP = "make_up", "Làm bù"


class DeadlineReading(TextChoices):
    """How a receipt on day D is judged when the paper says "trước ngày D" (decisions 17)."""

    TOLERANT = "tolerant", "Nới: nhận trong ngày D là “đúng ngày hạn”"
    STRICT = "strict", "Chặt: nhận trong ngày D là quá hạn"


class JobState(TextChoices):
    """Where a piece of long work stands."""

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không thực hiện được"
