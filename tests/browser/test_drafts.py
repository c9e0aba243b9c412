"""A killed session, a dropped network, a crashed tab: not one typed word is lost."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from actions.models import Action
from assessments.models import Assessment, Finding
from assessments.services.assessments import start_assessment
from assessments.services.certifications import certification_of
from cse_tracker.accounts.models import Draft
from cse_tracker.accounts.permissions import ROLES_TO_GIVE, Role
from tests.accounts.test_drafts import draft_routes
from tests.action_states import put_in
from tests.architecture.route_world import make_world
from tests.architecture.source_files import fail_with
from tests.browser.conftest import NARROW, WIDE, session_of
from tests.browser.drafts import (
    WORDS,
    comments,
    draft_is_kept,
    keeps_copies,
    pauses,
    scripts_have_come,
    scripts_listen,
    shows_comment,
    types,
)
from tests.browser.people import Person
from tests.factories import FindingFactory, member

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ELEMENT = "/o/ashby/assessments/2026-review/1.1.1/"
NEW = f"{ELEMENT}findings/new/"
DETAILS = "/o/ashby/assessments/2026-review/details/"
# The forms that open only for an action that is said to be done.
FITTING = dict.fromkeys(("actions:close", "actions:reopen"), Action.Status.DONE)


@pytest.fixture
def new_page(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Pages whose clock a test can put forward."""

    def open_page(*, java_script: bool = True, **options) -> Page:
        page = new_page(java_script=java_script, **options)
        if java_script:
            page.context.clock.install()
        return page

    return open_page


@pytest.fixture
def assessment(cast, standard) -> Assessment:
    return start_assessment(
        certification=certification_of(organisation=cast.ashby),
        year=2026,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )


@pytest.fixture
def lena(cast, assessment, new_page) -> Person:
    return Person(new_page(user=cast.lena))


def test_a_tab_that_is_killed_leaves_its_words_on_the_server(cast, lena, new_page):
    lena.goes_to(NEW)
    types(lena)
    lena.page.context.close()

    again = Person(new_page(user=cast.lena))
    again.goes_to(NEW)
    again.sees("You typed this on", "and did not save it")
    again.presses("Restore")
    shows_comment(again.page, WORDS)
    again.presses("Save")

    again.sees("The comment is saved.")
    assert comments() == [WORDS]
    again.goes_to(NEW)
    again.sees_nothing_of(["did not save it"])
    keeps_copies(again.page, 0)


def test_a_tab_that_crashes_before_anything_is_sent_leaves_its_words_in_the_browser(
    lena,
):
    lena.goes_to(NEW)
    scripts_have_come(lena.page)
    context = lena.page.context
    context.set_offline(True)
    types(lena, kept=False)
    lena.page.close(run_before_unload=False)

    context.set_offline(False)
    again = Person(context.new_page())
    again.goes_to(NEW)
    again.sees("You typed this on", "It is kept in this browser only.")
    again.presses("Restore")

    again.sees("This is what you typed on")
    shows_comment(again.page, WORDS)


def test_a_session_that_ends_in_mid_sentence_costs_no_word(cast, lena):
    lena.goes_to(NEW)
    types(lena, "Ask more people,")
    Session.objects.all().delete()
    types(lena, " and write down what they say.", kept=False)
    pauses(lena)

    lena.sees("You have been signed out.", "What you typed is kept in this browser.")
    expect(lena.page.get_by_text("You have been signed out.")).to_be_in_viewport()
    assert "people%2C&" in Draft.objects.get().content
    lena.follows("Sign in again to go on")
    lena.fills_in({"Email address": cast.lena.email})
    lena.page.get_by_label("Password", exact=True).fill("a long enough secret")
    lena.presses("Sign in")

    lena.sees("You typed this on", "It is kept in this browser only.")
    expect(lena.page.get_by_role("button", name="Restore")).to_have_count(1)
    lena.presses("Restore")
    lena.sees("This is what you typed on")
    shows_comment(lena.page, WORDS)
    lena.presses("Save")
    lena.sees("The comment is saved.")
    assert comments() == [WORDS]
    keeps_copies(lena.page, 0)
    assert not Draft.objects.unsaved().exists()


