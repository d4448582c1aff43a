"""One form for each kind of change after issue: the paper it rests on, and what it says."""

import re

from django import forms

from campaigns.change_effects import Wanted
from campaigns.choices import ChangeKind, DeadlineRule, PlanState, Product
from campaigns.deadline_phrases import after_conference, read_phrase
from campaigns.forms.fields import CleanLineField, CleanTextField
from campaigns.forms.seen import SeenForm
from campaigns.models import Duty, Plan
from campaigns.selectors.changes import duties_for
from documents.choices import PaperKind
from documents.dates import short
from units.choices import UnitKind
from units.forms.fields import DayField
from units.models import Unit

_NUMBER = re.compile(r"^\d{1,6}\s?[-/]\s?\S.{0,30}$")
_SEEN = ("known", "seen")
_PRODUCTS = [(one.value, one.label) for one in Product if one != Product.NONE and one not in Product.ARISING]


def check_number(number: str) -> str:
    """The number and sign of a paper as typed; raises ValidationError "number" when it is none."""
    if not _NUMBER.match(number):
        raise forms.ValidationError("Số, ký hiệu gồm số rồi đến ký hiệu, ví dụ 128-CV/ĐU.", code="number")
    return number


class _DutyChoice(forms.ModelChoiceField):
    def label_from_instance(self, duty):
        if not duty.turn_on:
            return f"{duty.lead_text}: {duty.text[:110]}"
        return f"{duty.lead_text}, kỳ hạn {short(duty.turn_on)}: {duty.text[:90]}"


