"""The key under which something is taken once."""

from django import forms

NO_KEY = "Máy gửi thiếu mã nên chưa ghi gì. Đồng chí mở lại trang rồi gửi lại."


class ParcelForm(forms.Form):
    """`key`: 32 hex digits, made up by the page or the phone for one sending."""

    key = forms.RegexField("^[0-9a-f]{32}$", error_messages={"required": NO_KEY, "invalid": NO_KEY})
