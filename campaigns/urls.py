"""Addresses of campaigns/."""

from django.urls import path

from campaigns.views import assignments, calls, notifications

app_name = "campaigns"
urlpatterns = [
    path("can-goi/", calls.call_list, name="call-list"),
    path("can-goi/<int:pk>/ghi/", calls.call_create, name="call-create"),
    path("ke-hoach/<int:pk>/nhiem-vu/", assignments.plan_assignments_list, name="plan-assignments"),
    path("nhiem-vu/", assignments.assignment_list, name="assignment-list"),
    path("nhiem-vu/<int:pk>/", assignments.assignment_detail, name="assignment-detail"),
    path("nhiem-vu/<int:pk>/cho-qua/", assignments.assignment_excuse, name="assignment-excuse"),
    path("nhiem-vu/<int:pk>/gia-han/", assignments.assignment_extend, name="assignment-extend"),
    path("nhiem-vu/<int:pk>/giao-lai/", assignments.assignment_reopen, name="assignment-reopen"),
    path("nhiem-vu/<int:pk>/mien/", assignments.assignment_exempt, name="assignment-exempt"),
    path("nhiem-vu/<int:pk>/san-pham/", assignments.assignment_product, name="assignment-product"),
    path("nhiem-vu/<int:pk>/tien-do/", assignments.assignment_progress, name="assignment-progress"),
    path("thong-bao/", notifications.notification_list, name="notification-list"),
    path("thong-bao/da-xem/", notifications.notification_read_all, name="notification-read-all"),
    path("thong-bao/<int:pk>/da-xem/", notifications.notification_read, name="notification-read"),
]
