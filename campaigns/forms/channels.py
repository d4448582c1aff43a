"""Forms of the channel pages."""

from django import forms

from campaigns.choices import Channel, DeliveryState
from campaigns.models import WardChannel

_STATES = [("", "Mọi trạng thái"), *DeliveryState.choices]


class WardChannelForm(forms.ModelForm):
    """On or off; address and limits where the channel has a gateway of the ward."""

    class Meta:
        model = WardChannel
        fields = ("is_on", "url", "per_minute", "per_day")
        help_texts = {
            "is_on": "Tắt kênh thì tin đang chờ trên kênh không gửi nữa; lời nhắc trong chương trình vẫn có.",
            "url": "Do nhà cung cấp dịch vụ nhắn tin cấp, bắt đầu bằng https://. Chương trình không gọi địa chỉ trong mạng nội bộ.",
            "per_day": "Tin vượt giới hạn được giữ lại, gửi tiếp khi còn chỗ.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.has_gateway:
            for name in ("url", "per_minute", "per_day"):
                del self.fields[name]


class DeliveryFilterForm(forms.Form):
    """Which lines of the log."""

    kenh = forms.ChoiceField(label="Kênh", choices=[("", "Mọi kênh"), *Channel.choices], required=False)
    trang_thai = forms.ChoiceField(label="Trạng thái", choices=_STATES, required=False)

    def narrow(self, deliveries):
        """`deliveries` as asked for; what cannot be read narrows nothing."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        facts = {"channel": asked.get("kenh"), "state": asked.get("trang_thai")}
        return deliveries.filter(**{name: value for name, value in facts.items() if value})
