"""Addresses of log-in, under the names that django-allauth looks up; only the pages that the office needs."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.generic import RedirectView

from units.views.login import KeyRemoveView, LoginView, PasswordChangeView

urlpatterns = [
    path("dang-nhap/", LoginView.as_view(), name="account_login"),
    path("dang-nhap/ma-xac-thuc/", mfa.authenticate, name="mfa_authenticate"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("doi-mat-khau/", PasswordChangeView.as_view(), name="account_change_password"),
    path("xac-nhan-mat-khau/", account.reauthenticate, name="account_reauthenticate"),
    path("xac-thuc-hai-lop/", mfa.index, name="mfa_index"),
    path("xac-thuc-hai-lop/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("xac-thuc-hai-lop/khoa/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("xac-thuc-hai-lop/khoa/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("xac-thuc-hai-lop/khoa/xac-nhan/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("xac-thuc-hai-lop/khoa/<int:pk>/go/", KeyRemoveView.as_view(), name="mfa_remove_webauthn"),
    path("xac-thuc-hai-lop/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("xac-thuc-hai-lop/ma-du-phong/tao-lai/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("xac-thuc-hai-lop/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("xac-thuc-hai-lop/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
]