def test_saving_after_the_session_has_ended_costs_no_word(cast, lena):
    lena.goes_to(NEW)
    types(lena, kept=False)
    Session.objects.all().delete()
    lena.presses("Save")

    lena.sees_heading("Sign in")
    lena.fills_in({"Email address": cast.lena.email})
    lena.page.get_by_label("Password", exact=True).fill("a long enough secret")
    lena.presses("Sign in")
    lena.sees("You typed this on", "It is kept in this browser only.")
    lena.presses("Restore")
    lena.sees("This is what you typed on")
    lena.presses("Save")

    lena.sees("The comment is saved.")
    assert comments() == [WORDS]


def test_another_person_at_the_same_browser_sees_nothing_of_it(cast, lena, live_url):
    lena.goes_to(NEW)
    scripts_have_come(lena.page)
    context = lena.page.context
    context.set_offline(True)
    types(lena, kept=False)
    lena.page.close(run_before_unload=False)
    colleague = member(cast.ashby, Role.OFFICER)
    session = {"name": "sessionid", "value": session_of(colleague)}
    context.add_cookies([{**session, "url": live_url}])
    context.set_offline(False)

    next_one = Person(context.new_page())
    next_one.goes_to(NEW)

    shows_comment(next_one.page, "")
    next_one.sees_nothing_of(["did not save it", "Ask more people"])
    keeps_copies(next_one.page, 1)


def test_without_a_network_the_browser_keeps_it_and_sends_it_later(lena):
    lena.goes_to(NEW)
    scripts_have_come(lena.page)
    lena.page.context.set_offline(True)
    types(lena, kept=False)
    pauses(lena)
    lena.sees("CSE Tracker can't be reached. What you typed is kept in this browser")
    assert not Draft.objects.exists()

    lena.page.context.set_offline(False)

    lena.sees("Draft kept at")
    assert "Ask+more+people" in Draft.objects.get().content
    keeps_copies(lena.page, 0)


def test_leaving_at_once_keeps_the_last_word(lena, wait_until):
    lena.goes_to(NEW)
    types(lena, kept=False)
    lena.goes_back("Back to the comments")

    wait_until(lambda: Draft.objects.filter(content__contains="say.").exists())
    lena.goes_to(NEW)
    lena.presses("Restore")
    lena.sees("This is what you typed on")
    shows_comment(lena.page, WORDS)
    keeps_copies(lena.page, 0)


def test_back_after_saving_makes_no_second_comment(lena):
    lena.goes_to(NEW)
    types(lena)
    lena.page.get_by_role("button", name="Save").dblclick()
    lena.sees("The comment is saved.")
    lena.page.reload()
    lena.page.go_back()
    lena.sees_heading("Add an assessor's comment")

    scripts_have_come(lena.page)
    lena.sees_nothing_of(["did not save it"])
    assert comments() == [WORDS]
    assert not Draft.objects.unsaved().exists()
    keeps_copies(lena.page, 0)


def test_back_to_a_form_with_errors_offers_what_was_in_it(lena):
    lena.goes_to(DETAILS)
    scripts_have_come(lena.page)
    lena.page.get_by_label("People met").fill(WORDS)
    lena.page.locator("[name=visit_starts_on_month]").fill("77")
    lena.presses("Save")
    lena.sees("There is a problem")
    scripts_have_come(lena.page)
    lena.goes_to(ELEMENT)

    lena.page.go_back()

    lena.presses("Restore")
    expect(lena.page.get_by_label("People met")).to_have_value(WORDS)


def test_reloading_a_form_offers_what_was_in_it(lena):
    lena.goes_to(NEW)
    types(lena)
    lena.page.reload()

    lena.presses("Restore")
    lena.sees("This is what you typed on")
    shows_comment(lena.page, WORDS)


def test_two_tabs_lose_nothing_and_each_is_told_of_the_other(lena):
    other = Person(lena.page.context.new_page())
    lena.goes_to(NEW)
    other.goes_to(NEW)
    types(lena, "From the first tab.")
    types(other, "From the second tab.")
    other.sees("You also have a draft of this from", "Both are kept.")
    lena.presses("Save")
    lena.sees("The comment is saved.")
    other.page.close()

    lena.goes_to(NEW)
    lena.presses("Restore")

    lena.sees("This is what you typed on")
    shows_comment(lena.page, "From the second tab.")
    assert comments() == ["From the first tab."]


def test_a_dropped_draft_is_gone_from_server_and_browser(lena):
    lena.goes_to(NEW)
    types(lena)
    lena.goes_to(NEW)
    lena.presses("Drop")

    expect(lena.page.get_by_role("button", name="Drop")).to_have_count(0)
    lena.sees_nothing_of(["did not save it"])
    assert not Draft.objects.exists()
    keeps_copies(lena.page, 0)


