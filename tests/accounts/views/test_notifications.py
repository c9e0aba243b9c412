from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from cse_tracker.accounts.models import Notification, Topic, UnwantedMail
from cse_tracker.accounts.notification_mail import unsubscribe_path
from cse_tracker.accounts.services.notifications import News, tell
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def lena(cast):
    membership = cast.lena.memberships.get()
    one = News(
        membership=membership,
        topic=Topic.DUE,
        key="action:1",
        subject="Action 1 is due tomorrow",
        lines=("Ask more people",),
        path="/o/ashby/actions/1/",
    )
    tell(news=[one], now=NOW)
    return membership


@pytest.fixture
def url(cast):
    return reverse("accounts:notifications", args=[cast.ashby.slug])


def test_a_member_reads_what_they_were_told_and_nobody_else_does(
    signed_in, cast, lena, url
):
    assert "Action 1 is due tomorrow" in text_of(signed_in(cast.lena).get(url))
    assert "Action 1" not in text_of(signed_in(cast.mo).get(url))


def test_what_was_read_is_no_longer_new(signed_in, cast, lena, url):
    client = signed_in(cast.lena)
    assert "New" in text_of(client.get(url))

    client.post(reverse("accounts:read_notifications", args=[cast.ashby.slug]))

    assert "New" not in text_of(client.get(url))


def test_a_member_chooses_what_comes_by_mail(signed_in, cast, lena):
    address = reverse("accounts:mail_topics", args=[cast.ashby.slug])
    client = signed_in(cast.lena)

    assert "Comments on actions that I own" in text_of(client.get(address))
    client.post(address, {"topics": ["overdue"]})

    assert set(UnwantedMail.objects.values_list("topic", flat=True)) == (
        set(Topic.values) - {"overdue"}
    )
    assert client.get(address).context["form"].initial == {"topics": ["overdue"]}


def test_the_link_in_a_mail_asks_before_it_ends_the_mail(lena):
    path = unsubscribe_path(lena, Topic.DUE)

    page = Client().get(path)

    assert "Stop this email" in text_of(page)
    assert not UnwantedMail.objects.exists()


def test_one_click_ends_the_mail_without_signing_in(lena):
    # As a mail program does: no cookie, no token of a form.
    client = Client(enforce_csrf_checks=True)

    answer = client.post(
        unsubscribe_path(lena, Topic.DUE), {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200
    assert UnwantedMail.objects.get().membership == lena
    assert not Notification.objects.get().is_mailed


@pytest.mark.parametrize("token", ["x", "WzEsImR1ZSJd:1abc:forged"])
def test_a_forged_link_leads_nowhere(lena, token):
    assert Client().post(reverse("unsubscribe", args=[token])).status_code == 404
    assert not UnwantedMail.objects.exists()
