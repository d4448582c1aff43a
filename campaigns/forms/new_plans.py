"""A new plan: for directives, or from an earlier plan."""

from django import forms
from django.core.exceptions import ValidationError

from campaigns.choices import PlanKind
from campaigns.deadline_phrases import read_phrase
from campaigns.forms.directives import DirectivesField
from campaigns.forms.fields import CleanLineField
from campaigns.models import Directive
from campaigns.services.deadline_chain import DraftPhrases

PHRASES = ("study", "report", "compiled", "final", "conference")


class NewPlanForm(forms.Form):
    """A new plan: of which kind, for which directives, by when; an empty deadline is worked out."""

    kind = forms.ChoiceField(label="Loại kế hoạch", choices=PlanKind, initial=PlanKind.STUDY)
    directives = DirectivesField(label="Văn bản", queryset=Directive.objects.none(), widget=forms.CheckboxSelectMultiple)
    study = CleanLineField(label="Thời hạn học tập (thực hiện)", required=False, max_length=200)
    report = CleanLineField(label="Thời hạn đơn vị báo cáo", required=False, max_length=200)
    compiled = CleanLineField(label="Thời hạn xong báo cáo tổng hợp", required=False, max_length=200)
    final = CleanLineField(
        label="Thời hạn ký, gửi báo cáo", required=False, max_length=200, help_text="Chỉ in trong kế hoạch sơ kết, tổng kết."
    )
    conference = CleanLineField(label="Thời gian hội nghị cấp phường", required=False, max_length=200)
    ward_conference = forms.BooleanField(label="Có hội nghị cấp phường", required=False, initial=True)
    scored = forms.BooleanField(label="Các đơn vị tự chấm điểm", required=False, initial=True)
    together = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, directives, plans, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["directives"].queryset = directives
        self.fields["together"].queryset = plans

    def clean(self):
        cleaned = super().clean()
        for name in PHRASES:
            try:
                read_phrase(cleaned.get(name, ""), today=self.today)
            except ValidationError as unreadable:
                self.add_error(name, unreadable)
        return cleaned

    def phrases(self):
        """The typed deadlines as drafting takes them."""
        return DraftPhrases(**{name: self.cleaned_data[name] for name in PHRASES})


class RedraftForm(forms.Form):
    """The directives of a plan that is written from an earlier one."""

    directives = DirectivesField(label="Văn bản mới", queryset=Directive.objects.none(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, directives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["directives"].queryset = directives
