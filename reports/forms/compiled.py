"""Forms of the compiled report."""

from django import forms
from django.core.exceptions import ValidationError

from documents.text import clean_text
from reports.body_duties import compiles_report
from reports.forms.duty_ticks import DutyTicksForm
from reports.selectors.remarks import remarks_of
from units.models import Signer

DATE_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]


class ReportNewForm(forms.Form):
    """Which plans to compile."""

    plans = forms.ModelMultipleChoiceField(
        label="Kế hoạch cần tổng hợp",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một kế hoạch để tổng hợp."},
    )

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plans"].queryset = plans
        self.fields["plans"].label_from_instance = _plan_label


def _plan_label(plan):
    names = ", ".join(link.directive.short_form for link in plan.directive_links.all())
    return f"Kế hoạch số {plan.paper.number_text}: {names}"


class ReportEditForm(forms.Form):
    """The compiler's edits: the words of every section and which remarks go in."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 2}))
    signer = forms.ModelChoiceField(label="Người ký", queryset=Signer.objects.none(), required=False)
    recipients = forms.CharField(
        label="Nơi nhận", widget=forms.Textarea(attrs={"rows": 4}), help_text="Mỗi dòng một nơi; mục đích gửi ghi trong ngoặc."
    )
    late_list_printed = forms.BooleanField(label="In cả đơn vị chưa báo cáo vào biểu kèm theo", required=False)

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = report
        self.fields["signer"].queryset = report.ward.signers.filter(active_to__isnull=True)
        self.sections = list(report.sections.all())
        for section in self.sections:
            self.fields[f"section-{section.pk}"] = forms.CharField(
                label=section.title,
                required=False,
                initial=section.body,
                widget=forms.Textarea(attrs={"rows": max(3, min(12, len(section.body) // 90 + 2))}),
            )
        self.remarks = remarks_of(report)
        for remark in self.remarks:
            self.fields[f"remark-{remark.pks[0]}"] = forms.BooleanField(required=False, initial=remark.included)

    def clean_subject(self):
        return clean_text(self.cleaned_data["subject"], limit=1000, name="Trích yếu").rstrip(".")

    def clean_recipients(self):
        return clean_text(self.cleaned_data["recipients"], limit=2000, multiline=True, name="Nơi nhận")

    def clean(self):
        for section in self.sections:
            name = f"section-{section.pk}"
            try:
                self.cleaned_data[name] = clean_text(self.cleaned_data.get(name, ""), multiline=True, name=section.title)
            except ValidationError as problem:
                self.add_error(name, problem)
        return self.cleaned_data

    @property
    def bodies(self):
        """{section pk: text} of what was typed."""
        return {section.pk: self.cleaned_data.get(f"section-{section.pk}", section.body) for section in self.sections}

    @property
    def included(self):
        """Primary keys of the remarks that were ticked; equal remarks share a tick."""
        ticked = [remark for remark in self.remarks if self.cleaned_data.get(f"remark-{remark.pks[0]}")]
        return {pk for remark in ticked for pk in remark.pks}

    @property
    def section_fields(self):
        """[(section, its bound text)]."""
        return [(section, self[f"section-{section.pk}"]) for section in self.sections]

    @property
    def remark_fields(self):
        """{kind of remark: [(remark, bound tick)]}, as the page shows them side by side."""
        groups = {}
        for remark in self.remarks:
            groups.setdefault(remark.label, []).append((remark, self[f"remark-{remark.pks[0]}"]))
        return groups


class VersionForm(forms.Form):
    """Which saving of the report the page showed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReportIssueForm(DutyTicksForm):
    """Number and date as the office took them from the official book after signature, and the duties the report ends."""

    ticks_label = "Việc hoàn thành khi ban hành"
    ticks_help = "Báo cáo này là sản phẩm của việc được đánh dấu; việc khác vẫn chờ thực hiện."

    number = forms.IntegerField(
        label="Số",
        min_value=1,
        max_value=9999,
        error_messages={"required": "Hãy ghi số lấy từ sổ văn bản đi.", "invalid": "Số chỉ gồm chữ số. Hãy ghi như 31."},
    )
    dated_on = forms.DateField(
        label="Ngày ký",
        input_formats=DATE_FORMATS,
        error_messages={"required": "Hãy ghi ngày ký.", "invalid": "Ngày ký không có thật. Hãy ghi như 05/6/2026."},
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day > self.today:
            raise ValidationError("Ngày ký ở sau hôm nay. Hãy ghi số sau khi báo cáo đã được ký.", code="future")
        return day

    def words(self, row):
        return f"{row.unit.short_name}, Kế hoạch {row.plan}: {row.duty.text}"

    def suggests(self, row):
        return compiles_report(row.duty.text)
