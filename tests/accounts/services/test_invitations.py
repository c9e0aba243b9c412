"""The mail that brings a new member in."""

import re

import pytest
from django.test import Client

from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services import resend_invitation, send_invitation
from cse_tracker.accounts.services.members import end_membership
from cse_tracker.core.errors import RuleBroken
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

SITE = "https://cse.example/"


def invited(name="Ashby Borough Council", **person):
    return MembershipFactory(
        organisation=OrganisationFactory(name=name, slug="ashby"),
        user=UserFactory(**{"full_name": "Pat O'Lane", "password": None} | person),
        roles=[Role.OFFICER, Role.ADMINISTRATOR],
    )


@pytest.mark.django_db
def test_a_new_person_chooses_a_password_and_is_in(mailoutbox):
    membership = invited()
    assert send_invitation(membership, site_url=SITE)

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
    send_invitation(invited(name="Ashby & Wold Council"), site_url=SITE)

    body = mailoutbox[0].body
    assert body.startswith("Hello Pat O'Lane\n")
    assert "You have been added to Ashby & Wold Council on CSE Tracker" in body
    assert "for 3 days" in body
    assert "https://cse.example/account/password/reset/\n" in body


@pytest.mark.django_db
def test_a_person_with_a_password_is_told_where_to_sign_in_without_a_secret(mailoutbox):
    send_invitation(invited(password="her own"), site_url=SITE)

    assert "/password/reset/key/" not in mailoutbox[0].body
    assert "https://cse.example/o/ashby/\n" in mailoutbox[0].body


@pytest.mark.django_db
def test_a_name_with_a_line_break_adds_no_header(mailoutbox):
    evil = "Ashby\nBcc: everybody@example.org"

    send_invitation(invited(name=evil, password="her own"), site_url=SITE)

    assert "\n" not in mailoutbox[0].subject
    assert "Bcc" not in dict(mailoutbox[0].message())


@pytest.mark.django_db
def test_who_left_is_not_invited_again(django_user_model):
    membership = invited()
    MembershipFactory(organisation=membership.organisation, roles=[Role.ADMINISTRATOR])
    left = end_membership(membership=membership, now=membership.joined_at, by=None)

    with pytest.raises(RuleBroken, match="no longer a member"):
        resend_invitation(membership=left, by=None)
