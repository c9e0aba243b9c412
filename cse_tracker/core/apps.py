"""The app's registration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cse_tracker.core"
