"""Addresses of the app, below ``/o/<organisation>/``."""

from django.urls import URLPattern

app_name = "overview"

urlpatterns: list[URLPattern] = []
