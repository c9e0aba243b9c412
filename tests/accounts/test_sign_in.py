"""Signing in, out, and back in after a forgotten password, through allauth as it is set up here."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cse_tracker.accounts.services.people import close_account
from tests.factories import PASSWORD
from tests.pages import text_of

LOGIN = "/account/login/"
RESET = "/account/password/reset/"
PUBLIC = [
    LOGIN,
    RESET,
    f"{RESET}done/",
    f"{RESET}key/done/",
    f"{RESET}key/1-abc-def/",
    "/account/inactive/",
]


@pytest.fixture
def visitor(db):
    return Client()


def sign_in(client, user, password=PASSWORD, *, next_page="", **how):
    form = {"login": user.email, "password": password, "next": next_page}
    return client.post(LOGIN, form, **how)


def is_signed_in(client):
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_for_people_outside_is_open_to_them(visitor, path):
    assert visitor.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/o/ashby/", "/account/", "/account/password/change/"]
)
def test_any_other_page_leads_to_the_sign_in_and_back(visitor, path):
    assert visitor.get(path).url == f"{LOGIN}?next={path}"


@pytest.mark.parametrize("typed", ["lena@ashby.example", " LENA@Ashby.example "])
def test_a_person_signs_in_with_their_address_in_any_capitals(cast, visitor, typed):
    answer = visitor.post(LOGIN, {"login": typed, "password": PASSWORD})

    assert answer.url == "/"
    assert is_signed_in(visitor)


@pytest.mark.parametrize("email", ["lena@ashby.example", "nobody@ashby.example"])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    cast, visitor, email
):
    page = visitor.post(LOGIN, {"login": email, "password": "wrong"})

    assert "The email address or the password is wrong." in text_of(page)
    assert not is_signed_in(visitor)


def test_an_empty_form_says_what_to_enter(visitor):
    page = visitor.post(LOGIN, {})

    assert "There is a problem Enter your email address Enter your password" in text_of(
        page
    )
    assert 'href="#id_login"' in page.content.decode()


def test_signing_in_gives_the_session_a_new_id(cast, visitor):
    planted = visitor.session
    planted["planted"] = "by somebody else"
    planted.save()
    visitor.cookies["sessionid"] = planted.session_key

    sign_in(visitor, cast.lena)

    assert is_signed_in(visitor)
    visitor.cookies["sessionid"] = planted.session_key
    assert not is_signed_in(visitor)


def test_signing_out_needs_a_post_and_ends_the_session(cast, visitor):
    sign_in(visitor, cast.lena)
    visitor.get("/account/logout/")
    assert is_signed_in(visitor)

    visitor.post("/account/logout/")

    assert not is_signed_in(visitor)


def test_a_closed_account_can_not_sign_in(cast, visitor):
    close_account(user=cast.lena, by=None)

    page = sign_in(visitor, cast.lena, follow=True)

    assert "Your account is closed" in text_of(page)
    assert not is_signed_in(visitor)


def test_the_page_that_was_wanted_is_kept_through_the_sign_in(cast, visitor):
    wanted = "/o/ashby/members/?role=officer"
    page = visitor.get(wanted, follow=True)
    assert f'name="next" value="{wanted}"' in page.content.decode()

    assert sign_in(visitor, cast.lena, next_page=wanted).url == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "\thttps://evil.example",
        "http://testserver@evil.example/",
    ],
)
@pytest.mark.parametrize("page", [LOGIN, "/account/logout/"])
def test_nobody_is_sent_to_another_site(cast, visitor, signed_in, page, elsewhere):
    client = visitor if page == LOGIN else signed_in(cast.lena)

    answer = client.post(
        page, {"login": cast.lena.email, "password": PASSWORD, "next": elsewhere}
    )

    assert answer.status_code == 302
    assert answer.url in {"/", LOGIN}


def test_who_is_signed_in_already_is_not_sent_to_another_site_either(cast, signed_in):
    answer = signed_in(cast.lena).get(f"{LOGIN}?next=https://evil.example/")

    assert answer.url == "/"


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_set_password",
        "account_confirm_email",
    ],
)
def test_what_is_not_used_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up_by_themselves(visitor):
    assert visitor.post(
        "/account/signup/", {"email": "me@example.org"}
    ).status_code in {
        302,  # to the sign-in, as any unknown page
        404,
    }
    assert "sign up" not in text_of(visitor.get(LOGIN)).lower()


def test_a_guesser_is_slowed(cast, visitor):
    for _ in range(5):
        sign_in(visitor, cast.lena, "wrong")

    page = sign_in(visitor, cast.lena)

    assert "There were too many attempts." in text_of(page)
    assert not is_signed_in(visitor)


def test_a_guesser_can_go_on_later(cast, visitor):
    for _ in range(5):
        sign_in(visitor, cast.lena, "wrong")

    with time_machine.travel(timedelta(minutes=6)):
        sign_in(visitor, cast.lena)
        assert is_signed_in(visitor)


def test_a_colleague_behind_the_same_address_is_not_locked_out(cast, visitor):
    guesser = Client()
    for _ in range(100):
        sign_in(guesser, cast.lena, "wrong")

    sign_in(visitor, cast.mo)

    assert is_signed_in(visitor)


def test_who_guesses_at_many_accounts_is_slowed_too(visitor):
    answers = [
        visitor.post(LOGIN, {"login": f"{number}@ashby.example", "password": "x"})
        for number in range(61)
    ]

    assert "There were too many attempts." in text_of(answers[-1])
    assert "There were too many attempts." not in text_of(answers[-2])
