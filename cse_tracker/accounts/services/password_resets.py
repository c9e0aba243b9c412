"""The mail with which somebody who forgot their password chooses a new one."""

from allauth.account.adapter import get_adapter

from cse_tracker.accounts.invitation_mail import password_path
from cse_tracker.accounts.mail import is_handed_over
from cse_tracker.accounts.models import User

TEMPLATE_PREFIX = "account/email/password_reset_key"


def send_password_reset(*, email: str, site_url: str) -> None:
    """Write to the account with this address, if there is one that may sign in.

    ``site_url`` is the address of the start page, such as "https://cse.example/".
    """
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        return
    about = {"password_reset_url": site_url.rstrip("/") + password_path(user)}
    message = get_adapter().render_mail(TEMPLATE_PREFIX, user.email, about)
    is_handed_over(message.send, what=TEMPLATE_PREFIX)
