"""The filters of the audit page."""

from django import forms

from units.forms.fields import DayField, LineField

_KINDS = [
    ("", "Mọi việc"),
    ("plan", "Kế hoạch"),
    ("directive", "Văn bản cấp trên"),
    ("paper", "Văn bản phát hành"),
    ("number", "Sổ văn bản"),
    ("submission", "Kết quả của đơn vị"),
    ("assignment", "Nhiệm vụ"),
    ("report", "Báo cáo tổng hợp"),
    ("unit", "Đơn vị"),
    ("person", "Người dùng"),
    ("role", "Vai trò"),
    ("card", "Thẻ truy cập"),
    ("session", "Đăng nhập, buổi học"),
    ("settings", "Thiết lập"),
    ("calendar", "Lịch"),
    ("file", "Tệp"),
]


class AuditFilterForm(forms.Form):
    """Who, what, when."""

    q = LineField(label="Người, việc hoặc đối tượng", max_length=100, required=False)
    loai = forms.ChoiceField(label="Loại việc", choices=_KINDS, required=False)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)
