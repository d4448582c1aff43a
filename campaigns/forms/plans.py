"""Forms of the moves of a plan: made, returned, issued, withdrawn, found."""

from django import forms

from campaigns.choices import PlanKind, PlanState
from campaigns.forms.fields import CleanLineField, CleanTextField
from units.forms.fields import DayField


class PlanFilterForm(forms.Form):
    """What the list is narrowed by."""

    q = CleanLineField(label="Tìm", required=False, max_length=200)
    state = forms.ChoiceField(label="Trạng thái", choices=[("", "Mọi trạng thái"), *PlanState.choices], required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("", "Mọi loại"), *PlanKind.choices], required=False)


class ReturnPlanForm(forms.Form):
    """What has to be changed."""

    remark = CleanTextField(label="Nội dung cần sửa", limit=4000)


class IssuePlanForm(forms.Form):
    """Number and date from the signed original, and its scan."""

    number = forms.IntegerField(label="Số văn bản", min_value=1, max_value=99_999)
    dated_on = DayField(label="Ngày văn bản (ngày ký)")
    scan = forms.FileField(label="Bản đã ký (tệp PDF hoặc ảnh quét)", required=False)
    declared = forms.BooleanField(label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước", required=False)
    override_reason = CleanLineField(
        label="Lý do vẫn ban hành khi còn lỗi thể thức",
        required=False,
        max_length=300,
        help_text="Chỉ ghi khi chương trình báo còn lỗi mà văn bản đã ký đúng như vậy.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("scan") and not cleaned.get("declared"):
            self.add_error("declared", "Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước.")
        return cleaned


class ScanForm(forms.Form):
    """The signed scan when it comes after the issue."""

    scan = forms.FileField(label="Bản đã ký (tệp PDF hoặc ảnh quét)")
    declared = forms.BooleanField(label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước")


class WithdrawPlanForm(forms.Form):
    """Why the plan is taken back."""

    reason = CleanLineField(label="Lý do thu hồi", max_length=500)
