"""Every address of the program. Paths are unaccented Vietnamese; names are app:noun-verb."""

from django.urls import include, path

from config.health import healthz
from reports.views.home import home

handler500 = "config.errors.server_error"
urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("", include("units.urls_account")),
    path("", include("units.urls")),
    path("", include("documents.urls")),
    path("", include("campaigns.urls")),
    path("", include("reports.urls")),
]
