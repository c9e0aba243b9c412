"""The app's registration."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "cse_tracker.overview"
