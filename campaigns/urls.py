"""Addresses of campaigns/."""

app_name = "campaigns"
urlpatterns = []
