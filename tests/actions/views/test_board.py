"""The board: which actions stand where, and moving one without a mouse or JavaScript."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from actions.models import Action
from actions.services.details import details_of
from actions.services.updating import update_action, withdraw_action
from tests.action_states import put_in
from tests.pages import Form, form_of, forms_of, text_of

Status = Action.Status
BOARD = "/o/ashby/actions/board/"
MOVE = "/o/ashby/actions/1/move/"


def columns_of(page) -> dict[str, list[str]]:
    return {
        column.key: [card.action.title for card in column.cards]
        for column in page.context["columns"]
    }


def card_form(page, query="") -> Form:
    [form] = [form for form in forms_of(page) if form.action == MOVE + query]
    return form


def test_actions_stand_in_the_column_of_their_status(mo, cast, plan):
    for status in Status:
        plan(status.label, status=status)
    gone = plan("Gone")
    withdraw_action(action=gone, seen_version=1, now=timezone.now(), by=cast.lena)

    assert columns_of(mo.get(BOARD)) == {
        "not_started": ["Not started"],
        "on_track": ["On track"],
        "at_risk": ["At risk"],
        "done": ["Done, to be checked"],
        "closed": ["Closed"],
    }


@pytest.mark.parametrize(("days", "shown"), [(90, ["Old"]), (91, [])])
def test_what_was_closed_long_ago_is_left_to_the_list(mo, plan, days, shown):
    plan("Old", status=Status.CLOSED)
    Action.objects.update(finished_at=timezone.now() - timedelta(days=days))

    assert columns_of(mo.get(BOARD))["closed"] == shown


def test_a_column_shows_the_first_and_leads_to_the_rest(mo, plan, monkeypatch):
    monkeypatch.setattr("actions.board.CARDS_AT_MOST", 2)
    for day in (3, 1, 2):
        plan(f"Open {day}", due_on=date(2026, 4, day))
        plan(f"Closed {day}", status=Status.CLOSED)
        closed = Action.objects.filter(title=f"Closed {day}")
        closed.update(finished_at=timezone.now() - timedelta(days=day))

    page = mo.get(f"{BOARD}?q=e")

    columns = columns_of(page)
    assert columns["not_started"] == ["Open 1", "Open 2"]
    assert columns["closed"] == ["Closed 1", "Closed 2"]
    html = page.content.decode()
    assert "?q=e&amp;status=not_started" in html
    # The list knows no 90 days.
    words = text_of(page)
    assert "All 3 in the list: Not started" in words
    assert "All that were ever closed, in the list" in words
    assert [len(column.cards) for column in page.context["columns"]] == [2, 0, 0, 0, 2]


@pytest.mark.parametrize(
    ("sort", "first"), [("", 1), ("?sort=-due", 3), ("?sort=owner", 1)]
)
def test_the_first_are_those_of_the_order_asked_for(mo, plan, monkeypatch, sort, first):
    monkeypatch.setattr("actions.board.CARDS_AT_MOST", 1)
    for day in (1, 2, 3):
        plan(f"Open {day}", due_on=date(2026, 4, day), owner=f"Jo {day}")

    page = mo.get(f"{BOARD}{sort}")

    assert columns_of(page)["not_started"] == [f"Open {first}"]


def test_a_card_says_who_by_when_and_that_it_is_late(mo, plan):
    plan("Ask people", owner="Jo Partner", due_on=date(2026, 3, 2))

    words = text_of(mo.get(BOARD))

    assert "Action 1, medium priority Ask people Jo Partner Due 2 March 2026" in words
    assert "Overdue" in words.partition("Ask people")[2]


def test_the_board_honours_the_filters_of_the_address(mo, plan):
    plan("Repair the kiosk")
    plan("Answer letters")

    page = mo.get(f"{BOARD}?q=kiosk")

    assert columns_of(page)["not_started"] == ["Repair the kiosk"]
    assert "/o/ashby/actions/?q=kiosk" in page.content.decode()
    assert f"{BOARD}?q=kiosk" in mo.get("/o/ashby/actions/?q=kiosk").content.decode()


def test_a_card_moves_at_once_between_statuses_in_progress(mo, action):
    form = card_form(mo.get(f"{BOARD}?q=targets"), "?q=targets")

    answer = mo.post(form.action, form.sending(to="at_risk"))

    assert Action.objects.get().status == Status.AT_RISK
    assert answer.url == f"{BOARD}?q=targets#action-1"
    assert "Moved: at risk" in text_of(mo.get(answer.url))
    assert "Moved" not in text_of(mo.get(answer.url))


def test_a_card_that_leaves_the_filters_is_said_to_be_moved(mo, action):
    answer = mo.post(f"{MOVE}?status=not_started", {"to": "at_risk", "version": 1})

    assert "Action 1 is moved. It is not shown here." in text_of(mo.get(answer.url))


@pytest.mark.parametrize(
    ("to", "address"),
    [("claim", "done/"), ("close", "close/"), ("decline", "decline/")],
)
def test_a_move_that_asks_for_words_leads_to_its_page(mo, action, to, address):
    answer = mo.post(f"{MOVE}?q=targets", {"to": to, "version": 1})

    board = "%2Fo%2Fashby%2Factions%2Fboard%2F%3Fq%3Dtargets"
    assert answer.url == f"/o/ashby/actions/1/{address}?next={board}"
    assert Action.objects.get().version == 1


def test_a_page_that_the_board_leads_to_leads_back(mo, action):
    page = mo.post(MOVE, {"to": "decline", "version": 1}, follow=True)
    assert f'<a class="govuk-link" href="{BOARD}">Cancel</a>' in page.content.decode()

    address, _ = page.redirect_chain[-1]
    said = form_of(page).sending(words="Others do it.")
    assert mo.post(address, said).url == BOARD


def test_no_address_of_others_is_gone_back_to(mo, action):
    page = mo.get("/o/ashby/actions/1/decline/?next=https://elsewhere.example/")

    assert 'href="https://elsewhere.example' not in page.content.decode()


@pytest.mark.parametrize("status", ["finished", "declined", "withdrawn"])
def test_the_board_offers_no_status_that_it_does_not_show(mo, action, status):
    page = mo.get(f"{BOARD}?status={status}")

    offered = [value for value, _ in page.context["form"].fields["status"].choices]
    assert status not in offered
    assert columns_of(page)["not_started"] == [action.title]
    assert not page.context["form"].errors


def test_what_somebody_else_closes_is_not_offered_to_be_closed(signed_in, cast, action):
    put_in(action, Status.DONE)
    Action.objects.update(claimed_by=cast.lena)

    def offered(user):
        return "Closed …" in text_of(signed_in(user).get(BOARD))

    assert not offered(cast.lena)
    assert offered(cast.cass)


def test_who_moved_it_meanwhile_is_named_and_the_card_stays(mo, cast, action):
    form = card_form(mo.get(BOARD))
    update_action(
        action=action,
        seen_version=1,
        details=replace(details_of(action), status=Status.ON_TRACK),
        by=cast.lena,
    )

    page = mo.post(MOVE, form.sending(to="at_risk"), follow=True)

    # At the message, not at a card that looks as if it had moved.
    assert page.redirect_chain == [(BOARD, 302)]
    assert "Action 1 stays: it was changed after you opened the board" in text_of(page)
    assert "Lena Hart changed it" in text_of(page)
    assert Action.objects.get().status == Status.ON_TRACK


@pytest.mark.parametrize("to", ["", "closed", "done", "lost"])
def test_no_card_moves_past_a_rule(mo, action, to):
    page = mo.post(MOVE, {"to": to, "version": 1}, follow=True)

    assert page.redirect_chain == [(BOARD, 302)]
    assert "Choose where to move action 1." in text_of(page)
    assert Action.objects.get().status == Status.NOT_STARTED


def test_a_finished_card_is_not_moved_back_without_a_reason(mo, action):
    put_in(action, Status.CLOSED)

    page = mo.post(MOVE, {"to": "on_track", "version": 1}, follow=True)

    assert "Action 1 stays. This action is closed. Reopen it" in text_of(page)


def test_a_reader_moves_nothing(signed_in, cast, action):
    ada = signed_in(cast.ada)

    assert not [form for form in forms_of(ada.get(BOARD)) if form.action == MOVE]
    assert ada.post(MOVE, {"to": "at_risk", "version": 1}).status_code == 403


@pytest.mark.slow
def test_the_board_costs_the_same_for_many_actions(queries_for, mo, cast, plan):
    owner = cast.mo.memberships.get()
    plan("First", owner=owner)
    few = queries_for(mo, BOARD)
    for number in range(40):
        plan(f"Idea {number}", owner=owner)

    assert queries_for(mo, BOARD) == few
    assert few <= 10
