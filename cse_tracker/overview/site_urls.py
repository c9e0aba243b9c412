"""Addresses outside any organisation."""

from django.urls import path

from cse_tracker.overview.views import site

app_name = "site"

urlpatterns = [
    path("", site.start, name="start"),
    path("accessibility/", site.accessibility, name="accessibility"),
]
