"""The page around every page."""

from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from pytest_django.asserts import assertInHTML

from cse_tracker.core.forms import GovukForm

PAGE = Template(
    '{% extends "base.html" %}{% block title %}Actions{% endblock title %}'
    "{% block content %}<h1>Actions</h1>{% endblock content %}"
)


def link(text, *, is_current=False):
    return SimpleNamespace(text=text, href=f"/{text}/", is_current=is_current)


def page(**context):
    return PAGE.render(Context(context))


def title_of(*parts):
    joined = " &#8211; ".join(parts)
    return f"<title>{joined}</title>"


@pytest.fixture
def ashby():
    return SimpleNamespace(
        organisation=SimpleNamespace(name="Ashby", get_absolute_url="/o/ashby/"),
        places=[link("Actions", is_current=True), link("Papers")],
        administration=[link("Members")],
        organisations=[link("Ashby")],
    )


@pytest.fixture
def lena():
    user = SimpleNamespace(is_authenticated=True, full_name="Lena Hart", email="")
    return SimpleNamespace(user=user)


def test_the_title_names_page_organisation_and_product(ashby):
    assertInHTML(title_of("Actions", "Ashby", "CSE Tracker"), page(nav=ashby))
    assertInHTML(title_of("Actions", "CSE Tracker"), page())


def test_the_title_and_the_summary_tell_of_a_form_with_errors(ashby):
    class TitleForm(GovukForm):
        title = forms.CharField()

    html = page(nav=ashby, form=TitleForm({}))

    assertInHTML(title_of("Error: Actions", "Ashby", "CSE Tracker"), html)
    assertInHTML('<a href="#id_title">Enter the title</a>', html)
    assert html.index("govuk-error-summary") < html.index("<h1>")


def test_the_place_one_is_in_is_marked(ashby, lena):
    assertInHTML(
        '<a class="govuk-service-navigation__link" href="/Actions/" aria-current="true">'
        '<strong class="govuk-service-navigation__active-fallback">Actions</strong></a>',
        page(nav=ashby, request=lena),
    )


def test_a_narrow_screen_has_the_administration_in_its_menu(ashby, lena):
    html = page(nav=ashby, request=lena)

    assertInHTML(
        '<li class="cse-when-wide"><a class="cse-account__link" href="/Members/">'
        "Members</a></li>",
        html,
    )
    assertInHTML(
        '<li class="govuk-service-navigation__item cse-when-narrow">'
        '<a class="govuk-service-navigation__link" href="/Members/">Members</a></li>',
        html,
    )


def test_where_there_is_no_menu_the_bar_keeps_the_administration(ashby, lena):
    ashby.places = []

    assert "cse-when-wide" not in page(nav=ashby, request=lena)


def test_signing_out_is_a_form_so_that_no_link_can_do_it(ashby, lena):
    html = page(nav=ashby, request=lena, csrf_token="t0k3n")

    assertInHTML(
        '<form method="post" action="/account/logout/">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="t0k3n">'
        '<button type="submit" class="cse-account__link">Sign out</button></form>',
        html,
    )
    assert 'hx-headers=\'{"x-csrftoken": "t0k3n"}\'' in html


def test_only_a_person_of_several_organisations_can_switch(ashby, lena):
    assert "Switch organisation" not in page(nav=ashby, request=lena)

    ashby.organisations.append(link("Wexcombe"))

    html = page(nav=ashby, request=lena)
    assert "Switch organisation" in html
    assertInHTML('<a class="govuk-link" href="/Wexcombe/">Wexcombe</a>', html)


def test_a_stranger_sees_neither_places_nor_account():
    html = page()

    assert "Sign out" not in html
    assert "govuk-service-navigation" not in html


@pytest.mark.parametrize(
    ("level", "role"),
    [
        (constants.SUCCESS, "alert"),
        (constants.ERROR, "alert"),
        (constants.INFO, "region"),
    ],
)
def test_a_message_is_announced_at_once_when_something_was_done(level, role):
    html = page(messages=[Message(level, "<b>Saved</b>")])

    assert f'role="{role}" aria-labelledby="message-1"' in html
    assertInHTML(
        '<p class="govuk-notification-banner__heading">&lt;b&gt;Saved&lt;/b&gt;</p>',
        html,
    )


def test_nothing_on_the_page_needs_a_looser_content_security_policy(ashby, lena):
    html = page(nav=ashby, request=lena)

    assert "<style" not in html
    assert " style=" not in html
    assert "onclick" not in html
    assert "<script>" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html
