"""The message of an invitation: a link to choose a password, or where to sign in."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from cse_tracker.accounts.models import InvitationMail, User
from cse_tracker.accounts.notification_mail import absolute_url

SECONDS_PER_DAY = 24 * 60 * 60


def invitation_mail_of(invitation: InvitationMail) -> EmailMessage:
    """The message to the invited person, ready to be sent; its secret is kept nowhere."""
    user = invitation.membership.user
    has_password = user.has_usable_password()
    about = {
        "user": user,
        "words": invitation.words,
        "start_url": absolute_url(invitation.path),
        "reset_url": absolute_url(reverse("account_reset_password")),
        "link_days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_PER_DAY,
        "password_url": "" if has_password else absolute_url(password_path(user)),
    }
    template = "welcome" if has_password else "invitation"
    # A name with a line break must not add a header.
    subject = " ".join(invitation.subject.split())
    body = render_to_string(f"accounts/email/{template}.txt", about)
    return EmailMessage(subject, body, None, [user.email])


def password_path(user: User) -> str:
    """Where the person chooses a password: the same page as after "Forgotten password"."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
