"""The mail that brings a new member in: a link to choose a password, or a word of welcome."""

from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from cse_tracker.accounts.mail import is_handed_over
from cse_tracker.accounts.models import Membership, User
from cse_tracker.accounts.services.events import record_event
from cse_tracker.core.errors import RuleBroken

SECONDS_PER_DAY = 24 * 60 * 60


@transaction.atomic
def resend_invitation(*, membership: Membership, by: User | None) -> Membership:
    """Note that the member is invited once more; the caller sends the mail after commit.

    Raises RuleBroken when they have left or have chosen a password already.
    """
    if membership.ended_at is not None:
        raise RuleBroken(f"{membership.user} is no longer a member.")
    if membership.user.has_usable_password():
        raise RuleBroken(
            f"{membership.user} has a password already."
            " If they forgot it, they can ask for a new one on the page Sign in."
        )
    record_event(
        by=by,
        verb="invited again",
        target=membership,
        organisation=membership.organisation,
    )
    return membership


def send_invitation(membership: Membership, *, site_url: str) -> bool:
    """Write to the member; True when the mail server took the message.

    ``site_url`` is the address of the start page, such as "https://cse.example/". Call after
    the transaction, so that nobody gets mail about what was undone.
    """
    user = membership.user
    has_password = user.has_usable_password()
    kind = "welcome" if has_password else "invitation"
    about = {
        "user": user,
        "organisation": membership.organisation,
        "start_url": _absolute(site_url, membership.organisation.get_absolute_url()),
        "reset_url": _absolute(site_url, reverse("account_reset_password")),
        "link_days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_PER_DAY,
        "password_url": (
            "" if has_password else _absolute(site_url, _password_path(user))
        ),
    }
    subject = render_to_string(f"accounts/email/{kind}_subject.txt", about)
    message = render_to_string(f"accounts/email/{kind}_message.txt", about)
    # A name with a line break must not add a header.
    send = partial(send_mail, " ".join(subject.split()), message, None, [user.email])
    return is_handed_over(send, what=f"{kind} of membership {membership.pk}")


def _password_path(user: User) -> str:
    """Where the person chooses a password: the same page as after "Forgotten password"."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )


def _absolute(site_url: str, path: str) -> str:
    return site_url.rstrip("/") + path
