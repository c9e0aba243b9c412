"""The mail that brings a new member in: a link to choose a password, or a word of welcome."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    check_can_be_invited_again(membership.user)
    record_event(
        by=by,
        verb="invited again",
        target=membership,
        organisation=membership.organisation,
    )
    return membership


def check_can_be_invited_again(user: User) -> None:
    """Raise RuleBroken once the person has chosen a password."""
    if user.has_usable_password():
        raise RuleBroken(
            f"{user} has a password already."
            " If they forgot it, they can ask for a new one on the page Sign in."
        )


@dataclass(frozen=True)
class Occasion:
    """What somebody is invited to, where that is not the organisation as a whole.

    ``templates`` is the folder of the mail's words, ``path`` where they begin once signed in,
    ``about`` what the words name beside person and organisation.
    """

    templates: str
    path: str
    about: Mapping[str, object]


def send_invitation(
    membership: Membership, *, site_url: str, to: Occasion | None = None
) -> bool:
    """Write to the member; True when the mail server took the message.

    ``site_url`` is the address of the start page, such as "https://cse.example/". Call after
    the transaction, so that nobody gets mail about what was undone.
    """
    user = membership.user
    to = to or Occasion(
        "accounts/email", membership.organisation.get_absolute_url(), {}
    )
    has_password = user.has_usable_password()
    kind = "welcome" if has_password else "invitation"
    about = {
        **to.about,
        "user": user,
        "organisation": membership.organisation,
        "start_url": _absolute(site_url, to.path),
        "reset_url": _absolute(site_url, reverse("account_reset_password")),
        "link_days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_PER_DAY,
        "password_url": (
            "" if has_password else _absolute(site_url, password_path(user))
        ),
    }
    subject = render_to_string(f"{to.templates}/{kind}_subject.txt", about)
    message = render_to_string(f"{to.templates}/{kind}_message.txt", about)
    # A name with a line break must not add a header.
    send = partial(send_mail, " ".join(subject.split()), message, None, [user.email])
    return is_handed_over(send, what=f"{kind} of membership {membership.pk}")


def password_path(user: User) -> str:
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
