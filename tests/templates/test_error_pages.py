"""Pages for when something is wrong; they are drawn with next to nothing."""

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.views.defaults import bad_request, page_not_found, server_error
from pytest_django.asserts import assertInHTML

TEMPLATES = [
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
]


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_error_page_needs_no_context_and_no_database(name):
    html = get_template(name).render()

    assert html.count("<h1") == 1
    assertInHTML('<h1 class="govuk-heading-l">' + _heading(html) + "</h1>", html)


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_error_page_says_what_to_do_without_blame(name):
    html = get_template(name).render().lower()

    assert not [w for w in ("please", "invalid", "forbidden", "oops") if w in html]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"draft_revision": "3"}, 'href="/o/ashby/?a=1">Open the form again</a>'),
        ({}, "Go back and copy what you typed."),
    ],
)
def test_a_form_whose_words_the_browser_kept_is_led_back_to(sent, words):
    request = RequestFactory().post("/o/ashby/?a=1", sent)

    page = get_template("403_csrf.html").render({"request": request})

    assert words in page


def test_django_finds_our_pages():
    request = RequestFactory().get("/nowhere/")

    assert b"Page not found" in page_not_found(request, Exception()).content
    assert (
        b"We could not read that request" in bad_request(request, Exception()).content
    )
    assert b"There is a problem with the service" in server_error(request).content


def _heading(html):
    return html.split('<h1 class="govuk-heading-l">')[1].split("</h1>")[0]