def test_dropping_one_draft_keeps_what_stands_in_the_form(lena):
    for text in ("The first.", "The second."):
        lena.goes_to(NEW)
        types(lena, text)
    lena.goes_to(NEW)
    expect(lena.page.locator(".cse-drafts")).to_have_count(1)
    types(lena, "The third.")

    lena.page.get_by_role("button", name="Drop").first.click()

    expect(lena.page.get_by_role("button", name="Drop")).to_have_count(1)
    shows_comment(lena.page, "The third.")


def test_without_a_script_the_servers_draft_is_restored_and_dropped(
    cast, lena, new_page
):
    lena.goes_to(NEW)
    types(lena)
    plain = Person(new_page(user=cast.lena, java_script=False))
    plain.goes_to(NEW)

    plain.presses("Restore")
    shows_comment(plain.page, WORDS)
    plain.goes_to(NEW)
    plain.presses("Drop")
    plain.sees_nothing_of(["did not save it"])


def test_a_restored_draft_meets_what_was_saved_meanwhile(cast, lena, assessment):
    finding = FindingFactory(assessment=assessment, comment="Before.")
    url = f"/o/ashby/assessments/2026-review/findings/{finding.pk}/"
    lena.goes_to(url)
    types(lena, " Mine.")
    Finding.objects.update(comment="Theirs.", version=2)
    lena.goes_to(url)
    lena.presses("Restore")
    lena.sees("This is what you typed on")
    lena.presses("Save")

    lena.sees_heading("Someone changed this after you opened it")
    lena.sees("Theirs.", "Before. Mine.")


def test_a_colleague_is_seen_at_work(cast, lena, new_page):
    priya = member(cast.ashby, Role.OFFICER, full_name="Priya Nair")
    other = Person(new_page(user=priya))
    other.goes_to(NEW)
    types(other)

    lena.goes_to(NEW)
    lena.sees("Priya Nair is editing this (draft kept at")
    types(lena)
    types(other, " Soon.", kept=False)
    other.sees("Lena Hart is editing this too.")
    lena.goes_to(ELEMENT)
    lena.sees("Priya Nair is adding a comment")


def test_every_form_that_keeps_drafts_offers_and_restores_them(
    cast, standard, new_page
):
    world = make_world(cast.ashby, cast.lena)
    person = Person(new_page(user=member(cast.ashby, *ROLES_TO_GIVE)))
    lost = []
    for route in draft_routes():
        put_in(Action.objects.get(), FITTING.get(route.name, Action.Status.NOT_STARTED))
        person.goes_to(route.url(world, confirmed=False))
        box = person.page.locator(
            "main textarea:visible, main input[type=text]:visible"
        )
        scripts_listen(person.page)
        box.first.fill(f"Words for {route.name}")
        draft_is_kept(person)
        person.page.reload()
        person.presses("Restore")
        person.sees("This is what you typed on")
        if box.first.input_value() != f"Words for {route.name}":
            lost.append(route.name)

    fail_with(lost, remedy="These forms lost what was typed:")


@pytest.mark.parametrize("state", ["offered", "restored", "here", "signed out"])
def test_what_is_said_about_drafts_is_accessible(
    state, cast, lena, new_page, accessibility_problems
):
    priya = member(cast.ashby, Role.OFFICER, full_name="Priya Nair")
    other = Person(new_page(user=priya))
    other.goes_to(NEW)
    types(other)
    lena.goes_to(NEW)
    if state == "here":
        scripts_have_come(lena.page)
        context = lena.page.context
        context.set_offline(True)
        types(lena, kept=False)
        lena.page.close(run_before_unload=False)
        context.set_offline(False)
        lena = Person(context.new_page())
    else:
        types(lena)
    lena.goes_to(NEW)
    lena.sees("You typed this on")
    if state == "restored":
        lena.presses("Restore")
        lena.sees("This is what you typed on")
    if state == "signed out":
        Session.objects.all().delete()
        types(lena, kept=False)
        pauses(lena)
        lena.sees("You have been signed out.")

    expect(lena.page.locator(".cse-editing")).to_be_visible()
    for viewport in (WIDE, NARROW):
        lena.page.set_viewport_size(viewport)
        assert accessibility_problems(lena.page) == []
        wide = "document.documentElement.scrollWidth - innerWidth"
        assert lena.page.evaluate(wide) <= 0
