"""Forms about content that is still to be issued."""

from django import forms

from campaigns.forms.assignments import PaperField
from campaigns.forms.fields import CleanLineField
from campaigns.models import Duty
from documents.models import IssuedPaper
from units.forms.fields import DayField


class DutyField(forms.ModelChoiceField):
    """A clause, called by who leads it and what it says."""

    def label_from_instance(self, duty):
        text = duty.text if len(duty.text) <= 90 else f"{duty.text[:88].rsplit(' ', 1)[0]}…"
        return f"{duty.lead_text}: {text}"


class AwaitForm(forms.Form):
    """One more document that the units are to study once it exists."""

    text = CleanLineField(
        label="Nội dung chờ ban hành",
        max_length=400,
        help_text="Ví dụ “Kế hoạch của Ban Thường vụ Đảng ủy phường thực hiện Nghị quyết 91-NQ/TU”.",
    )
    source = DutyField(
        label="Nhiệm vụ soạn thảo",
        required=False,
        queryset=Duty.objects.none(),
        empty_label="Không theo nhiệm vụ nào",
    )

    def __init__(self, *args, duties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = duties


class ArriveForm(forms.Form):
    """The document exists: which it is, since when, and by when the units study it."""

    paper = PaperField(
        label="Văn bản đã phát hành",
        required=False,
        queryset=IssuedPaper.objects.none(),
        empty_label="Văn bản không có trong danh sách này",
    )
    document_words = CleanLineField(
        label="Số, ký hiệu của văn bản",
        required=False,
        max_length=200,
        help_text="Ghi khi văn bản không có trong danh sách trên.",
    )
    issued_on = DayField(
        label="Ngày ban hành",
        required=False,
        help_text="Chọn văn bản trong danh sách thì để trống: lấy ngày của văn bản.",
    )
    upload = forms.FileField(label="Tệp văn bản (nếu có)", required=False)
    declared_not_secret = forms.BooleanField(
        label="Tôi xác nhận tài liệu không thuộc danh mục bí mật nhà nước", required=False
    )
    study_by = DayField(label="Hạn học của các đơn vị (hết ngày)")

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        if papers:
            self.fields["paper"].queryset = papers
        else:
            del self.fields["paper"]
            self.fields["document_words"].help_text = self.fields["issued_on"].help_text = ""

    def clean(self):
        cleaned = super().clean()
        paper = cleaned.get("paper")
        if cleaned.get("upload") and not cleaned.get("declared_not_secret"):
            self.add_error("declared_not_secret", "Đồng chí cần xác nhận trước khi đính kèm tệp. Tệp chưa được lưu.")
        if paper and not cleaned.get("issued_on"):
            cleaned["issued_on"] = paper.dated_on
        elif not cleaned.get("issued_on") and "issued_on" not in self.errors:
            self.add_error("issued_on", "Đồng chí ghi ngày ban hành của văn bản.")
        return cleaned


class StudiedForm(forms.Form):
    """On which day a unit studied what arrived."""

    studied_on = DayField(label="Ngày học")
    note = CleanLineField(label="Ghi chú", required=False, max_length=300)
