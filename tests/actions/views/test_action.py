"""One action: its page, changing it, two people changing it, withdrawing and restoring it."""

from dataclasses import replace
from datetime import date

import pytest

from actions.models import Action
from actions.services.details import ActionDetails, details_of
from actions.services.planning import answer_with, decline_to_act, plan_action
from actions.services.updating import update_action
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Role
from tests.action_states import put_in
from tests.factories import ServiceFactory, member
from tests.pages import form_of, text_of

PAGE = "/o/ashby/actions/1/"
WITHDRAW = f"{PAGE}withdraw/"
EDIT = f"{PAGE}edit/"


def change_as_lena(action, cast, **changes) -> Action:
    """Somebody else saves a change meanwhile."""
    return update_action(
        action=action,
        seen_version=action.version,
        details=replace(details_of(action), **changes),
        by=cast.lena,
    )


def test_the_page_says_what_it_answers_and_links_to_the_element(
    mo, cast, finding, open_assessment
):
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Set targets"),
        finding=finding,
        by=cast.lena,
    )

    page = mo.get(PAGE)

    assert "1.3.4" in text_of(page)
    assert "Targets for satisfaction are set by two services only" in text_of(page)
    assert open_assessment.url_of("1.3.4") in page.content.decode()


def test_the_history_names_people_services_and_dates(mo, cast, action):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    change_as_lena(
        action, cast, owner="Jo Partner", service=housing, due_on=date(2026, 6, 1)
    )

    words = text_of(mo.get(PAGE))

    assert "Lena Hart changed it on 3 March 2026 at 12:00" in words
    assert "Owner: Mo Quill → Jo Partner" in words
    assert "Service: Housing" in words
    assert "Due date: 10 March 2026 → 1 June 2026" in words


def test_in_the_history_planning_replaces_nothing(mo, cast):
    details = ActionDetails(title="Set targets", priority=Action.Priority.HIGH)
    plan_action(organisation=cast.ashby, details=details, by=cast.lena)

    words = text_of(mo.get(PAGE))

    assert "Priority: High" in words
    assert "→" not in words


def test_a_change_is_saved_and_said(mo, action):
    form = form_of(mo.get(EDIT))

    page = mo.post(EDIT, form.sending(status="at_risk"), follow=True)

    assert "Action 1 is saved" in text_of(page)
    assert Action.objects.get().status == "at_risk"


def test_saving_without_a_change_keeps_every_value(mo, action):
    before = details_of(action)

    mo.post(EDIT, form_of(mo.get(EDIT)).sending())

    assert details_of(Action.objects.get()) == before


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Enter what will be done"),
        ({"title": "a" * 201}, "must be 200 characters or fewer"),
        ({"due_on_day": "31", "due_on_month": "2"}, "Due date must be a real date"),
        ({"due_on_day": "2"}, "Due date must be today or in the future"),
        ({"owner_name": "Jo"}, "Choose a member or enter a name, not both"),
        ({"status": "declined"}, "Select the status from the list"),
        (
            {"starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2026"},
            "Due date must be on or after the start date",
        ),
        ({"status": "lost"}, "Select the status from the list"),
    ],
)
def test_what_will_not_do_is_explained_and_nothing_is_saved(
    mo, action, changes, message
):
    page = mo.post(EDIT, form_of(mo.get(EDIT)).sending(**changes))

    assert message in text_of(page)
    assert "<title>Error: " in page.content.decode()
    assert Action.objects.get().version == 1


def test_what_is_finished_is_reopened_before_it_is_changed(mo, action):
    put_in(action, Action.Status.CLOSED)

    page = mo.get(EDIT)

    assert page.status_code == 409
    assert "This action is closed. Reopen it to change it." in text_of(page)
    assert f'href="{PAGE}">Back to the action</a>' in page.content.decode()


@pytest.mark.parametrize(
    ("form", "back"), [(EDIT, PAGE), ("/o/ashby/actions/new/", "/o/ashby/actions/")]
)
def test_a_form_can_be_left_without_saving(mo, action, form, back):
    assert f'href="{back}">Cancel</a>' in mo.get(form).content.decode()


def test_what_was_overdue_may_stay_so(mo, cast, action):
    Action.objects.update(due_on=date(2026, 1, 1))

    mo.post(EDIT, form_of(mo.get(EDIT)).sending(resource_note="Nearly"))

    assert Action.objects.get().resource_note == "Nearly"


def test_an_owner_who_left_stays_until_somebody_else_is_chosen(mo, cast, action):
    leaver = member(cast.ashby, Role.MANAGER, full_name="Lee Ver").memberships.get()
    Action.objects.update(owner=leaver)
    Membership.objects.filter(pk=leaver.pk).update(ended_at="2026-03-01T00:00Z")

    mo.post(EDIT, form_of(mo.get(EDIT)).sending(resource_note="Nearly"))

    assert Action.objects.get().owner == leaver