class BasisForm(SeenForm):
    """The paper every change rests on; `kind` is the ChangeKind, `known` how many changes the preview showed."""

    kind: str = ""
    basis_kind = forms.ChoiceField(label="Loại văn bản căn cứ", choices=PaperKind.choices, initial=PaperKind.LETTER)
    basis_number = CleanLineField(label="Số, ký hiệu", max_length=40, help_text="Ví dụ: 128-CV/ĐU.")
    basis_dated_on = DayField(label="Ngày văn bản")
    basis_issuer = CleanLineField(label="Cơ quan ban hành", max_length=160)
    note = CleanLineField(label="Ghi thêm cho các đơn vị (nếu có)", max_length=500, required=False)
    known = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, plan: Plan, kind: str, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.plan, self.on = kind, plan, on
        self.order_fields([name for name in self.fields if name not in {"note", *_SEEN}])
        self.set_choices(on)

    def set_choices(self, on):
        """Fill the lists that depend on the plan."""
        if "duty" in self.fields:
            self.fields["duty"].queryset = duties_for(self.plan, self.kind)
        if "new_lead" in self.fields:
            self.fields["new_lead"].queryset = (
                Unit.objects.below(self.plan.ward).active(on=on).order_by("sort_key", "pk")
            )
        if "successor" in self.fields:
            plans = Plan.objects.filter(ward=self.plan.ward, state=PlanState.ISSUED).exclude(pk=self.plan.pk)
            self.fields["successor"].queryset = plans.select_related("paper").order_by("-issued_at", "-pk")

    def clean_basis_number(self):
        return check_number(self.cleaned_data["basis_number"])

    def wanted(self) -> Wanted:
        """What the office means, once the form is valid."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in _SEEN}
        return Wanted(kind=self.kind, **facts)


class DeadlineChangeForm(BasisForm):
    """Another last day for everybody who owes the duty."""

    duty = _DutyChoice(label="Nhiệm vụ", queryset=Duty.objects.none(), empty_label="Chọn nhiệm vụ")
    new_day = DayField(label="Hạn mới (hết ngày)")


class AddDutyForm(BasisForm):
    """A duty the plan did not have."""

    text = CleanTextField(label="Nội dung việc", limit=4000)
    product = forms.ChoiceField(label="Sản phẩm", choices=_PRODUCTS, initial=Product.ACTION)
    new_lead = forms.ModelChoiceField(
        label="Giao cho",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Các chi bộ, đảng bộ cơ sở, chi bộ trực thuộc",
    )
    new_day = DayField(label="Hạn (hết ngày), để trống nếu không định ngày", required=False)
    phrase = CleanLineField(
        label="Hoặc hạn tính từ hội nghị",
        max_length=200,
        required=False,
        help_text="Ví dụ: sau hội nghị 05 ngày làm việc. Hạn có ngay khi hội nghị định ngày, đổi theo khi hội nghị đổi ngày.",
    )

    def clean_phrase(self):
        """Only words the program can count: others are a day, or no day."""
        phrase = self.cleaned_data["phrase"]
        if not phrase:
            return ""
        if after_conference(phrase) is None or read_phrase(phrase, today=self.on).rule != DeadlineRule.AFTER_EVENT:
            words = "Chương trình chưa đọc được hạn này. Đồng chí viết như “sau hội nghị 05 ngày làm việc”."
            raise forms.ValidationError(words, code="unreadable")
        return phrase

    def clean(self):
        """A duty has one deadline: a day, or words that count to one."""
        facts = super().clean()
        if facts.get("phrase") and facts.get("new_day"):
            words = "Đồng chí chỉ ghi một trong hai: ngày cụ thể, hoặc hạn tính từ hội nghị."
            self.add_error("phrase", forms.ValidationError(words, code="twice"))
        return facts


class DropDutyForm(BasisForm):
    """A duty nobody owes any more."""

    duty = _DutyChoice(label="Nhiệm vụ", queryset=Duty.objects.none(), empty_label="Chọn nhiệm vụ")


class LeadChangeForm(DropDutyForm):
    """Another body takes the duty over, with the same last day."""

    new_lead = forms.ModelChoiceField(
        label="Cơ quan, đơn vị chủ trì mới", queryset=Unit.objects.none(), empty_label="Chọn cơ quan"
    )


class _HelpedDutyChoice(_DutyChoice):
    def label_from_instance(self, duty):
        names = ", ".join(unit.short_name for unit in duty.helpers.all())
        return f"{super().label_from_instance(duty)} ({f'phối hợp: {names}' if names else 'chưa có cơ quan phối hợp'})"


class _BodiesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": "Danh sách cơ quan vừa thay đổi. Chưa có gì được ghi; đồng chí mở lại trang rồi chọn lại."
    }

    def __init__(self, **kwargs):
        super().__init__(queryset=Unit.objects.none(), required=False, **kwargs)


class HelpersChangeForm(BasisForm):
    """Other bodies help with the duty; who leads it and its day stay."""

    duty = _HelpedDutyChoice(label="Nhiệm vụ", queryset=Duty.objects.none(), empty_label="Chọn nhiệm vụ")
    joining = _BodiesField(label="Cùng phối hợp từ nay")
    leaving = _BodiesField(label="Thôi phối hợp")

    def set_choices(self, on):
        """Bodies of the ward may join; whoever helps somewhere in the plan may leave, active or not."""
        super().set_choices(on)
        self.fields["duty"].queryset = self.fields["duty"].queryset.prefetch_related("helpers")
        bodies = Unit.objects.below(self.plan.ward).active(on=on).filter(kind=UnitKind.BODY)
        self.fields["joining"].queryset = bodies.order_by("sort_key", "pk")
        helping = Unit.objects.filter(duties_helped__plan=self.plan).distinct().order_by("sort_key", "pk")
        self.fields["leaving"].queryset = helping
        if not helping.exists():
            del self.fields["leaving"]


class ResumeForm(BasisForm):
    """The plan goes on."""

    new_day = DayField(
        label="Hạn mới cho mọi việc chưa xong (nếu văn bản nêu)",
        required=False,
        help_text="Để trống thì mỗi hạn lùi đúng số ngày đã dừng; việc đã quá hạn trước khi dừng có hạn hết ngày làm việc đầu tiên sau hôm nay.",
    )


class ReplaceForm(BasisForm):
    """Another plan, already issued, takes its place."""

    successor = forms.ModelChoiceField(
        label="Kế hoạch thay thế (đã ban hành)", queryset=Plan.objects.none(), empty_label="Chọn kế hoạch"
    )


FORMS = {
    ChangeKind.DEADLINE: DeadlineChangeForm,
    ChangeKind.ADD: AddDutyForm,
    ChangeKind.DROP: DropDutyForm,
    ChangeKind.LEAD: LeadChangeForm,
    ChangeKind.HELPERS: HelpersChangeForm,
    ChangeKind.PAUSE: BasisForm,
    ChangeKind.RESUME: ResumeForm,
    ChangeKind.END: BasisForm,
    ChangeKind.REPLACE: ReplaceForm,
}
