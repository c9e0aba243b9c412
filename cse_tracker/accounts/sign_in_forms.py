"""allauth's forms in our look and words. The settings name them in ACCOUNT_FORMS."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as allauth
from django.http import HttpRequest

from cse_tracker.accounts import tasks
from cse_tracker.core.forms.base import GovukFields
from cse_tracker.core.jobs import publish

NEW_PASSWORD_LABELS = {
    "password1": "New password",
    "password2": "New password again",
}
NEW_PASSWORD_ERROR_LABELS = {
    "password1": "A new password",
    "password2": "The new password again",
}


class OwnWords(GovukFields):
    """Mix in: ``labels`` replace allauth's labels by field name."""

    labels: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label


class LoginForm(OwnWords, allauth.LoginForm):  # type: ignore[misc]
    labels = {"login": "Email address"}
    error_labels = {"login": "Your email address", "password": "Your password"}


class ResetPasswordForm(OwnWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Asks for a link. Whether there is such an account, only the worker looks up.

    So the answer is the same for every address, and takes as long.
    """

    labels = {"email": "Email address"}
    error_labels = {"email": "Your email address"}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = self.clean_email()
        site_url = request.build_absolute_uri("/")
        publish(tasks.send_password_reset, email.lower(), site_url)
        return email


class ResetPasswordKeyForm(OwnWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = NEW_PASSWORD_LABELS
    error_labels = NEW_PASSWORD_ERROR_LABELS


class ChangePasswordForm(OwnWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    labels = {"oldpassword": "Current password", **NEW_PASSWORD_LABELS}
    error_labels = {
        "oldpassword": "Your current password",
        **NEW_PASSWORD_ERROR_LABELS,
    }
