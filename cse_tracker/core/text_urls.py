"""Addresses below ``/text/``: texts with a few marks, for everybody who has signed in."""

from django.urls import path

from cse_tracker.core import text_views

app_name = "text"

urlpatterns = [
    path("paste/", text_views.paste, name="paste"),
    path("preview/", text_views.preview, name="preview"),
]
