"""What a secretary types: the code of a new card, the PIN of a phone."""

from django import forms

from units.pins import PIN_LENGTH, check_pin


class _FiguresField(forms.CharField):
    """Figures on the telephone's number keys, not remembered by the browser."""

    def __init__(self, length, *, widget=forms.TextInput, **options):
        attrs = {"inputmode": "numeric", "pattern": "[0-9]*", "maxlength": length, "autocomplete": "off"}
        super().__init__(max_length=length, widget=widget(attrs=attrs), **options)
        self.length = length

    def clean(self, value):
        value = super().clean(value)
        if len(value) != self.length or not (value.isascii() and value.isdecimal()):
            raise forms.ValidationError(f"Đồng chí nhập đúng {self.length} chữ số.", code="shape")
        return value


class NewPinForm(forms.Form):
    """A PIN of one's own, twice.

    The figures stay readable: who is 70 and chooses a number for the first time wants to see it.
    """

    pin = _FiguresField(
        PIN_LENGTH,
        label="Mã PIN mới của đồng chí (6 số)",
        help_text="Không dùng số lặp lại, số liền nhau hoặc năm sinh.",
    )
    pin_again = _FiguresField(PIN_LENGTH, label="Nhập lại mã PIN mới")

    def clean_pin(self):
        return check_pin(self.cleaned_data["pin"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("pin") and cleaned.get("pin_again") and cleaned["pin"] != cleaned["pin_again"]:
            self.add_error("pin_again", "Hai lần nhập mã PIN chưa giống nhau.")
        return cleaned


class FirstUseOfCardForm(NewPinForm):
    """The code that came apart from the card, then a PIN of one's own."""

    code = _FiguresField(4, label="Mã 4 số văn phòng đã báo", help_text="Mã này báo riêng, không in trên thẻ.")
    field_order = ("code", "pin", "pin_again")


class PinForm(forms.Form):
    """The PIN of a card in use."""

    error_title = "Chưa vào được:"

    pin = _FiguresField(PIN_LENGTH, label="Mã PIN (6 số)", widget=forms.PasswordInput)
