"""Picking actions in the list, choosing what changes, seeing it and doing it."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from actions.models import Action
from actions.services.details import ActionDetails, details_of
from actions.services.planning import plan_action
from actions.services.updating import update_action
from tests.action_states import put_in
from tests.factories import ServiceFactory
from tests.pages import form_of, rows_of, text_of

Status = Action.Status
LIST = "/o/ashby/actions/"
BULK = f"{LIST}bulk/?number=1&number=2"


@pytest.fixture
def both(cast, action) -> Action:
    """Beside action 1 there is action 2, which is returned."""
    return plan_action(
        organisation=cast.ashby, details=ActionDetails(title="Ask people"), by=cast.lena
    )


def choose(client, **values):
    """The answer to the first page, with these values filled in."""
    return client.post(BULK, form_of(client.get(BULK)).sending(**values))


def test_actions_are_picked_in_the_list(mo, both):
    page = mo.get(f"{LIST}?q=e&sort=title")

    html = page.content.decode()
    assert 'name="number" value="2" aria-label="Select action 2"' in html
    assert 'action="/o/ashby/actions/bulk/"' in html
    assert '<input type="hidden" name="q" value="e">' in html


def test_the_second_page_says_what_changes_for_which_and_saves_nothing(mo, both):
    page = choose(mo, status="at_risk", priority="medium")

    assert rows_of(page) == [
        ["Action 1: Set targets for satisfaction", "Status: Not started → At risk"],
        ["Action 2: Ask people", "Status: Not started → At risk"],
    ]
    assert Action.objects.filter(status="at_risk").count() == 0


def test_the_service_that_the_list_will_show_is_said(mo, cast, both):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    parks = ServiceFactory.create(organisation=cast.ashby, name="Parks")
    cast.mo.memberships.update(service=housing)
    cast.lena.memberships.update(service=parks)
    lena = cast.lena.memberships.get()

    assert [changes for _, changes in rows_of(choose(mo, service=parks.pk))] == [
        "Service: Housing, the owner’s → Parks",
        "Service: Nothing → Parks",
    ]
    assert [changes for _, changes in rows_of(choose(mo, owner=lena.pk))] == [
        "Owner: Mo Quill → Lena Hart Service: Housing, the owner’s → Parks, the owner’s",
        "Owner: Nothing → Lena Hart Service: Nothing → Parks, the owner’s",
    ]


def test_confirming_changes_them_all_and_leads_back_to_the_list(mo, cast, both):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    page = choose(
        mo,
        owner=cast.lena.memberships.get().pk,
        service=housing.pk,
        due_on_day="1",
        due_on_month="4",
        due_on_year="2026",
    )

    done, again = (
        mo.post(BULK, form_of(page).sending(), follow=True) for _ in range(2)
    )

    assert "2 actions are changed" in text_of(done)
    assert "Nothing is changed: these actions say so already." in text_of(again)
    for action in Action.objects.all():
        assert (action.owner_label, action.service) == ("Lena Hart", housing)
        assert action.due_on == date(2026, 4, 1)


def test_an_owner_and_a_due_date_can_be_taken_away(mo, both):
    page = choose(mo, owner="none", no_due_on="on")

    mo.post(BULK, form_of(page).sending())

    first = Action.objects.get(number=1)
    assert (first.owner, first.due_on) == (None, None)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Choose what to change"),
        ({"status": "closed"}, "Select the status from the list"),
        (
            {"due_on_day": "1", "due_on_month": "1", "due_on_year": "2026"},
            "Due date must be today or in the future",
        ),
        ({"seen": "1:x"}, "Choose the actions again"),
        ({"seen": "1:1 99:1", "status": "at_risk"}, "Action 99 is not in your plan"),
    ],
)
def test_what_will_not_do_is_explained_and_nothing_is_saved(mo, both, values, message):
    page = choose(mo, **values)

    assert message in text_of(page)
    assert not Action.objects.exclude(version=1).exists()


def test_owners_and_services_of_another_organisation_are_refused(mo, cast, both):
    service = ServiceFactory.create(organisation=cast.elsewhere)

    page = choose(mo, owner=cast.sam.memberships.get().pk, service=service.pk)

    assert "Select the owner from the list" in text_of(page)
    assert "Select the service from the list" in text_of(page)


@pytest.mark.parametrize("page", [BULK, f"{LIST}new/"])
def test_only_who_sees_the_plan_and_services_in_use_are_offered(mo, cast, both, page):
    old = {"name": "Old baths", "withdrawn_at": timezone.now()}
    ServiceFactory.create(organisation=cast.ashby, **old)

    words = text_of(mo.get(page))

    assert str(cast.lena) in words
    assert str(cast.vik) not in words
    assert "Old baths" not in words


@pytest.mark.parametrize("number", ["99", "x", "9" * 30])
def test_an_action_that_is_not_there_is_refused(mo, both, number):
    page = mo.get(f"{LIST}bulk/?number=1&number={number}")

    assert page.status_code == 409
    assert "not in your plan" in text_of(page)


def test_a_rule_that_one_breaks_names_it_and_changes_none(mo, both):
    put_in(both, Status.CLOSED)

    page = choose(mo, status="at_risk")

    words = text_of(page)
    assert "Action 2: Ask people. This action is closed. Reopen it" in words
    assert "Leave all of these out" not in words
    assert form_of(page).values["status"] == ["at_risk"]


def test_all_that_stand_in_the_way_are_named_and_left_out_with_one_tick(mo, cast, both):
    put_in(both, Status.CLOSED)
    put_in(Action.objects.get(number=1), Status.CLOSED)
    plan_action(
        organisation=cast.ashby, details=ActionDetails(title="Count"), by=cast.lena
    )
    address = f"{BULK}&number=3"
    refused = mo.post(
        address, form_of(mo.get(address)).sending(status="at_risk"), follow=True
    )
    choices = refused.context["form"].fields["leave_out"].choices
    assert [label for _, label in choices] == [
        "Action 1: Set targets for satisfaction",
        "Action 2: Ask people",
    ]

    page = mo.post(address, form_of(refused).sending(leave_out_all="on"))

    assert [action for action, _ in rows_of(page)] == ["Action 3: Count"]


def test_choosing_again_keeps_what_was_chosen(mo, both):
    page = choose(mo, status="at_risk", priority="high")

    again = mo.post(BULK, form_of(page).sending(again="yes"))

    values = form_of(again).values
    assert (values["status"], values["priority"]) == (["at_risk"], ["high"])
    assert Action.objects.filter(status="at_risk").count() == 0
    page = mo.post(BULK, form_of(again).sending())
    assert "Change 2 actions" in text_of(page)


def test_all_of_a_page_that_can_be_changed_are_selected_by_a_link(mo, both):
    put_in(both, Status.CLOSED)
    page = mo.get(LIST)
    assert "?select=page" in page.content.decode()

    html = mo.get(f"{LIST}?select=page").content.decode()

    assert 'name="number" value="1" checked' in html
    assert 'name="number" value="2" aria-label' in html


def test_who_changed_one_meanwhile_is_named_and_sending_again_wins(mo, cast, both):
    page = choose(mo, status="at_risk")
    update_action(
        action=both,
        seen_version=1,
        details=replace(details_of(both), title="Ask everybody"),
        by=cast.lena,
    )

    refused = mo.post(BULK, form_of(page).sending())

    assert refused.status_code == 409
    words = text_of(refused)
    assert "It was changed after you opened this page. Lena Hart changed" in words
    assert not Action.objects.filter(status="at_risk").exists()
    again = mo.post(BULK, form_of(refused).sending())
    mo.post(BULK, form_of(again).sending())
    assert Action.objects.filter(status="at_risk").count() == 2
    assert Action.objects.get(number=2).title == "Ask everybody"


def test_without_any_picked_the_list_says_so(mo, both):
    page = mo.get(f"{LIST}bulk/?q=ask", follow=True)

    assert page.redirect_chain == [(f"{LIST}?q=ask", 302)]
    assert "Select the actions to change first" in text_of(page)


def test_a_reader_picks_nothing(signed_in, cast, both):
    cass = signed_in(cast.cass)

    assert "Change selected" not in text_of(cass.get(LIST))
    assert cass.get(BULK).status_code == 403


class TestAllThatMatch:
    @pytest.fixture
    def sixty(self, cast) -> None:
        """More than a page of actions; the last is closed."""
        for number in range(60):
            action = plan_action(
                organisation=cast.ashby,
                details=ActionDetails(title=f"Idea {number}"),
                by=cast.lena,
            )
        put_in(action, Status.CLOSED)

    @pytest.mark.slow
    def test_the_list_offers_to_change_all_that_can_be(self, mo, sixty):
        page = mo.get(f"{LIST}?q=idea")

        assert "Change all 59 that are not done" in text_of(page)
        assert "Change all" not in text_of(mo.get(f"{LIST}?q=idea 1"))

    @pytest.mark.slow
    def test_they_are_changed_by_the_filters_of_the_list(self, mo, sixty):
        every = f"{LIST}bulk/?q=idea&all=on"

        page = mo.post(every, form_of(mo.get(every)).sending(status="at_risk"))
        done = mo.post(every, form_of(page).sending(), follow=True)

        assert "59 actions are changed" in text_of(done)
        assert done.redirect_chain == [(f"{LIST}?q=idea", 302)]
        assert Action.objects.filter(status="at_risk").count() == 59

    def test_more_than_can_be_looked_through_are_refused(self, mo, both, monkeypatch):
        monkeypatch.setattr("actions.views.bulk.MANY_AT_MOST", 1)

        page = mo.get(f"{LIST}bulk/?all=on")

        assert page.status_code == 409
        assert "Up to 1 actions can be changed at once" in text_of(page)


class TestLeavingOut:
    @pytest.fixture
    def refused(self, mo, both):
        """The page that says that action 2 can't be changed."""
        put_in(both, Status.CLOSED)
        return choose(mo, status="at_risk")

    def test_what_stands_in_the_way_is_left_out_with_a_tick(self, mo, refused):
        page = mo.post(BULK, form_of(refused).sending(leave_out="2"))

        assert [row[0] for row in rows_of(page)] == [
            "Action 1: Set targets for satisfaction"
        ]
        done = mo.post(BULK, form_of(page).sending(), follow=True)
        assert "1 action is changed" in text_of(done)
        assert Action.objects.get(number=1).status == "at_risk"

    def test_without_the_tick_nothing_changes(self, mo, refused):
        again = mo.post(BULK, form_of(refused).sending())

        assert "Action 2: Ask people. This action is closed" in text_of(again)
        assert not Action.objects.filter(status="at_risk").exists()

    def test_one_at_least_is_changed(self, mo, both):
        put_in(Action.objects.get(number=1), Status.CLOSED)
        put_in(both, Status.CLOSED)
        refused = choose(mo, status="at_risk")

        page = mo.post(BULK, form_of(refused).sending(leave_out=["1", "2"]))

        assert "Leave at least one action to change" in text_of(page)
