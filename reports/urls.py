"""Addresses of reports/."""

from reports.urls_results import urlpatterns as results

app_name = "reports"
urlpatterns = [*results]
