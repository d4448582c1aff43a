"""Addresses that a secretary's phone asks for by script, and the choice between two versions of one report."""

from django.urls import path

from reports.views import session_offline, session_parcels, session_versions

urlpatterns = [
    path("dien-thoai.js", session_offline.phone_worker, name="phone-worker"),
    path("ngoai-mang/", session_offline.phone_start, name="phone-start"),
    path("bao-cao-buoi-hoc/<int:pk>/tat-ca/", session_offline.session_whole, name="session-whole"),
    path("bao-cao-buoi-hoc/<int:pk>/hai-ban/", session_versions.session_versions, name="session-versions"),
    path("bao-cao-buoi-hoc/<int:pk>/tep/gui/", session_parcels.session_file_take, name="session-file-take"),
    path("bao-cao-buoi-hoc/<int:pk>/them-buoi/gui/", session_parcels.session_extra_take, name="session-extra-take"),
    path("bao-cao-buoi-hoc/<int:pk>/<slug:slug>/luu/", session_offline.session_keep, name="session-keep"),
]
