"""One form for each act on an obligation."""

from django import forms

from campaigns.choices import AssignmentState
from campaigns.forms.fields import CleanLineField, CleanTextField
from campaigns.models import Assignment
from documents.models import IssuedPaper
from units.forms.fields import DayField

_STATES = [(state.value, state.label) for state in (AssignmentState.DOING, AssignmentState.WAITING, AssignmentState.DONE)]
SHOWN = [("", "Tất cả"), ("open", "Chưa xong"), ("overdue", "Quá hạn"), ("done", "Đã xong")]


class PaperField(forms.ModelChoiceField):
    """An issued paper, called by kind, number, day and subject."""

    def label_from_instance(self, paper):
        subject = paper.subject if len(paper.subject) <= 80 else f"{paper.subject[:78].rsplit(' ', 1)[0]}…"
        return f"{paper}, ngày {paper.dated_on:%d/%m/%Y}: {subject}"


class ProgressForm(forms.Form):
    """How far a body's duty is."""

    state = forms.ChoiceField(label="Tiến độ", choices=_STATES, widget=forms.RadioSelect)
    note = CleanTextField(label="Nội dung đã làm, vướng mắc", required=False, limit=2000)
    product_paper = PaperField(
        label="Sản phẩm là văn bản đã phát hành", required=False, queryset=IssuedPaper.objects.none(), empty_label="Chưa có, hoặc văn bản của nơi khác"
    )
    product_words = CleanLineField(
        label="Số, ký hiệu và ngày của văn bản", required=False, max_length=200, help_text="Ghi khi văn bản không có trong danh sách trên, ví dụ “Kế hoạch số 30/KH-UBND, ngày 25/5/2026”."
    )
    upload = forms.FileField(label="Sản phẩm (nếu có)", required=False)
    declared_not_secret = forms.BooleanField(
        label="Tôi xác nhận tài liệu không thuộc danh mục bí mật nhà nước", required=False
    )

    def __init__(self, *args, papers=None, **kwargs):
        """`papers`: the issued papers to choose the product from; None when the duty does not end with a document."""
        super().__init__(*args, **kwargs)
        if papers is None:
            del self.fields["product_paper"], self.fields["product_words"]
        elif not papers:
            del self.fields["product_paper"]
        else:
            self.fields["product_paper"].queryset = papers

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("upload") and not cleaned.get("declared_not_secret"):
            self.add_error("declared_not_secret", "Đồng chí cần xác nhận trước khi đính kèm tệp. Tệp chưa được lưu.")
        return cleaned


class ReasonForm(forms.Form):
    """Why the office decides so; the unit reads it."""

    reason = CleanLineField(label="Lý do", max_length=500)


class ExemptForm(ReasonForm):
    """Let off for good, or until a day and then due by a new one."""

    until = DayField(
        label="Miễn đến hết ngày", required=False, help_text="Để trống nếu miễn hẳn. Sau ngày này việc tự trở lại với hạn mới và đơn vị được báo."
    )
    due_on = DayField(label="Hạn mới sau khi hết miễn (hết ngày)", required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("due_on") and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", "Đồng chí ghi ngày cuối được miễn, hoặc xóa hạn mới nếu miễn hẳn.")
        return cleaned


class ExtendForm(forms.Form):
    """A later day."""

    due_on = DayField(label="Hạn mới (hết ngày)")
    reason = CleanLineField(label="Lý do gia hạn", max_length=500)


class ToldDayForm(forms.Form):
    """The day that a notice of the superior has told for a clause without one."""

    due_on = DayField(label="Ngày cuối còn đúng hạn (hết ngày)")
    basis = CleanLineField(
        label="Căn cứ", max_length=300, help_text="Văn bản cho biết ngày, ví dụ “Thông báo số 45-TB/TU, ngày 02/6/2026”."
    )


class ExtendManyForm(ExtendForm):
    """A later day for the ticked rows of a plan."""

    chon = forms.ModelMultipleChoiceField(
        queryset=Assignment.objects.none(),
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": "Đồng chí đánh dấu ít nhất một việc ở danh sách nhiệm vụ.",
            "invalid_choice": "Có dòng không còn trong danh sách. Đồng chí mở lại danh sách nhiệm vụ.",
        },
    )

    def __init__(self, *args, assignments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chon"].queryset = assignments


class ShowForm(forms.Form):
    """Which rows of a plan's duties to show."""

    show = forms.ChoiceField(label="Hiện", choices=SHOWN, required=False, widget=forms.Select(attrs={"class": "form-select"}))
    q = forms.CharField(
        label="Tên đơn vị", required=False, max_length=80, widget=forms.TextInput(attrs={"class": "form-control"})
    )
