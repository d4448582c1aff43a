"""One form for each settings page."""

from django import forms

from units.choices import UnitKind
from units.forms.fields import DayField, LineField
from units.models import Signer, Venue, WardSettings


class WardSettingsForm(forms.ModelForm):
    """Names on paper, term, telephone and ways of working."""

    superior_heading = LineField(
        label="Tên cơ quan cấp trên trên văn bản", max_length=120, help_text="Ví dụ: Đảng bộ tỉnh Tuyên Quang."
    )
    committee_heading = LineField(
        label="Tên cơ quan ban hành trên văn bản", max_length=120, help_text="Ví dụ: Đảng ủy phường Nông Tiến."
    )
    place_name = LineField(
        label="Địa danh", max_length=60, help_text="Đứng trước ngày tháng trên văn bản, ví dụ: Nông Tiến."
    )
    superior_name = LineField(label="Cấp ủy cấp trên", max_length=120)
    sign_code = LineField(label="Ký hiệu cơ quan", max_length=12, help_text="Phần sau dấu gạch chéo của số, ví dụ: ĐU.")
    term_name = LineField(label="Nhiệm kỳ", max_length=30, help_text="Số văn bản chạy theo nhiệm kỳ, ví dụ: 2025-2030.")
    term_starts_on = DayField(label="Nhiệm kỳ từ ngày")
    term_ends_on = DayField(label="Đến ngày", required=False)
    office_phone = LineField(
        label="Điện thoại văn phòng",
        max_length=20,
        required=False,
        help_text="Hiện ở nút “Gọi văn phòng” của các bí thư.",
    )
    conference_kinds = forms.MultipleChoiceField(
        label="Loại đơn vị dự cả tập thể, được tính ở hội nghị phường",
        choices=[(kind.value, kind.label) for kind in UnitKind if kind in UnitKind.CELLS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Đơn vị khác chỉ được tính ở buổi học của mình, để mỗi đảng viên tính một lần.",
    )

    class Meta:
        model = WardSettings
        fields = (
            "superior_heading",
            "committee_heading",
            "place_name",
            "superior_name",
            "sign_code",
            "term_name",
            "term_starts_on",
            "term_ends_on",
            "office_phone",
            "deadline_reading",
            "remind_at",
            "counts_at_conference",
            "conference_kinds",
            "live_figures_open",
        )
        help_texts = {
            "deadline_reading": "Kế hoạch đã ban hành giữ cách hiểu lúc ban hành; câu in trên văn bản không đổi.",
            "remind_at": "Giờ gửi nhắc việc trong ngày làm việc, ví dụ 07:30.",
        }


class SignerForm(forms.ModelForm):
    """Who signs, in which form of authority, from when to when."""

    name = LineField(label="Họ và tên", max_length=120)
    authority = LineField(
        label="Quyền hạn ký",
        max_length=80,
        required=False,
        help_text="Ví dụ: T/M BAN THƯỜNG VỤ. Để trống khi ký với tư cách người đứng đầu.",
    )
    position = LineField(label="Chức vụ", max_length=80, help_text="Viết như in trên văn bản, ví dụ: PHÓ BÍ THƯ.")
    active_from = DayField(label="Ký từ ngày")
    active_to = DayField(label="Đến ngày", required=False)

    class Meta:
        model = Signer
        fields = ("name", "authority", "position", "active_from", "active_to")


class VenueForm(forms.ModelForm):
    """A hall the ward meets in."""

    name = LineField(label="Tên địa điểm", max_length=200)
    address = LineField(label="Địa chỉ", max_length=200, required=False)

    class Meta:
        model = Venue
        fields = ("name", "address", "capacity", "is_default")
