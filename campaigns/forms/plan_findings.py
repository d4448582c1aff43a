"""A finding of the checks let stand with a reason, and the reason to go on despite errors."""

from django import forms

from campaigns.forms.fields import CleanLineField


class FindingForm(forms.Form):
    """Which finding, whether it is let stand or taken up again, and why."""

    check = forms.RegexField(r"^C\d{2}$")
    variant = forms.RegexField(r"^[a-z0-9_]{1,40}$")
    quote = forms.CharField(required=False, max_length=5000, strip=False)
    reason = CleanLineField(label="Lý do bỏ qua", required=False, max_length=300)
    act = forms.ChoiceField(choices=[("dismiss", "Bỏ qua"), ("restore", "Lấy lại")])


class OverrideForm(forms.Form):
    """What the office writes to move a plan on although the checks find errors (decisions 14)."""

    override_reason = CleanLineField(label="Lý do vẫn chuyển bước", required=False, max_length=300)
