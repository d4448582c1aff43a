"""Addresses of units/."""

from django.urls import path

from units.views import (
    account,
    audit,
    browser_pass,
    calendar,
    card_list,
    cards,
    health,
    jobs,
    people,
    people_acts,
    phones,
    roles,
    settings,
    units,
)

app_name = "units"
urlpatterns = [
    # cards
    path("the/<str:secret>/", cards.card, name="card"),
    path("the/tiep/<str:token>/", browser_pass.browser_arrive, name="browser-arrive"),
    path("chuyen-trinh-duyet/", browser_pass.browser_pass, name="browser-pass"),
    path("dien-thoai/", phones.phone_open, name="phone-open"),
    path("dien-thoai/quen/", phones.phone_leave, name="phone-leave"),
    path("ma-pin/", cards.pin, name="pin"),
    path("ma-pin/quen/", cards.forget, name="device-forget"),
    path("the-truy-cap/", card_list.card_list, name="card-list"),
    path("the-truy-cap/<int:pk>/huy/", card_list.card_cancel, name="card-cancel"),
    path("the-truy-cap/<int:pk>/mo/", card_list.card_unlock, name="card-unlock"),
    # one's own account
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/may/dung-het/", account.sessions_end, name="sessions-end"),
    path("tai-khoan/may/<int:pk>/dung/", account.session_end, name="session-end"),
    path("tai-khoan/dien-thoai/<int:pk>/quen/", account.phone_forget, name="phone-forget"),
    path("tai-khoan/dien-thoai/ghi-nho/", phones.phone_remember, name="phone-remember"),
    path("tai-khoan/dien-thoai-lanh-dao/<int:pk>/quen/", phones.leader_phone_forget, name="leader-phone-forget"),
    # people
    path("nguoi-dung/", people.person_list, name="person-list"),
    path("nguoi-dung/moi/", people.person_create, name="person-create"),
    path("nguoi-dung/<int:pk>/", people.person_detail, name="person-detail"),
    path("nguoi-dung/<int:pk>/sua/", people.person_edit, name="person-edit"),
    path("nguoi-dung/<int:pk>/khoa/", people_acts.person_disable, name="person-disable"),
    path("nguoi-dung/<int:pk>/mo/", people_acts.person_enable, name="person-enable"),
    path("nguoi-dung/<int:pk>/mat-khau/", people_acts.person_password, name="person-password"),
    path("nguoi-dung/<int:pk>/mo-khoa/", people_acts.person_unlock, name="person-unlock"),
    path("nguoi-dung/<int:pk>/xac-thuc/", people_acts.person_second_factor, name="person-second-factor"),
    path("nguoi-dung/<int:pk>/may/", people_acts.person_sessions, name="person-sessions"),
    path("nguoi-dung/<int:pk>/vai-tro/", roles.role_give, name="role-give"),
    path("vai-tro/<int:pk>/ket-thuc/", roles.role_end, name="role-end"),
    path("vai-tro/<int:pk>/ban-giao/", roles.role_hand_over, name="role-hand-over"),
    path("vai-tro/<int:pk>/da-ban-giao/", roles.role_handed_over, name="role-handed-over"),
    # units
    path("don-vi/", units.unit_list, name="unit-list"),
    path("don-vi/moi/", units.unit_create, name="unit-create"),
    path("don-vi/<int:pk>/", units.unit_detail, name="unit-detail"),
    path("don-vi/<int:pk>/sua/", units.unit_edit, name="unit-edit"),
    path("don-vi/<int:pk>/thay-doi/", units.unit_revise, name="unit-revise"),
    path("don-vi/<int:pk>/thoi-hoat-dong/", units.unit_close, name="unit-close"),
    # calendar
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/moi/", calendar.calendar_day_create, name="calendar-day-create"),
    path("lich/<int:pk>/sua/", calendar.calendar_day_edit, name="calendar-day-edit"),
    path("lich/<int:pk>/xac-nhan/", calendar.calendar_day_confirm, name="calendar-day-confirm"),
    path("lich/<int:pk>/bo/", calendar.calendar_day_remove, name="calendar-day-remove"),
    # settings
    path("thiet-lap/", settings.settings, name="settings"),
    path("thiet-lap/phuong/", settings.settings_ward, name="settings-ward"),
    path("thiet-lap/nguoi-ky/moi/", settings.signer_create, name="signer-create"),
    path("thiet-lap/nguoi-ky/<int:pk>/sua/", settings.signer_edit, name="signer-edit"),
    path("thiet-lap/dia-diem/moi/", settings.venue_create, name="venue-create"),
    path("thiet-lap/dia-diem/<int:pk>/sua/", settings.venue_edit, name="venue-edit"),
    # watching over the program
    path("nhat-ky/", audit.audit_list, name="audit-list"),
    path("suc-khoe/", health.health, name="health"),
    path("viec-chay-nen/", jobs.job_list, name="job-list"),
    path("viec-chay-nen/<int:pk>/tai-ve/", jobs.job_download, name="job-download"),
]
