"""The form that asks for a paper of a conference."""

from django import forms

from campaigns.choices import LetterPurpose
from campaigns.models import ConferenceClass
from documents.choices import PaperKind
from documents.forms.drafts import signer_field

_KINDS = (PaperKind.INVITATION, PaperKind.NOTICE, PaperKind.LETTER)


class LetterForm(forms.Form):
    """Which paper, for which classes, one for all or one with each name, signed by whom."""

    purpose = forms.ChoiceField(label="Để", widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="Loại văn bản",
        choices=[(kind.value, kind.label) for kind in _KINDS],
        widget=forms.RadioSelect,
        help_text="Khách mời: giấy mời. Đảng viên, cấp ủy: thông báo hoặc công văn triệu tập.",
    )
    groups = forms.ModelMultipleChoiceField(
        ConferenceClass.objects.none(), label="Gửi đến thành phần", widget=forms.CheckboxSelectMultiple
    )
    personal = forms.TypedChoiceField(
        label="Cách gửi",
        choices=[("", "Một giấy chung kèm danh sách"), ("co", "Mỗi nơi nhận một giấy ghi tên, cùng một số")],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, conference, purposes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(one.value, LetterPurpose(one).label) for one in purposes]
        self.fields["groups"].queryset = conference.classes.order_by("position", "pk")
        self.fields["signer"] = signer_field(conference.ward)
