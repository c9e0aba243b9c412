"""The app's registration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cse_tracker.accounts"