def test_somebody_who_left_is_not_offered(mo, cast, action):
    leaver = member(cast.ashby, Role.MANAGER, full_name="Lee Ver").memberships.get()
    Membership.objects.filter(pk=leaver.pk).update(ended_at="2026-03-01T00:00Z")

    page = mo.post(EDIT, form_of(mo.get(EDIT)).sending(owner=leaver.pk))

    assert "Select the owner from the list" in text_of(page)


def test_another_organisations_member_and_service_are_refused(mo, cast, action):
    sam = cast.sam.memberships.get()
    service = ServiceFactory.create(organisation=cast.elsewhere)

    page = mo.post(
        EDIT, form_of(mo.get(EDIT)).sending(owner=sam.pk, service=service.pk)
    )

    assert "Select the owner from the list" in text_of(page)
    assert "Select the service from the list" in text_of(page)
    assert Action.objects.get().version == 1


def test_fields_that_the_form_does_not_have_are_ignored(mo, cast, action):
    data = form_of(mo.get(EDIT)).sending(organisation=cast.elsewhere.pk, number=99)

    mo.post(EDIT, data)

    assert (Action.objects.get().organisation, Action.objects.get().number) == (
        cast.ashby,
        1,
    )


class TestTwoPeople:
    """Mo opened the form; Lena saved before he did."""

    @pytest.fixture
    def opened(self, mo, action):
        return form_of(mo.get(EDIT))

    def test_both_values_are_shown_and_nothing_is_written(
        self, mo, cast, action, opened
    ):
        change_as_lena(action, cast, resource_note="Lena's note.")

        page = mo.post(EDIT, opened.sending(resource_note="Mo's note."))

        words = text_of(page)
        assert page.status_code == 409
        assert "Lena Hart saved a change on 3 March 2026 at 12:00" in words
        assert "There now [new: Lena's note.] You typed [new: Mo's note.]" in words
        assert Action.objects.get().resource_note == "Lena's note."

    @pytest.mark.parametrize(
        ("keep", "resource_note"),
        [
            ("theirs", "Lena's note."),
            ("mine", "Mo's note."),
            ("both", "Lena's note.\n\nMo's note."),
        ],
    )
    def test_the_choice_decides(self, mo, cast, action, opened, keep, resource_note):
        change_as_lena(action, cast, resource_note="Lena's note.")
        page = mo.post(EDIT, opened.sending(resource_note="Mo's note."))

        mo.post(EDIT, form_of(page).sending(**{"keep-resource_note": keep}))

        assert Action.objects.get().resource_note == resource_note

    def test_a_field_that_both_changed_must_be_chosen(self, mo, cast, action, opened):
        change_as_lena(action, cast, resource_note="Lena's note.")
        page = mo.post(EDIT, opened.sending(resource_note="Mo's note."))

        again = mo.post(EDIT, form_of(page).sending())

        assert "Select which “What it needs” to keep" in text_of(again)
        assert "You typed [new: Mo's note.]" in text_of(again)
        assert Action.objects.get().resource_note == "Lena's note."

    def test_what_only_one_of_them_changed_is_kept_by_itself(
        self, mo, cast, action, opened
    ):
        change_as_lena(action, cast, title="Lena's title", owner="Jo Partner")
        page = mo.post(EDIT, opened.sending(status="at_risk"))

        kept = "stay as they are now: What will be done: Lena's title Owner: Jo Partner"
        assert kept in text_of(page)
        assert list(page.context["form"].fields) == ["status"]
        mo.post(EDIT, form_of(page).sending())

        saved = Action.objects.get()
        assert (saved.title, saved.owner_label) == ("Lena's title", "Jo Partner")
        assert saved.status == "at_risk"

    def test_a_date_that_both_moved_is_shown_as_it_was(self, mo, cast, action):
        Action.objects.update(due_on=date(2026, 4, 1))
        opened = form_of(mo.get(EDIT))
        change_as_lena(Action.objects.get(), cast, due_on=date(2026, 5, 1))

        page = mo.post(EDIT, opened.sending(due_on_month="6"))

        assert "When you opened it 1 April 2026 There now" in text_of(page)

    def test_an_overdue_date_that_the_other_moved_is_no_mistake(self, mo, cast, action):
        Action.objects.update(due_on=date(2026, 1, 1))
        opened = form_of(mo.get(EDIT))
        change_as_lena(Action.objects.get(), cast, due_on=date(2026, 5, 1))

        page = mo.post(EDIT, opened.sending(resource_note="Nearly"))
        mo.post(EDIT, form_of(page).sending())

        saved = Action.objects.get()
        assert (saved.due_on, saved.resource_note) == (date(2026, 5, 1), "Nearly")

    def test_a_third_change_in_between_is_shown_too(self, mo, cast, action, opened):
        newer = change_as_lena(action, cast, resource_note="Lena's note.")
        page = mo.post(EDIT, opened.sending(resource_note="Mo's note."))
        change_as_lena(newer, cast, resource_note="Lena's second note.")

        again = mo.post(EDIT, form_of(page).sending(**{"keep-resource_note": "mine"}))

        assert again.status_code == 409
        words = text_of(again)
        assert (
            "There now [new: Lena's second note.] You typed [new: Mo's note.]" in words
        )

    def test_the_typed_text_survives_with_its_lines_and_signs(
        self, mo, cast, action, opened
    ):
        typed = 'Line one\n\n<b>"two"</b> & three'
        change_as_lena(action, cast, resource_note="Lena's note.")
        page = mo.post(EDIT, opened.sending(resource_note=typed))

        mo.post(EDIT, form_of(page).sending(**{"keep-resource_note": "mine"}))

        assert Action.objects.get().resource_note == typed


