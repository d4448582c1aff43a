"""The form that answers an invitation."""

from django import forms

from campaigns.choices import Reply
from units.forms.fields import LineField

_WORDS = {Reply.COMING: "Tôi sẽ dự", Reply.EXCUSED: "Tôi xin vắng, có lý do", Reply.DEPUTY: "Cử người dự thay"}


class ReplyForm(forms.Form):
    """Dự, vắng có lý do, hoặc người dự thay; a unit convened whole sends no deputy."""

    reply = forms.ChoiceField(label="Trả lời", widget=forms.RadioSelect)
    note = LineField(
        label="Lý do vắng hoặc ghi chú", max_length=300, required=False, help_text="Bắt buộc khi xin vắng."
    )
    deputy_name = LineField(label="Họ tên người dự thay", max_length=120, required=False)
    deputy_office = LineField(label="Chức vụ người dự thay", max_length=120, required=False)

    def __init__(self, *args, whole: bool, by_office: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [Reply.COMING, Reply.EXCUSED] if whole else [Reply.COMING, Reply.EXCUSED, Reply.DEPUTY]
        self.fields["reply"].choices = [(one.value, one.label if by_office else _WORDS[one]) for one in offered]
        if whole:
            del self.fields["deputy_name"], self.fields["deputy_office"]
            self.fields["note"].label = "Lý do vắng, số người vắng hoặc ghi chú"
