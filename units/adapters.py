"""How django-allauth behaves in a ward office: no sign-up, Vietnamese sentences, secrets kept encrypted."""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone

from units.addresses import client_ip, is_own_page
from units.choices import SignIn
from units.selectors.guesses import wait_for_address
from units.selectors.wards import ward_of_person
from units.services.audit import record_event
from units.services.passwords import change_password
from units.session_book import book_session

WRONG_LOG_IN = "Tên đăng nhập hoặc mật khẩu chưa đúng. Đồng chí kiểm tra lại bộ gõ, phím Caps Lock rồi nhập lại."
_JUST_LOGGED_IN = 300  # seconds
_SENTENCES = {
    "account/messages/password_changed.txt": "Đã đổi mật khẩu. Các máy khác đang mở tài khoản này phải đăng nhập lại.",
    "mfa/messages/totp_activated.txt": "Đã bật xác thực hai lớp. Đồng chí in hoặc chép mã dự phòng và cất giữ cẩn thận.",
    "mfa/messages/totp_deactivated.txt": "Đã tắt xác thực hai lớp.",
    "mfa/messages/webauthn_added.txt": "Đã thêm khóa truy cập. Từ lần sau đồng chí dùng khóa này ở bước 2 khi đăng nhập.",
    "mfa/messages/webauthn_removed.txt": "Đã gỡ khóa truy cập.",
    "mfa/messages/recovery_codes_generated.txt": "Đã tạo bộ mã dự phòng mới. Bộ mã cũ không dùng được nữa.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Log-in with user name and password; accounts are made by an administrator only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Tài khoản này đang bị khóa. Đồng chí liên hệ người quản trị của phường.",
        "enter_current_password": "Mật khẩu hiện tại chưa đúng. Đồng chí nhập lại.",
        "incorrect_code": "Mã chưa đúng hoặc đã hết hạn. Đồng chí nhập mã đang hiện trên điện thoại.",
        "incorrect_password": "Mật khẩu chưa đúng. Đồng chí nhập lại.",
        "too_many_login_attempts": "Đã nhập sai nhiều lần. Đồng chí chờ ít phút rồi thử lại.",
        "username_password_mismatch": WRONG_LOG_IN,
        "invalid_login": WRONG_LOG_IN,
        "rate_limited": "Thao tác quá nhanh. Đồng chí chờ ít phút rồi thử lại.",
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Guesses are counted by django-axes; here only an address that guesses without end is slowed down."""
        seconds = wait_for_address(client_ip(request), credentials.get("username") or "", now=timezone.now())
        if seconds:
            raise ValidationError(
                f"Từ mạng này đã có nhiều lần nhập sai. Đồng chí chờ {seconds} giây rồi đăng nhập lại.", code="slow_down"
            )

    def _rollback_login_failed_rl_usage(self):
        """Nothing was consumed in `pre_authenticate`."""

    def respond_user_inactive(self, request, user):
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("account_login")

    def pre_login(self, request, user, **how):
        """A temporary password opens for as long as it was promised, not longer (reliability A-06)."""
        until = user.temporary_until
        if user.is_active and user.must_change_password and until and until <= timezone.now():
            messages.error(request, "Mật khẩu tạm đã hết giá trị. Đồng chí gọi người quản trị của phường để được cấp lại.")
            return redirect("account_login")
        return super().pre_login(request, user, **how)

    def post_login(self, request, user, **how):
        record_event(
            by=user, verb="session.open", target=user, ward=ward_of_person(user), ip_address=client_ip(request)
        )
        book_session(request, way=SignIn.PASSWORD)
        return super().post_login(request, user, **how)

    def set_password(self, user, password):
        change_password(person=user, password=password, by=user)

    def get_password_change_redirect_url(self, request):
        return settings.LOGIN_REDIRECT_URL

    def get_logout_redirect_url(self, request):
        return settings.LOGIN_URL

    def is_safe_url(self, url):
        return is_own_page(url)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not within minutes of the log-in itself: who must set up the second factor has just typed the password."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - record["at"] < _JUST_LOGGED_IN for record in records)

    def get_client_ip(self, request):
        return client_ip(request)

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        sentence = _SENTENCES.get(message_template)
        if sentence:
            messages.add_message(request, level, sentence)


class SecondFactorAdapter(DefaultMFAAdapter):
    """TOTP, keys of the browser (WebAuthn) and recovery codes; their seeds are encrypted with a key made from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Vai trò của đồng chí bắt buộc xác thực hai lớp nên không tắt được.",
        "cannot_generate_recovery_codes": "Đồng chí cần bật xác thực hai lớp trước khi tạo mã dự phòng.",
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def _cipher(self):
        digest = hashlib.sha256(b"lantoa.second-factor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(digest))

    def encrypt(self, text):
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user, type):  # noqa: A002 - the name that django-allauth gives
        return "Khóa truy cập"

    def can_delete_authenticator(self, authenticator):
        """Where a second factor is required the last one stays."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
