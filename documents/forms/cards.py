"""Whose cards are to be made and printed."""

from django import forms

from units.models import Membership


class CardsToPrintForm(forms.Form):
    """Ticked rows of the page of cards."""

    memberships = forms.ModelMultipleChoiceField(
        queryset=Membership.objects.none(),
        error_messages={
            "required": "Đồng chí chưa chọn ai. Hãy đánh dấu người cần thẻ rồi in.",
            "invalid_choice": "Có người không còn giữ vai trò dùng thẻ. Đồng chí tải lại trang rồi chọn lại.",
        },
    )

    def __init__(self, *args, holders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["memberships"].queryset = holders