def test_withdrawing_asks_once_and_can_be_undone(mo, action):
    assert "Withdraw this action?" in text_of(mo.get(WITHDRAW))
    assert Action.objects.current().exists()

    withdraw = form_of(mo.get(WITHDRAW))
    page = mo.post(WITHDRAW, withdraw.sending(), follow=True)
    assert "Action 1 is withdrawn" in text_of(page)

    restore = form_of(page, action=f"{PAGE}restore/")
    page = mo.post(restore.action, restore.sending(), follow=True)

    assert "Action 1 is back in the plan" in text_of(page)
    assert Action.objects.current().exists()


def test_restoring_what_was_declined_meanwhile_is_refused_in_words(
    mo, cast, action, finding
):
    answer_with(action=action, finding=finding, seen_version=1, by=cast.mo)
    withdraw = form_of(mo.get(WITHDRAW))
    page = mo.post(WITHDRAW, withdraw.sending(), follow=True)
    decline_to_act(finding=finding, seen_version=2, reason="No", by=cast.lena)

    restore = form_of(page, action=f"{PAGE}restore/")
    page = mo.post(restore.action, restore.sending(), follow=True)

    assert "You decided not to act on a comment that this action" in text_of(page)
    assert not Action.objects.current().exists()


def test_withdrawing_what_somebody_changed_is_refused_in_words(mo, cast, action):
    withdraw = form_of(mo.get(WITHDRAW))
    change_as_lena(action, cast, resource_note="Nearly done.")

    page = mo.post(WITHDRAW, withdraw.sending(), follow=True)

    assert "Someone changed this after you opened it" in text_of(page)
    assert Action.objects.current().exists()


@pytest.mark.parametrize("address", ["", "edit/", "withdraw/", "restore/"])
def test_a_stranger_cannot_tell_that_the_action_exists(
    signed_in, cast, action, address
):
    method = "post" if address in {"withdraw/", "restore/"} else "get"

    page = getattr(signed_in(cast.sam), method)(PAGE + address, {"version": 1})

    assert page.status_code == 404


def test_each_organisation_sees_its_own_action_of_a_number(signed_in, cast, action):
    plan_action(
        organisation=cast.elsewhere, details=ActionDetails(title="Theirs"), by=cast.sam
    )

    page = signed_in(cast.sam).get("/o/elsewhere/actions/1/")

    assert "Theirs" in text_of(page)
    assert "Set targets" not in text_of(page)
    assert "Set targets" not in text_of(
        signed_in(cast.sam).get("/o/elsewhere/actions/")
    )


def test_a_reader_may_look_but_not_change(signed_in, cast, action):
    reader = signed_in(cast.cass)

    assert reader.get(PAGE).status_code == 200
    assert "Change this action" not in text_of(reader.get(PAGE))
    assert reader.get(EDIT).status_code == 403
    assert reader.post(EDIT, {"title": "Mine"}).status_code == 403
    assert reader.post(f"{PAGE}withdraw/", {"version": 1}).status_code == 403
    assert reader.post(f"{PAGE}restore/", {"version": 1}).status_code == 403


def test_the_governing_body_does_not_see_the_work(signed_in, cast, action):
    assert signed_in(cast.vik).get(PAGE).status_code == 403


@pytest.mark.parametrize("number", ["2", "99999999999999999999999"])
def test_a_number_that_was_not_given_is_not_found(mo, action, number):
    assert mo.get(f"/o/ashby/actions/{number}/").status_code == 404


def test_the_page_costs_the_same_for_a_long_history(queries_for, mo, cast, action):
    mo.get(PAGE)
    changed = change_as_lena(action, cast, resource_note="0", owner="Jo Partner")
    few = queries_for(mo, PAGE)
    for number in range(1, 30):
        changed = change_as_lena(changed, cast, resource_note=str(number))

    assert queries_for(mo, PAGE) == few
    assert few <= 12
