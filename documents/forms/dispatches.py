"""Forms of the send list: what was sent and received, and the signed delivery list."""

from django import forms

from documents.choices import DispatchChannel
from units.forms.fields import DayField


class SendFilterForm(forms.Form):
    """Which lines of the send list are shown."""

    loc = forms.ChoiceField(
        label="Hiện",
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        choices=[
            ("", "Tất cả nơi nhận"),
            ("chua-gui", "Chưa gửi"),
            ("chua-nhan", "Chưa nhận"),
            ("chua-mo", "Chưa mở trong chương trình"),
            ("chua-quan-triet", "Chưa báo đã quán triệt"),
        ],
    )


class DispatchMarkForm(forms.Form):
    """What became of some lines (`lines`), or of all that are still open."""

    act = forms.ChoiceField(
        choices=[
            ("sent", "Tất cả đã gửi"),
            ("received", "Tất cả đã nhận"),
            ("sent_lines", "Đã gửi"),
            ("received_lines", "Đã nhận"),
        ]
    )
    channel = forms.ChoiceField(label="Gửi bằng", choices=DispatchChannel.choices, required=False)
    lines = forms.ModelMultipleChoiceField(queryset=None, required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = lines

    def clean(self):
        cleaned = super().clean()
        cleaned["channel"] = cleaned.get("channel") or DispatchChannel.PAPER
        if cleaned.get("act", "").endswith("_lines") and not cleaned.get("lines"):
            self.add_error("lines", "Đồng chí đánh dấu ít nhất một nơi nhận. Chưa có gì được ghi.")
        return cleaned


class ReceiptForm(forms.Form):
    """The scan of a signed delivery list and who signed it."""

    upload = forms.FileField(label="Bảng ký nhận đã ký", help_text="Tệp PDF hoặc ảnh chụp, tối đa 12 MB.")
    received_on = DayField(label="Ngày ký nhận")
    lines = forms.ModelMultipleChoiceField(
        label="Những nơi đã ký nhận",
        queryset=None,
        widget=forms.CheckboxSelectMultiple(attrs={"data-filter-boxes": "nơi nhận"}),
        help_text="Đồng chí bỏ dấu ở nơi chưa ký.",
        error_messages={"required": "Đồng chí đánh dấu những nơi đã ký nhận. Tệp chưa được lưu."},
    )
    declared_not_secret = forms.BooleanField(
        label="Tôi xác nhận tài liệu không thuộc bí mật nhà nước.",
        error_messages={"required": "Đồng chí cần xác nhận tài liệu không thuộc bí mật nhà nước."},
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = lines


class AddresseesForm(forms.Form):
    """Who else gets an issued paper."""

    units = forms.ModelMultipleChoiceField(
        label="Đơn vị, cơ quan của phường",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-filter-boxes": "nơi nhận"}),
    )
    others = forms.CharField(
        label="Nơi nhận khác",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một nơi.",
    )
    copies = forms.IntegerField(
        label="Số bản giấy mỗi nơi",
        min_value=0,
        max_value=999,
        initial=1,
        help_text="Ghi 0 khi chỉ gửi trong chương trình.",
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units

    def clean_others(self):
        return [line.strip(" -;.,") for line in self.cleaned_data["others"].splitlines() if line.strip(" -;.,")]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("units") and not cleaned.get("others") and "others" not in self.errors:
            self.add_error(None, "Đồng chí chọn ít nhất một đơn vị hoặc ghi một nơi nhận khác.")
        return cleaned


class LineForm(forms.Form):
    """One addressee: copies on paper, and a mark made by mistake."""

    copies = forms.IntegerField(label="Số bản giấy", min_value=0, max_value=999)
    unmark = forms.ChoiceField(
        label="Ghi nhầm",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Không, giữ nguyên"), ("received", "Bỏ ghi đã nhận"), ("sent", "Bỏ ghi đã gửi và đã nhận")],
    )
