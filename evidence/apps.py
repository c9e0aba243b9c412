"""The app's registration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"
