"""Addresses of reports/."""

from reports.urls_outline import urlpatterns as outline
from reports.urls_phone import urlpatterns as phone
from reports.urls_reports import urlpatterns as reports
from reports.urls_results import urlpatterns as results
from reports.urls_views import urlpatterns as views

app_name = "reports"
urlpatterns = [*outline, *phone, *results, *reports, *views]
