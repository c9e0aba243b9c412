"""What reaches a real mail server."""

import email
from datetime import UTC, datetime, timedelta
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from cse_tracker.accounts.models import Notification, Topic
from cse_tracker.accounts.services.notifications import News, send_waiting_mail, tell
from tests.servers import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


class Mailbox(Message):
    """Keeps what it is sent, or refuses it for now."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[email.message.EmailMessage] = []
        self.is_full = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.is_full:
            return "452 Mailbox full"
        return await super().handle_DATA(server, session, envelope)

    def handle_message(self, message) -> None:
        self.messages.append(
            email.message_from_bytes(message.as_bytes(), policy=default)
        )


@pytest.fixture
def mailbox(settings):
    handler = Mailbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def _told(cast):
    news = News(
        membership=cast.lena.memberships.get(),
        topic=Topic.DUE,
        key="action:1",
        subject="Action 1 is due tomorrow\r\nBcc: x@y.example",
        lines=("Grüße ask <b>more</b> people",),
        path="/o/ashby/actions/1/",
    )
    tell(news=[news], now=NOW)


@pytest.mark.usefixtures("_told")
def test_a_member_gets_one_message_as_text_and_html(mailbox, cast):
    assert send_waiting_mail(now=NOW) == 1

    [message] = mailbox.messages
    assert message["To"] == cast.lena.email
    assert message["Subject"] == "Action 1 is due tomorrow Bcc: x@y.example"
    assert message["Bcc"] is None
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "Grüße ask <b>more</b> people" in text
    assert "Grüße ask &lt;b&gt;more&lt;/b&gt; people" in html


@pytest.mark.usefixtures("_told")
def test_what_the_server_refuses_for_now_comes_later_and_once(mailbox):
    mailbox.is_full = True
    assert send_waiting_mail(now=NOW) == 0
    assert Notification.objects.get().mailed_at is None
    mailbox.is_full = False

    assert send_waiting_mail(now=NOW + timedelta(minutes=5)) == 0
    assert send_waiting_mail(now=NOW + timedelta(minutes=11)) == 1
    assert send_waiting_mail(now=NOW + timedelta(minutes=30)) == 0
    assert len(mailbox.messages) == 1
