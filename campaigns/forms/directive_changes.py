"""What became of a directive, and what the office did about a plan."""

from django import forms

from campaigns.choices import DirectiveFate
from campaigns.forms.changes import check_number
from campaigns.forms.directives import DirectivesField
from campaigns.forms.fields import CleanLineField, CleanTextField
from campaigns.models import Directive
from documents.choices import PaperKind
from units.forms.fields import DayField


class _DirectiveField(forms.ModelChoiceField):
    label_from_instance = DirectivesField.label_from_instance


class DirectiveChangeForm(forms.Form):
    """The paper that corrects, replaces or revokes the directive."""

    fate = forms.ChoiceField(label="Văn bản này được", choices=DirectiveFate.choices, widget=forms.RadioSelect)
    basis_kind = forms.ChoiceField(label="Theo loại văn bản", choices=PaperKind.choices, initial=PaperKind.LETTER)
    basis_number = CleanLineField(label="Số, ký hiệu", max_length=40, help_text="Ví dụ: 15-TB/TU.")
    basis_dated_on = DayField(label="Ngày văn bản")
    basis_issuer = CleanLineField(label="Cơ quan ban hành", max_length=160)
    successor = _DirectiveField(
        label="Văn bản thay thế (đã đăng ký)",
        queryset=Directive.objects.none(),
        required=False,
        empty_label="Chọn khi thay thế",
        help_text="Chưa có trong danh sách thì đồng chí đăng ký văn bản mới trước.",
    )
    note = CleanTextField(label="Nội dung đính chính, ghi chú", required=False, limit=1000)

    def __init__(self, *args, directive, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Directive.objects.exclude(pk=directive.pk).order_by("-dated_on", "-pk")

    def clean_basis_number(self):
        return check_number(self.cleaned_data["basis_number"])

    def clean(self):
        cleaned = super().clean()
        if (
            cleaned.get("fate") == DirectiveFate.REPLACED
            and not cleaned.get("successor")
            and "successor" not in self.errors
        ):
            self.add_error("successor", "Đồng chí chọn văn bản thay thế; chưa có thì đăng ký văn bản đó trước.")
        return cleaned


class HandleTaskForm(forms.Form):
    """What was done about the plan."""

    outcome = CleanLineField(
        label="Đã xử lý thế nào", max_length=500, help_text="Ví dụ: Kế hoạch không phải đổi vì chỉ đính chính phụ lục."
    )
