"""The form of one's own page: channels and hours."""

from django import forms

from campaigns.choices import Channel
from campaigns.models import ContactChoice

_HOUR = forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": 900})


class ContactChoiceForm(forms.ModelForm):
    """Offers the channels in `offered` ({channel: what is known about it}); the others keep what they were."""

    class Meta:
        model = ContactChoice
        fields = (*Channel.OUTSIDE, "opens_at", "closes_at")
        widgets = {"opens_at": _HOUR, "closes_at": _HOUR}
        help_texts = {
            "closes_at": "Ngoài khoảng giờ này chương trình giữ lại, đến giờ mới gửi. Thông báo trong chương trình luôn có."
        }

    def __init__(self, *args, offered: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        for channel in Channel.OUTSIDE:
            if channel in offered:
                self.fields[channel].label = Channel(channel).label
                self.fields[channel].help_text = offered[channel]
            else:
                del self.fields[channel]
