"""Registering a directive: a pasted title read into the fields, the fields themselves, its files."""

import re

from django import forms
from django.core.exceptions import ValidationError

from campaigns.choices import DirectiveScope
from campaigns.deadline_phrases import read_phrase
from campaigns.forms.fields import CleanLineField, CleanTextField
from campaigns.models import Directive
from documents import dates
from documents.choices import PaperKind
from documents.directive_titles import read_title
from documents.text import clean_line, normalise
from units.forms.fields import DayField

MOST_HEADINGS = 60
_OF_ISSUER = re.compile(r"^(CỦA .{3,120}?) (?=[Vv]ề )")  # the line "CỦA BAN THƯỜNG VỤ TỈNH ỦY" under the kind
KINDS = [("", "Chọn loại văn bản"), *PaperKind.choices]


def directive_fields(read):
    """What the file of a directive says, by the names of DirectiveForm; `read` is a DirectiveFacts."""
    kind = next((value for value, label in PaperKind.choices if label.lower() == read.kind.lower()), "")
    subject = _OF_ISSUER.sub(lambda line: "" if line[1].isupper() else line[0], read.subject)
    subject = subject[:1].lower() + subject[1:] if subject.startswith("Về ") else subject
    parts = {
        "kind": kind,
        "number": read.number[:10],
        "sign": read.sign[:24],
        "dated_on": read.date,
        "issuer": read.issuer[:160],
        "subject": subject[:1000],
    }
    return {name: value for name, value in parts.items() if value}


def heading_lines(read):
    """Its headings of two levels, a text each: "I. QUAN ĐIỂM", "1. Phát triển ..."."""
    found = []
    for top in read.headings:
        for one in (top, *top.children):
            mark = f"{one.marker}." if one.marker and not one.marker.endswith((".", ")")) else one.marker
            found.append(f"{mark} {one.title}".strip())
    return list(dict.fromkeys(found))


class DirectivesField(forms.ModelMultipleChoiceField):
    """Directives told apart by number, day and the beginning of the subject."""

    def label_from_instance(self, obj):
        return f"{obj.short_form}, ngày {dates.short(obj.dated_on)} {obj.subject}"[:140]


class TitleForm(forms.Form):
    """The line a person copies from the paper or the list of arrivals."""

    title = CleanLineField(
        label="Dán dòng tên văn bản",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Chỉ thị số 05-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy về …",
    )

    def found(self):
        """What the pasted line says, by the names of DirectiveForm; a part it does not say is missing."""
        if not self.is_valid():
            return {}
        read = read_title(self.cleaned_data["title"])
        kind = next((value for value, label in PaperKind.choices if label.lower() == read.kind.lower()), "")
        parts = {"kind": kind, "number": read.number, "sign": read.sign, "dated_on": read.issued_on, "issuer": read.issuer}
        return {name: value for name, value in (parts | {"subject": read.subject}).items() if value}


class CoreContentForm(forms.Form):
    """Headings of the paper's own file, of which some are its "nội dung cốt lõi"; `offered` travels along as typed."""

    core = forms.MultipleChoiceField(
        label="Đưa vào nội dung cốt lõi", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = [text for one in offered[:MOST_HEADINGS] if (text := normalise(one).strip()[:500])]
        self.fields["core"].choices = [(text, text) for text in self.offered]

    def added_to(self, typed):
        """What was typed as core content, and below it the ticked headings, a line each."""
        ticked = self.cleaned_data.get("core", []) if self.is_valid() else []
        return "\n".join(filter(None, [typed, *(f"- {text}" for text in ticked)]))


class DirectiveForm(forms.Form):
    """What is known of a paper from above."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=KINDS)
    number = CleanLineField(label="Số", max_length=10, help_text="Ví dụ: 05")
    sign = CleanLineField(label="Ký hiệu", max_length=24, help_text="Ví dụ: CT/TU")
    dated_on = DayField(label="Ngày ban hành")
    issuer = CleanLineField(label="Cơ quan ban hành", max_length=160)
    subject = CleanLineField(
        label="Trích yếu", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Bắt đầu bằng “về …”."
    )
    core_content = CleanTextField(label="Nội dung cốt lõi", required=False)
    scope = forms.ChoiceField(label="Phạm vi phổ biến", choices=DirectiveScope, initial=DirectiveScope.PEOPLE)
    parents = DirectivesField(
        label="Thực hiện văn bản",
        queryset=Directive.objects.none(),
        required=False,
        help_text="Văn bản cấp cao hơn mà văn bản này thực hiện; giữ phím Ctrl để chọn nhiều.",
    )
    superior_deadline = CleanLineField(
        label="Thời hạn cấp trên giao", required=False, max_length=300, help_text="Ví dụ: báo cáo trước ngày 10/6/2026"
    )
    superior_due_on = DayField(
        label="Ngày cuối phải báo cáo cấp trên", required=False, help_text="Để trống thì chương trình đọc từ dòng trên."
    )
    superior_addressee = CleanLineField(label="Nơi nhận báo cáo của cấp trên", required=False, max_length=200)
    incoming_number = CleanLineField(label="Số đến", required=False, max_length=40)
    arrived_on = DayField(label="Ngày đến", required=False)
    held_elsewhere = forms.BooleanField(
        label="Không có tệp: bản chính ở hệ thống điều hành tác nghiệp", required=False
    )
    date_unverified = forms.BooleanField(label="Ngày ban hành chưa đối chiếu bản chính", required=False)

    def __init__(self, *args, directives, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["parents"].queryset = directives

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day > self.today:
            raise ValidationError("Ngày ban hành không thể sau hôm nay.", code="future")
        return day

    def clean_number(self):
        return clean_line(self.cleaned_data["number"].split("-")[0])

    def clean(self):
        cleaned = super().clean()
        phrase, day = cleaned.get("superior_deadline"), cleaned.get("superior_due_on")
        if phrase and not day:
            cleaned["superior_due_on"] = self._day_of(phrase)
        return cleaned

    def _day_of(self, phrase):
        """The superior's words are kept as they are; a day is taken from them only where one can be read."""
        try:
            return read_phrase(phrase, today=self.today).last_day
        except ValidationError:
            return None


class AnotherDateForm(forms.Form):
    """The person's word that a paper of the same number but another day is a paper of its own."""

    another_date = forms.BooleanField(
        label="Tôi đã đối chiếu: đây là một văn bản khác, cùng số nhưng khác ngày", required=False
    )


class DirectiveFilterForm(forms.Form):
    """What the list is narrowed by."""

    q = CleanLineField(label="Tìm", required=False, max_length=200)
    kind = forms.ChoiceField(label="Loại", choices=[("", "Mọi loại"), *PaperKind.choices], required=False)
    scope = forms.ChoiceField(label="Phạm vi", choices=[("", "Mọi phạm vi"), *DirectiveScope.choices], required=False)
    year = forms.IntegerField(label="Năm", required=False, min_value=1945, max_value=2100)


class DirectiveFileForm(forms.Form):
    """A file of the directive, with the word that it holds no state secret (domain.md 5.5)."""

    title = CleanLineField(label="Tên tài liệu", required=False, max_length=200)
    upload = forms.FileField(label="Tệp")
    declared = forms.BooleanField(
        label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước",
        error_messages={"required": "Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước. Tệp chưa được lưu."},
    )


class JoinPlanForm(forms.Form):
    """The draft into which the directive is taken."""

    plan = forms.ModelChoiceField(label="Kế hoạch chưa ban hành", queryset=None, empty_label=None)

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans
