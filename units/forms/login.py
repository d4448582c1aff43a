"""Forms of the office's log-in; django-allauth does the work, the words are ours."""

import unicodedata

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms


def _words(field: forms.Field, label: str, help_text: str = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):
    """User name and password."""

    error_title = "Chưa đăng nhập được:"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _words(self.fields["login"], "Tên đăng nhập")
        _words(self.fields["password"], "Mật khẩu")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autofocus": True}

    def clean_login(self):
        """One spelling of a name, so that "VanThu" and "vanthu" share their count of wrong tries."""
        return unicodedata.normalize("NFKC", super().clean_login()).lower()


class ChangePasswordForm(account.ChangePasswordForm):
    """The old password once, the new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _words(self.fields["oldpassword"], "Mật khẩu hiện tại")
        _words(
            self.fields["password1"],
            "Mật khẩu mới",
            "Ít nhất 10 ký tự. Một câu ngắn của riêng đồng chí, có dấu cách, là dễ nhớ và khó đoán nhất.",
        )
        _words(self.fields["password2"], "Nhập lại mật khẩu mới")

    def clean(self):
        cleaned = super().clean()
        if "password2" in self.errors and self.cleaned_data.get("password1"):
            self.errors["password2"] = self.error_class(["Hai lần nhập mật khẩu mới chưa giống nhau."])
        return cleaned


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more before a safety setting is changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _words(self.fields["password"], "Mật khẩu")


_CODE = ("Mã xác thực", "6 chữ số đang hiện trên ứng dụng xác thực.")


class AuthenticateForm(mfa.AuthenticateForm):
    """The second step of a log-in."""

    error_title = "Chưa đăng nhập được:"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _words(self.fields["code"], _CODE[0], "6 chữ số trên ứng dụng xác thực, hoặc một mã dự phòng.")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class ReauthenticateByCodeForm(mfa.ReauthenticateForm):
    """The code of the application before a safety setting is changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _words(self.fields["code"], *_CODE)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code proves that the application has read the QR code."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _words(self.fields["code"], *_CODE)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class AddKeyForm(webauthn.AddWebAuthnForm):
    """A fingerprint, a face or a key: the browser asks for it, the person gives it a name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _words(self.fields["name"], "Tên để nhận ra", "Ví dụ: vân tay máy văn phòng, khóa USB trong két.")
        self.fields["name"].max_length = 60
        self.fields["name"].initial = self.initial["name"] = ""
