"""Which questions a plan asks."""

from django import forms

from reports.choices import ResultGroup


class AskedForm(forms.Form):
    """Ticked groups; none ticked means that only the session, the heads and the score are asked."""

    groups = forms.MultipleChoiceField(
        label="Sau buổi học, kế hoạch này hỏi các đơn vị",
        choices=ResultGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Có mục không còn trong danh sách. Đồng chí tải lại trang rồi chọn lại."},
    )
