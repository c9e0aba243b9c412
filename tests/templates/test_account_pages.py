"""Sign-in and password pages: allauth's views in our look."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from cse_tracker.accounts.models import User
from cse_tracker.accounts.tasks import send_password_reset

ADDRESS = "lena@ashby.example"
PASSWORD = "twelve green kettles"


def title_of(*parts):
    joined = " &#8211; ".join(parts)
    return f"<title>{joined}</title>"


@pytest.fixture
def lena(db):
    return User.objects.create_user(ADDRESS, PASSWORD, full_name="Lena Hart")


def test_the_sign_in_page_asks_for_address_and_password_in_our_look(client, db):
    page = client.get(reverse("account_login"))

    assertContains(page, title_of("Sign in", "CSE Tracker"), html=True)
    assertContains(page, 'id="id_login"')
    assertContains(page, "govuk-password-input__input")
    assertNotContains(page, "placeholder")
    assertNotContains(page, "govuk-hint")


def test_a_wrong_password_is_told_in_the_summary(client, lena):
    page = client.post(
        reverse("account_login"), {"login": ADDRESS, "password": "wrong"}
    )

    assertContains(page, title_of("Error: Sign in", "CSE Tracker"), html=True)
    assertContains(page, "govuk-error-summary__title")


def test_a_password_is_reset_by_a_link_that_works_once(client, lena, monkeypatch):
    monkeypatch.setattr(
        send_password_reset,
        "apply_async",
        lambda args, retry: send_password_reset(*args),
    )
    client.post(reverse("account_reset_password"), {"email": ADDRESS})

    [message] = mail.outbox
    assert "Reset your CSE Tracker password" in message.subject
    path = re.search(r"http://testserver(\S+)", message.body)[1]
    choose = client.get(path, follow=True)
    assertContains(choose, "Choose a new password")
    done = client.post(
        choose.request["PATH_INFO"],
        {"password1": "nine blue saucepans", "password2": "nine blue saucepans"},
        follow=True,
    )
    assertContains(done, "Your password is changed")
    assertContains(client.get(path, follow=True), "This link no longer works")


@pytest.mark.parametrize("name", ["account_logout", "account_change_password"])
def test_pages_of_a_person_signed_in_are_ours_too(client, lena, name):
    client.force_login(lena)

    assertContains(client.get(reverse(name)), "govuk-heading-l")
