"""Forms of the number books and the outgoing register."""

from django import forms

from documents.choices import NumberState, PaperKind
from documents.models import NumberBook
from units.forms.fields import DayField, LineField


class BookOpenForm(forms.ModelForm):
    """A new book, for a term already under way on paper too."""

    kind_sign = forms.ChoiceField(label="Loại văn bản", choices=[])
    body_sign = LineField(label="Ký hiệu cơ quan", max_length=12)
    term_name = LineField(label="Nhiệm kỳ", max_length=30)

    class Meta:
        model = NumberBook
        fields = ("kind_sign", "body_sign", "term_name", "first_number")
        help_texts = {"first_number": "Số kế tiếp theo sổ giấy; các số trước đó không ghi ở đây."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels: dict[str, list[str]] = {}
        for kind in PaperKind:
            labels.setdefault(kind.sign, []).append(kind.label.lower() if labels.get(kind.sign) else kind.label)
        self.fields["kind_sign"].choices = [(sign, f"{', '.join(names)} ({sign})") for sign, names in labels.items()]
        self.fields["first_number"].min_value = 1


class BookStartForm(forms.Form):
    """Where a book starts."""

    first_number = forms.IntegerField(label="Số bắt đầu", min_value=1, max_value=99_999)


class GapForm(forms.Form):
    """What became of a number that was passed over."""

    state = forms.ChoiceField(
        label="Số này",
        choices=[choice for choice in NumberState.choices if choice[0] != NumberState.ISSUED],
        widget=forms.RadioSelect,
    )
    reason = LineField(
        label="Lý do",
        max_length=300,
        required=False,
        help_text="Cần ghi khi bỏ số. Văn bản quản lý riêng không ghi trích yếu ở đây.",
    )


class RegisterFilterForm(forms.Form):
    """Search in the outgoing register."""

    q = LineField(label="Số, trích yếu hoặc người ký", max_length=100, required=False)
    loai = forms.ChoiceField(label="Loại", choices=[("", "Mọi loại"), *PaperKind.choices], required=False)
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)


class ScanForm(forms.Form):
    """The scan of the signed original."""

    upload = forms.FileField(label="Bản quét đã ký, đóng dấu", help_text="Tệp PDF, tối đa 12 MB.")
    declared_not_secret = forms.BooleanField(
        label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước.",
        error_messages={"required": "Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước."},
    )
