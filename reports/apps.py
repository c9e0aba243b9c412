"""The app's registration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
