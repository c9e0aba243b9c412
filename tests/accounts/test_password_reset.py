"""Choosing a password: after forgetting it, after an invitation, and while signed in."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from kombu.exceptions import OperationalError

from cse_tracker.accounts.services.people import change_email, close_account
from cse_tracker.accounts.tasks import send_password_reset
from tests.factories import PASSWORD, UserFactory
from tests.pages import text_of

LOGIN = "/account/login/"
RESET = "/account/password/reset/"
CHANGE = "/account/password/change/"
NEW_PASSWORD = "quite another secret"


@pytest.fixture
def visitor(db):
    return Client()


@pytest.fixture(autouse=True)
def _worker_at_hand(monkeypatch) -> None:
    """The mail is sent at once, as if a worker had waited for it."""
    monkeypatch.setattr(
        send_password_reset,
        "apply_async",
        lambda args, retry: send_password_reset(*args),
    )


def ask_for_link(client, email, **how):
    return client.post(RESET, {"email": email}, **how)


def link_in(mail):
    return re.search(r"http://testserver(/\S+)", mail.body)[1]


def choose_password(client, link, password=NEW_PASSWORD):
    """Follow a link and send the form behind it, if it has one."""
    form_page = client.get(link, follow=True)
    form = {"password1": password, "password2": password}
    return client.post(form_page.request["PATH_INFO"], form, follow=True)


def can_sign_in(email, password):
    client = Client()
    client.post(LOGIN, {"login": email, "password": password})
    return client.get("/account/").status_code == 200


def test_a_person_who_forgot_gets_a_link_and_chooses_a_new_password(
    cast, visitor, mailoutbox
):
    ask_for_link(visitor, "LENA@ashby.example")

    page = choose_password(visitor, link_in(mailoutbox[0]))

    assert mailoutbox[0].to == [cast.lena.email]
    assert mailoutbox[0].subject == "Reset your CSE Tracker password"
    assert "Your password is changed" in text_of(page)
    assert can_sign_in(cast.lena.email, NEW_PASSWORD)
    assert not can_sign_in(cast.lena.email, PASSWORD)


def test_known_and_unknown_addresses_are_answered_alike(cast, visitor, mailoutbox):
    known = ask_for_link(visitor, cast.lena.email, follow=True)
    unknown = ask_for_link(visitor, "nobody@ashby.example", follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert text_of(known) == text_of(unknown)
    assert [mail.to for mail in mailoutbox] == [[cast.lena.email]]


def test_the_request_looks_nobody_up_so_it_takes_as_long_for_every_address(
    cast, visitor, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        send_password_reset, "apply_async", lambda args, retry: asked.append(args)
    )

    with CaptureQueriesContext(connection) as queries:
        ask_for_link(visitor, "LENA@ashby.example")

    assert asked == [["lena@ashby.example", "http://testserver/"]]
    assert not [query for query in queries if "accounts_user" in query["sql"]]


def test_a_broker_that_is_down_is_logged_without_the_address(
    cast, visitor, monkeypatch, caplog
):
    def refuse(args, retry):
        raise OperationalError(str(args))

    monkeypatch.setattr(send_password_reset, "apply_async", refuse)

    page = ask_for_link(visitor, cast.lena.email, follow=True)

    assert "If there is an account with that email address" in text_of(page)
    assert "publish_failed" in caplog.text
    assert cast.lena.email not in caplog.text


def test_a_mail_server_that_is_down_does_not_tell_which_addresses_are_known(
    cast, visitor, monkeypatch, caplog
):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("lena@ashby.example")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    page = ask_for_link(visitor, cast.lena.email, follow=True)

    assert "If there is an account with that email address" in text_of(page)
    assert "mail_failed" in caplog.text
    assert cast.lena.email not in caplog.text


@pytest.mark.parametrize("email", ["lena@ashby.example", "nobody@ashby.example"])
def test_at_most_five_links_go_to_one_address_in_an_hour(
    cast, visitor, mailoutbox, email
):
    answers = [ask_for_link(Client(), email).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]
    assert len(mailoutbox) <= 5
    assert ask_for_link(visitor, cast.mo.email).status_code == 302


def test_after_an_hour_there_is_a_link_again(cast, visitor, mailoutbox):
    for _ in range(6):
        ask_for_link(visitor, cast.lena.email)

    with time_machine.travel(timedelta(minutes=61)):
        ask_for_link(visitor, cast.lena.email)

    assert len(mailoutbox) == 6


def test_a_closed_account_gets_no_link(cast, visitor, mailoutbox):
    close_account(user=cast.lena, by=None)

    ask_for_link(visitor, cast.lena.email)

    assert mailoutbox == []


def test_an_address_that_was_changed_gets_no_link_and_no_entry(
    cast, visitor, mailoutbox
):
    ask_for_link(visitor, cast.lena.email)
    change_email(user=cast.lena, email="lena.moor@ashby.example", by=None)
    ask_for_link(visitor, "lena@ashby.example")

    page = choose_password(visitor, link_in(mailoutbox[0]))

    assert len(mailoutbox) == 1
    assert "This link no longer works" in text_of(page)
    assert not can_sign_in("lena@ashby.example", PASSWORD)
    assert can_sign_in("lena.moor@ashby.example", PASSWORD)


def test_a_link_works_once(cast, visitor, mailoutbox):
    ask_for_link(visitor, cast.lena.email)
    link = link_in(mailoutbox[0])
    choose_password(visitor, link)

    page = choose_password(Client(), link, "a third secret of hers")

    assert "This link no longer works" in text_of(page)
    assert can_sign_in(cast.lena.email, NEW_PASSWORD)


def test_a_link_ends_after_three_days(cast, visitor, mailoutbox):
    ask_for_link(visitor, cast.lena.email)

    with time_machine.travel(timedelta(days=3, minutes=1)):
        page = visitor.get(link_in(mailoutbox[0]), follow=True)

    assert "This link no longer works" in text_of(page)


def test_the_secret_of_a_link_is_not_in_the_address_of_the_form(
    cast, visitor, mailoutbox
):
    ask_for_link(visitor, cast.lena.email)
    link = link_in(mailoutbox[0])

    form_page = visitor.get(link, follow=True)

    assert form_page.request["PATH_INFO"].endswith("-set-password/")
    assert link.split("-", 1)[1] not in form_page.content.decode()


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "at least 10 characters"),
        ("password1234", "too common"),
        ("lena hart 1", "too similar to the Full name"),
    ],
)
def test_a_weak_password_is_refused_with_words(
    cast, visitor, mailoutbox, password, words
):
    ask_for_link(visitor, cast.lena.email)

    page = choose_password(visitor, link_in(mailoutbox[0]), password)

    assert words in text_of(page)
    assert can_sign_in(cast.lena.email, PASSWORD)


def test_a_person_who_was_invited_can_ask_for_a_new_link_themselves(
    visitor, mailoutbox
):
    invited = UserFactory(password=None)

    ask_for_link(visitor, invited.email)
    link = link_in(mailoutbox[0])
    form_page = text_of(visitor.get(link, follow=True))
    done = text_of(choose_password(visitor, link))

    assert "Choose a password" in form_page
    assert "Your password is set" in done
    assert "changed" not in done
    assert can_sign_in(invited.email, NEW_PASSWORD)


def test_choosing_a_password_ends_all_sessions(cast, visitor, signed_in, mailoutbox):
    somewhere_else = signed_in(cast.lena)
    ask_for_link(visitor, cast.lena.email)

    choose_password(visitor, link_in(mailoutbox[0]))

    assert somewhere_else.get("/account/").status_code == 302


def test_a_password_is_changed_while_signed_in(cast, signed_in):
    client, somewhere_else = signed_in(cast.lena), signed_in(cast.lena)
    form = {
        "oldpassword": PASSWORD,
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    }

    page = client.post(CHANGE, form, follow=True)

    assert "Sign in to CSE Tracker" in text_of(page)
    assert "Your password is changed." in text_of(page)
    assert can_sign_in(cast.lena.email, NEW_PASSWORD)
    assert somewhere_else.get("/account/").status_code == 302


def test_empty_forms_say_what_to_enter(cast, visitor, signed_in):
    assert "Enter your email address" in text_of(visitor.post(RESET, {}))

    page = text_of(signed_in(cast.lena).post(CHANGE, {}))
    assert "Enter your current password" in page
    assert "Enter a new password" in page
    assert "Enter the new password again" in page


def test_changing_the_password_needs_the_old_one(cast, signed_in):
    form = {
        "oldpassword": "wrong",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    }

    page = signed_in(cast.lena).post(CHANGE, form)

    assert "The password is wrong. Enter your current password" in text_of(page)
    assert can_sign_in(cast.lena.email, PASSWORD)
