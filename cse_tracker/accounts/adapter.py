"""How django-allauth behaves here: nobody signs up by themselves."""

from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from cse_tracker.accounts.mail import is_handed_over


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an organisation's administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is wrong. Check both and try again",
        "incorrect_password": "The password is wrong. Enter your current password",
        "enter_current_password": "The password is wrong. Enter your current password",
        "too_many_login_attempts": "There were too many attempts. Wait 5 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        # allauth's own answer is the same form once more, as if nothing had happened.
        return reverse("account_profile")

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        # The page after a link says by itself that the password is set or changed.
        match = request.resolver_match
        if match is None or match.url_name != "account_reset_password_from_key":
            super().add_message(request, *args, **kwargs)

    def format_email_subject(self, subject: str) -> str:
        # allauth would put the host name in front.
        return subject

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Write the mail, or log that it failed.

        An error page only for addresses that have an account would tell which have one.
        """
        send = partial(super().send_mail, template_prefix, email, context)
        is_handed_over(send, what=template_prefix)
