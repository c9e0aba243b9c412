"""The mail that brings a new member in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from cse_tracker.accounts.models import InvitationMail
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services import (
    Occasion,
    resend_invitation,
    write_invitation,
)
from cse_tracker.accounts.services.members import end_membership
from cse_tracker.accounts.services.notifications import send_waiting_mail
from cse_tracker.core.errors import RuleBroken
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.waiting import while_uncommitted

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://cse.example/"


def send(membership):
    write_invitation(membership=membership, now=NOW)
    return send_waiting_mail(now=NOW)


def invited(name="Ashby Borough Council", **person):
    return MembershipFactory(
        organisation=OrganisationFactory(name=name, slug="ashby"),
        user=UserFactory(**{"full_name": "Pat O'Lane", "password": None} | person),
        roles=[Role.OFFICER, Role.ADMINISTRATOR],
    )


@pytest.mark.django_db
def test_a_new_person_chooses_a_password_and_is_in(mailoutbox):
    membership = invited()
    assert send(membership) == 1

    link = re.search(r"https://cse\.example(/account/password/\S+)", mailoutbox[0].body)
    client = Client()
    form_page = client.get(link[1], follow=True)
    password = "a secret of her own"
    client.post(
        form_page.request["PATH_INFO"], {"password1": password, "password2": password}
    )
    client.post(
        "/account/login/", {"login": membership.user.email, "password": password}
    )

    assert client.get("/o/ashby/members/").status_code == 200


@pytest.mark.django_db
def test_the_mail_says_who_added_them_where_and_for_how_long_the_link_works(mailoutbox):
    send(invited(name="Ashby & Wold Council"))

    body = mailoutbox[0].body
    assert body.startswith("Hello Pat O'Lane\n")
    assert "You have been added to Ashby & Wold Council on CSE Tracker" in body
    assert "for 3 days" in body
    assert "https://cse.example/account/password/reset/\n" in body


@pytest.mark.django_db
def test_a_person_with_a_password_is_told_where_to_sign_in_without_a_secret(mailoutbox):
    send(invited(password="her own"))

    assert "/password/reset/key/" not in mailoutbox[0].body
    assert "https://cse.example/o/ashby/\n" in mailoutbox[0].body


@pytest.mark.django_db
def test_a_name_with_a_line_break_adds_no_header(mailoutbox):
    evil = "Ashby\nBcc: everybody@example.org"

    send(invited(name=evil, password="her own"))

    assert "\n" not in mailoutbox[0].subject
    assert "Bcc" not in dict(mailoutbox[0].message())


@pytest.mark.django_db
def test_who_left_is_not_invited_again(django_user_model):
    membership = invited()
    MembershipFactory(organisation=membership.organisation, roles=[Role.ADMINISTRATOR])
    left = end_membership(membership=membership, now=membership.joined_at, by=None)

    with pytest.raises(RuleBroken, match="no longer a member"):
        resend_invitation(membership=left, by=None)


@pytest.mark.django_db
def test_an_invitation_that_the_mail_server_refused_is_tried_again(
    mailoutbox, monkeypatch
):
    def refuse(message):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert send(invited()) == 0
    [mail] = InvitationMail.objects.all()
    assert mail.obstacle == (
        "The email could not be sent yet. We try again every 10 minutes."
    )

    assert send_waiting_mail(now=NOW + timedelta(minutes=9)) == 0
    assert send_waiting_mail(now=NOW + timedelta(minutes=11)) == 1
    assert send_waiting_mail(now=NOW + timedelta(minutes=22)) == 0
    mail.refresh_from_db()
    assert (len(mailoutbox), mail.obstacle) == (1, "")


@pytest.mark.django_db
def test_an_invitation_is_given_up_after_six_tries_and_says_so(mailoutbox):
    write_invitation(membership=invited(), now=NOW)
    InvitationMail.objects.update(mail_attempts=6)

    assert send_waiting_mail(now=NOW) == 0
    assert "could not be sent. Send" in InvitationMail.objects.get().obstacle


@pytest.mark.django_db
def test_who_is_invited_again_before_the_mail_went_gets_one(mailoutbox):
    membership = invited()
    write_invitation(membership=membership, now=NOW)
    InvitationMail.objects.update(mail_attempts=6)

    assert send(membership) == 1
    assert send(membership) == 1
    assert InvitationMail.objects.count() == 2


@pytest.mark.django_db
def test_invitations_to_two_things_are_two_mails(mailoutbox):
    membership = invited()
    for path in ("/o/ashby/assessments/2025/", "/o/ashby/assessments/2026/"):
        to = Occasion(subject="Ashby invites you", words="Come.", path=path)
        write_invitation(membership=membership, now=NOW, to=to)

    assert send_waiting_mail(now=NOW) == 2


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_the_same_moment_one_takes_the_mail():
    mail = write_invitation(membership=invited(), now=NOW)

    def take() -> bool:
        return InvitationMail.objects.claim(mail.pk, now=NOW)

    assert while_uncommitted(take, take) is False


@pytest.mark.django_db
def test_who_left_before_the_mail_went_gets_none(mailoutbox):
    membership = invited()
    MembershipFactory(organisation=membership.organisation, roles=[Role.ADMINISTRATOR])
    write_invitation(membership=membership, now=NOW)
    end_membership(membership=membership, now=NOW, by=None)

    assert send_waiting_mail(now=NOW) == 0
