"""A member is told once, mailed once, and not at all about what they do not want."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from cse_tracker.accounts.models import Notification, Topic
from cse_tracker.accounts.models.mailing import TRIES, MailingQuerySet
from cse_tracker.accounts.services import notifications
from cse_tracker.accounts.services.notifications import (
    News,
    choose_mail,
    mark_all_read,
    send_waiting_mail,
    stop_mail,
    take_back,
    tell,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def lena(cast):
    return cast.lena.memberships.get()


def news(membership, key="action:1", topic=Topic.DUE):
    return News(
        membership=membership,
        topic=topic,
        key=key,
        subject="Action 1 is due tomorrow",
        lines=("Ask <more> people",),
        path="/o/ashby/actions/1/",
    )


def test_a_member_is_told_once_of_the_same_thing(lena):
    tell(news=[news(lena), news(lena)], now=NOW)
    tell(news=[news(lena), news(lena, key="action:2")], now=NOW + timedelta(days=1))

    keys = list(Notification.objects.of(lena).values_list("key", flat=True))
    assert keys == ["action:2", "action:1"]


def test_the_newest_stands_first_also_where_an_older_one_was_written_later(lena):
    tell(news=[news(lena)], now=NOW)
    tell(news=[news(lena, key="action:2")], now=NOW - timedelta(days=9))

    keys = list(Notification.objects.of(lena).values_list("key", flat=True))
    assert keys == ["action:1", "action:2"]


def test_what_somebody_said_in_two_paragraphs_is_one_item(lena):
    said = replace(news(lena), lines=("Ask people", "Mo Quill: Look.\r\n\r\nAgain."))
    tell(news=[said], now=NOW)

    lines = Notification.objects.get().lines.splitlines()
    assert lines == ["Ask people", "Mo Quill: Look. Again."]


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        (Topic.DUE, "no more email about your actions that are due soon:"),
        (Topic.OWNING, "no more email about actions that become yours:"),
        (Topic.COMMENT, "comments on actions that you own or said are done:"),
    ],
)
def test_a_mail_speaks_to_its_reader(lena, topic, words):
    tell(news=[news(lena, topic=topic)], now=NOW)
    send_waiting_mail(now=NOW)

    assert words in mail.outbox[0].body


def test_each_mail_goes_out_once(lena):
    tell(news=[news(lena)], now=NOW)

    assert [send_waiting_mail(now=NOW) for _ in range(3)] == [1, 0, 0]

    [message] = mail.outbox
    assert message.to == [lena.user.email]
    assert message.subject == "Action 1 is due tomorrow"


def test_a_mail_says_the_same_in_text_and_in_html(lena, settings):
    settings.SITE_URL = "https://cse.example"
    tell(news=[news(lena)], now=NOW)
    send_waiting_mail(now=NOW)

    [message] = mail.outbox
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert "Ask <more> people" in message.body
    assert "Ask &lt;more&gt; people" in html
    for text in (message.body, html):
        assert "https://cse.example/o/ashby/actions/1/" in text
        assert "https://cse.example/account/unsubscribe/" in text


def test_mail_programs_can_end_the_mail_with_one_click(lena):
    tell(news=[news(lena)], now=NOW)
    send_waiting_mail(now=NOW)

    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/account/unsubscribe/" in headers["List-Unsubscribe"]


def test_nobody_gets_mail_about_what_they_do_not_want(lena):
    choose_mail(membership=lena, wanted=[Topic.OVERDUE])
    tell(news=[news(lena), news(lena, "overdue:1", Topic.OVERDUE)], now=NOW)

    assert send_waiting_mail(now=NOW) == 1
    assert Notification.objects.of(lena).count() == 2


def test_who_changes_their_mind_gets_mail_again(lena):
    choose_mail(membership=lena, wanted=[])
    choose_mail(membership=lena, wanted=list(Topic))
    tell(news=[news(lena)], now=NOW)

    assert send_waiting_mail(now=NOW) == 1


def test_mail_that_waits_is_not_sent_once_it_is_unwanted(lena):
    tell(news=[news(lena)], now=NOW)
    stop_mail(membership=lena, topic=Topic.DUE)

    assert send_waiting_mail(now=NOW) == 0


def test_mail_that_became_unwanted_while_it_failed_is_not_tried_again(
    lena, monkeypatch
):
    def stop_and_refuse(*_):
        stop_mail(membership=lena, topic=Topic.DUE)
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", stop_and_refuse)
    tell(news=[news(lena)], now=NOW)
    send_waiting_mail(now=NOW)
    monkeypatch.undo()

    assert send_waiting_mail(now=NOW + timedelta(minutes=11)) == 0
    assert mail.outbox == []


@pytest.mark.parametrize("how", ["left", "deactivated"])
def test_nobody_who_has_left_gets_mail(lena, how):
    tell(news=[news(lena)], now=NOW)
    if how == "left":
        lena.ended_at = NOW
        lena.save()
    else:
        lena.user.is_active = False
        lena.user.save()

    assert send_waiting_mail(now=NOW) == 0
    assert mail.outbox == []


def test_a_mail_server_that_refuses_is_asked_again_and_given_up_in_the_end(
    lena, monkeypatch
):
    def refuse(*_):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    tell(news=[news(lena)], now=NOW)
    moments = [NOW + timedelta(minutes=11 * n) for n in range(TRIES + 2)]
    assert [send_waiting_mail(now=moment) for moment in moments] == [0] * len(moments)
    assert Notification.objects.get().mail_attempts == TRIES
    monkeypatch.undo()

    Notification.objects.update(mail_attempts=TRIES - 1)

    assert send_waiting_mail(now=moments[-1]) == 1


def test_a_mail_that_cannot_be_written_waits_and_lets_the_others_go(lena, monkeypatch):
    def fail(*_):
        raise ValueError

    tell(news=[news(lena), news(lena, key="action:2")], now=NOW)
    monkeypatch.setattr(notifications, "mail_of", fail)
    with pytest.raises(ValueError):  # noqa: PT011 - the worker shows whatever it is
        send_waiting_mail(now=NOW)
    monkeypatch.undo()

    later = NOW + timedelta(minutes=11)
    assert [send_waiting_mail(now=moment) for moment in (NOW, later)] == [1, 1]


def test_what_is_taken_back_while_it_is_sent_is_not_mailed(lena, monkeypatch):
    tell(news=[news(lena), news(lena, key="action:14")], now=NOW)

    def claim(*_, **__):
        take_back(organisation=lena.organisation, things={"action:1"}, since=NOW)
        return True

    monkeypatch.setattr(MailingQuerySet, "claim", claim)

    assert send_waiting_mail(now=NOW) == 1
    assert [told.key for told in Notification.objects.all()] == ["action:14"]


def test_old_news_is_not_mailed(lena):
    tell(news=[news(lena)], now=NOW)

    assert send_waiting_mail(now=NOW + timedelta(days=3)) == 0


def test_reading_marks_only_ones_own(lena, cast):
    mo = cast.mo.memberships.get()
    tell(news=[news(lena), news(mo)], now=NOW)
    mark_all_read(membership=lena, now=timezone.now())

    assert not Notification.objects.of(lena).unread().exists()
    assert Notification.objects.of(mo).unread().exists()
