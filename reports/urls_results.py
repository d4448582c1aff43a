"""Addresses of what units report: the secretary's form, the office's list, the score sheet."""

from django.urls import path

from reports.views import asked, branches, rubric_edit, rubrics, scores, sessions, submissions

urlpatterns = [
    path("bao-cao-buoi-hoc/", sessions.session_list, name="session-list"),
    path("bao-cao-buoi-hoc/moi/<int:unit_pk>/", sessions.session_create, name="session-create"),
    path("bao-cao-buoi-hoc/dang-bo/<int:unit_pk>/", branches.branch_list, name="branch-list"),
    path("bao-cao-buoi-hoc/dang-bo/<int:unit_pk>/bao-cao/", branches.branch_start, name="branch-start"),
    path("bao-cao-buoi-hoc/chi-bo/<int:unit_pk>/", branches.branch_edit, name="branch-edit"),
    path("bao-cao-buoi-hoc/chi-bo/<int:unit_pk>/xac-nhan/", branches.branch_confirm, name="branch-confirm"),
    path("bao-cao-buoi-hoc/<int:pk>/bien-nhan/", sessions.session_receipt, name="session-receipt"),
    path("bao-cao-buoi-hoc/<int:pk>/them-buoi/", sessions.session_extra, name="session-extra"),
    path("bao-cao-buoi-hoc/<int:pk>/them-buoi/<int:index>/bo/", sessions.session_extra_remove, name="session-extra-remove"),
    path("bao-cao-buoi-hoc/<int:pk>/bo/", sessions.session_drop, name="session-drop"),
    path("bao-cao-buoi-hoc/<int:pk>/<slug:slug>/", sessions.session_step, name="session-step"),
    path("ket-qua/", submissions.submission_list, name="submission-list"),
    path("ket-qua/tiep-nhan/", submissions.submission_accept_many, name="submission-accept-many"),
    path("ket-qua/nhap-ho/", submissions.submission_on_behalf, name="submission-on-behalf"),
    path("ket-qua/mau-giay/", submissions.submission_blank, name="submission-blank"),
    path("ket-qua/ke-hoach/<int:plan_pk>/noi-dung-hoi/", asked.asked_edit, name="asked-edit"),
    path("ket-qua/<int:pk>/", submissions.submission_detail, name="submission-detail"),
    path("ket-qua/<int:pk>/in/", submissions.submission_print, name="submission-print"),
    path("ket-qua/<int:pk>/tiep-nhan/", submissions.submission_accept, name="submission-accept"),
    path("ket-qua/<int:pk>/tra-lai/", submissions.submission_return, name="submission-return"),
    path("ket-qua/<int:pk>/tham-dinh/", scores.score_edit, name="score-edit"),
    path("ket-qua/<int:pk>/ban-giay/", submissions.submission_signed, name="submission-signed"),
    path("ket-qua/<int:pk>/bo-sung/", sessions.session_amend, name="session-amend"),
    path("ket-qua/<int:pk>/xac-nhan/", sessions.session_confirm, name="session-confirm"),
    path("bo-tieu-chi/", rubrics.rubric_list, name="rubric-list"),
    path("bo-tieu-chi/<int:pk>/", rubrics.rubric_detail, name="rubric-detail"),
    path("bo-tieu-chi/<int:pk>/phien-ban-moi/", rubric_edit.rubric_copy, name="rubric-copy"),
    path("bo-tieu-chi/<int:pk>/sua/", rubric_edit.rubric_edit, name="rubric-edit"),
    path("bo-tieu-chi/<int:pk>/bo/", rubric_edit.rubric_delete, name="rubric-delete"),
    path("bo-tieu-chi/<int:pk>/ap-dung/", rubric_edit.rubric_activate, name="rubric-activate"),
    path("bo-tieu-chi/<int:pk>/thu-lai/", rubric_edit.rubric_withdraw, name="rubric-withdraw"),
    path("bo-tieu-chi/<int:pk>/doi-chieu/", rubric_edit.rubric_check, name="rubric-check"),
    path("bo-tieu-chi/<int:pk>/<slug:kind>/moi/", rubric_edit.rubric_part_new, name="rubric-part-new"),
    path("bo-tieu-chi/<int:pk>/<slug:kind>/<int:part_pk>/sua/", rubric_edit.rubric_part_edit, name="rubric-part-edit"),
    path("bo-tieu-chi/<int:pk>/<slug:kind>/<int:part_pk>/bo/", rubric_edit.rubric_part_delete, name="rubric-part-delete"),
]
