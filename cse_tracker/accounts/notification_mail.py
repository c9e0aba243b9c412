"""The email of a notification, as text and as HTML, with a link that ends such mail."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from cse_tracker.accounts.models import Membership, Notification, Topic

SALT = "unwanted mail"


def mail_of(notification: Notification) -> EmailMultiAlternatives:
    """The message to the member, ready to be sent."""
    membership = notification.membership
    stop_url = absolute_url(unsubscribe_path(membership, Topic(notification.topic)))
    about = {
        "user": membership.user,
        "organisation": notification.organisation,
        "subject": notification.subject,
        "lines": notification.lines.splitlines(),
        "url": absolute_url(notification.path),
        "topic": Topic(notification.topic).to_you,
        "stop_url": stop_url,
    }
    message = EmailMultiAlternatives(
        # A title with a line break must not add a header.
        " ".join(notification.subject.split()),
        render_to_string("accounts/email/notification.txt", about),
        None,
        [membership.user.email],
        headers={
            # RFC 8058: mail programs offer a button that posts to the link.
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    html = render_to_string("accounts/email/notification.html", about)
    message.attach_alternative(html, "text/html")
    return message


def absolute_url(path: str) -> str:
    """A path inside the site as a whole address, for readers outside it."""
    return settings.SITE_URL.rstrip("/") + path


def unsubscribe_path(membership: Membership, topic: Topic) -> str:
    """Where one member ends the mail about one topic, without signing in."""
    token = signing.dumps([membership.pk, topic.value], salt=SALT)
    return reverse("unsubscribe", args=[token])


def read_unsubscribe_token(token: str) -> tuple[int, Topic]:
    """The membership's key and the topic. Raises BadSignature for a token not made here."""
    membership_id, topic = signing.loads(token, salt=SALT)
    return int(membership_id), Topic(topic)
