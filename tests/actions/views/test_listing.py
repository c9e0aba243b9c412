"""The list of actions: what it shows, filters, sorts and counts."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, ActionFinding
from actions.services.details import ActionDetails, details_of
from actions.services.planning import answer_with, plan_action
from actions.services.updating import update_action, withdraw_action
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Role
from tests.factories import AssessmentFactory, FindingFactory, ServiceFactory, member
from tests.pages import rows_of, text_of

Status = Action.Status
LIST = "/o/ashby/actions/"


@pytest.fixture
def titles(signed_in, cast):
    """``titles("?q=…", user=mo)`` are the titles listed at that address, in order."""

    def titles(query="", user=cast.mo) -> list[str]:
        page = signed_in(user).get(LIST + query)
        assert page.status_code == 200
        return [row[1] for row in rows_of(page)]

    return titles


def test_the_list_says_what_will_be_done_by_whom_and_by_when(
    signed_in, cast, plan, finding
):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    plan(
        "Set targets",
        finding=finding,
        owner=cast.mo.memberships.get(),
        service=housing,
        due_on=date(2026, 5, 1),
        status=Status.ON_TRACK,
    )

    [row] = rows_of(signed_in(cast.mo).get(LIST))

    assert row == [
        "1",
        "Set targets",
        "1.3.4",
        "Mo Quill",
        "Housing",
        "1 May 2026",
        "On track",
    ]


def test_an_element_that_an_action_answers_twice_is_listed_once(
    signed_in, cast, plan, finding, open_assessment
):
    action = plan("Set targets", finding=finding)
    again = FindingFactory.create(assessment=open_assessment, node_id=finding.node_id)
    answer_with(action=action, finding=again, seen_version=1, by=cast.mo)

    [row] = rows_of(signed_in(cast.mo).get(LIST))

    assert row[2] == "1.3.4"


def test_an_overdue_action_says_so_in_words_and_comes_first(signed_in, cast, plan):
    plan("Finished long ago", due_on=date(2026, 1, 1), status=Status.CLOSED)
    plan("Some day")
    plan("Soon", due_on=date(2026, 3, 4))
    plan("Late", due_on=date(2026, 3, 2))
    plan("Today", due_on=date(2026, 3, 3))

    rows = rows_of(signed_in(cast.mo).get(LIST))

    assert [row[1] for row in rows] == [
        "Late",
        "Today",
        "Soon",
        "Some day",
        "Finished long ago",
    ]
    assert [row[6].startswith("Overdue") for row in rows] == [True] + [False] * 4


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Late", "Open", "Closed"]),
        ("?whose=mine", ["Open"]),
        ("?status=open", ["Late", "Open"]),
        ("?status=soon", ["Open"]),
        ("?status=finished", ["Closed"]),
        ("?status=at_risk", ["Late"]),
        ("?status=withdrawn", ["Gone"]),
        ("?overdue=on", ["Late"]),
        ("?overdue=on&status=closed", []),
        ("?q=kiosk", ["Late"]),
        ("?q=MO+QUILL", ["Open"]),
        ("?q=partner", ["Closed"]),
        ("?q=nothing+of+the+kind", []),
    ],
)
def test_the_address_says_which_actions_are_shown(titles, cast, plan, query, shown):
    at_risk = Status.AT_RISK
    plan(
        "Late",
        due_on=date(2026, 3, 2),
        status=at_risk,
        resource_note="The kiosk is broken",
    )
    plan("Open", owner=cast.mo.memberships.get(), due_on=date(2026, 4, 2))
    plan("Closed", owner="Jo Partner", status=Status.CLOSED)
    gone = plan("Gone")
    withdraw_action(action=gone, seen_version=1, now=timezone.now(), by=cast.lena)

    assert titles(query) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?priority=high", ["Urgent"]),
        ("?owner=name:Jo+Partner", ["Urgent"]),
        ("?owner=none", ["Nobody's"]),
        ("?owner={mo}", ["Mine"]),
        ("?owner={mo}&priority=high", []),
    ],
)
def test_owner_and_priority_are_filters_too(titles, cast, plan, query, shown):
    mo = cast.mo.memberships.get()
    plan("Urgent", owner="Jo Partner", priority=Action.Priority.HIGH)
    plan("Mine", owner=mo)
    plan("Nobody's")

    assert titles(query.format(mo=mo.pk)) == shown


def test_owners_of_another_organisation_are_not_offered(signed_in, cast, plan):
    plan_action(
        organisation=cast.elsewhere,
        details=ActionDetails(title="Theirs", owner="Kim Far"),
        by=cast.sam,
    )

    assert "Kim Far" not in text_of(signed_in(cast.mo).get(LIST))


def test_an_assessment_of_another_organisation_is_neither_named_nor_a_filter(
    signed_in, cast, plan
):
    plan("Ours")
    AssessmentFactory.create(
        certification__organisation=cast.elsewhere, slug="theirs", year=2031
    )

    page = signed_in(cast.mo).get(f"{LIST}?before=theirs")

    assert "2031" not in text_of(page)
    assert "Ours" in text_of(page)


def test_the_address_says_which_columns_are_shown(signed_in, cast, plan):
    begun = {"priority": Action.Priority.HIGH, "starts_on": date(2026, 3, 1)}
    plan("Answer letters", status=Action.Status.CLOSED, **begun)
    keys = ("title", "origin", "priority", "start", "closed")
    asked = "&".join(f"columns={key}" for key in keys)

    [row] = rows_of(signed_in(cast.mo).get(f"{LIST}?{asked}"))

    high = ["1", "Answer letters", "High", "1 March 2026"]
    assert row == [*high, "3 March 2026", "Our own idea"]


def test_an_action_leads_back_to_the_list_with_its_filters(signed_in, cast, plan):
    address = plan("Answer letters").get_absolute_url()
    mo, back = signed_in(cast.mo), f"{address}?next=%2Fo%2Fashby%2Factions%2F%3Fq%3De"

    assert back in mo.get(f"{LIST}?q=e").content.decode()
    assert f'href="{LIST}?q=e" class="govuk-back-link"' in mo.get(back).content.decode()


@pytest.mark.parametrize(
    ("query", "cell"),
    [("", "2 April 2026 Moved once, 1 day"), ("?columns=moved", "Moved once, 1 day")],
)
def test_a_due_date_that_moved_says_how_often_and_by_how_much(
    signed_in, cast, plan, query, cell
):
    action = plan("Answer letters", due_on=date(2026, 4, 1))
    later = replace(details_of(action), due_on=date(2026, 4, 2))
    update_action(action=action, seen_version=1, details=later, by=cast.mo)

    [row] = rows_of(signed_in(cast.mo).get(LIST + query))

    assert cell in row


def test_choosing_columns_keeps_filters_and_order(signed_in, cast, plan):
    plan("Answer letters")

    page = signed_in(cast.mo).get(f"{LIST}?q=letters&sort=-due&page=1")

    assert page.context["kept"] == [("q", "letters"), ("sort", "-due")]


def test_my_service_is_offered_to_members_of_one(titles, cast, plan):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    ann = member(cast.ashby, Role.MANAGER)
    Membership.objects.filter(user=ann).update(service=housing)
    plan("Repair the lift", service=housing)
    plan("Answer letters")

    assert titles("?whose=service", user=ann) == ["Repair the lift"]


def test_a_filter_that_does_not_exist_is_named_and_hides_nothing(signed_in, cast, plan):
    plan("Answer letters")

    wrong = "closed=soon&age=old&before=later"
    page = signed_in(cast.mo).get(f"{LIST}?whose=service&status=lost&{wrong}")

    assert [row[1] for row in rows_of(page)] == ["Answer letters"]
    for asked in ("the status", "when it was closed", "how long", "the assessment"):
        assert f"Select {asked}" in text_of(page)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("number", ["B", "C", "A"]),
        ("-number", ["A", "C", "B"]),
        ("title", ["A", "B", "C"]),
        ("due", ["C", "B", "A"]),
        ("-due", ["B", "C", "A"]),
        ("owner", ["C", "B", "A"]),
        ("-owner", ["B", "C", "A"]),
        ("status", ["A", "C", "B"]),
        ("priority", ["A", "B", "C"]),
        ("start", ["C", "A", "B"]),
        ("nonsense", ["C", "A", "B"]),
    ],
)
def test_the_address_says_the_order(titles, plan, sort, order):
    first = date(2026, 3, 1)
    plan("B", due_on=date(2026, 6, 1), owner="Zoe", status=Status.CLOSED)
    plan(
        "C",
        starts_on=first,
        due_on=date(2026, 5, 1),
        owner="Abe",
        status=Status.AT_RISK,
        priority=Action.Priority.LOW,
    )
    plan("A", priority=Action.Priority.HIGH, starts_on=date(2026, 3, 2))

    assert titles(f"?sort={sort}") == order


def test_sorting_keeps_the_filters(signed_in, cast, plan):
    plan("Answer letters")

    page = signed_in(cast.mo).get(f"{LIST}?status=open&page=1&sort=due")

    assert 'href="?status=open&amp;sort=-due"' in page.content.decode()
    assert 'aria-sort="ascending"' in page.content.decode()


def test_the_counts_are_of_the_chosen_people(signed_in, cast, plan):
    mo = cast.mo.memberships.get()
    plan("Late", owner=mo, due_on=date(2026, 3, 2))
    plan("Due today", owner=mo, due_on=date(2026, 3, 3))
    plan("On the thirtieth day", owner=mo, due_on=date(2026, 4, 2))
    plan("A day after that", owner=mo, due_on=date(2026, 4, 3))
    plan("Elsewhere", due_on=date(2026, 3, 3))
    plan("Closed", owner=mo, status=Status.CLOSED)

    words = text_of(signed_in(cast.mo).get(f"{LIST}?whose=mine&q=Closed"))

    assert "Open 4 Overdue 1 Due in 30 days 2 Closed or declined 1" in words


def test_a_count_leads_to_all_that_it_counts(signed_in, cast, plan):
    plan("Answer letters", priority=Action.Priority.HIGH)

    page = signed_in(cast.mo).get(f"{LIST}?whose=mine&priority=high&owner=none&q=x")

    assert 'href="?whose=mine&amp;status=open"' in page.content.decode()


def test_an_empty_plan_begins_with_what_waits_for_a_decision(signed_in, cast, finding):
    page = signed_in(cast.mo).get(LIST)

    assert "decide for each comment whether you will act" in text_of(page)
    assert f"/o/ashby/findings/{finding.pk}/decide/?in_turn=on" in page.content.decode()
    assert "Whose" not in text_of(page)


def test_without_comments_an_empty_plan_asks_for_the_report(
    signed_in, cast, open_assessment
):
    page = signed_in(cast.lena).get(LIST)

    assert "Bring the comments in from the assessor's report" in text_of(page)
    assert reverse("assessments:findings_imports", args=["ashby"]) in (
        page.content.decode()
    )


def test_who_has_withdrawn_all_actions_may_still_look_for_them(signed_in, cast, plan):
    gone = plan("Gone")
    withdraw_action(action=gone, seen_version=1, now=timezone.now(), by=cast.lena)

    assert "Whose" in text_of(signed_in(cast.mo).get(LIST))


def test_what_waits_for_a_decision_is_listed_with_its_link(signed_in, cast, finding):
    page = signed_in(cast.mo).get(LIST)

    assert "1 comment of the 2026 review waits for a decision" in text_of(page)
    assert (
        reverse("actions:decide", args=["ashby", finding.pk]) in page.content.decode()
    )


def test_what_waits_stays_listed_when_the_next_assessment_is_started(
    signed_in, cast, finding, open_assessment
):
    AssessmentFactory.create(
        certification=open_assessment.certification, year=open_assessment.year + 1
    )

    page = signed_in(cast.mo).get(LIST)

    assert "1 comment of the 2026 review waits for a decision" in text_of(page)


def test_a_filter_without_a_match_is_not_called_an_empty_plan(signed_in, cast, plan):
    plan("Answer letters")

    words = text_of(signed_in(cast.mo).get(f"{LIST}?q=kiosk"))

    assert "No action matches" in words
    assert "No actions yet" not in words


def test_a_long_plan_comes_in_pages(titles, plan):
    for number in range(51):
        plan(f"Idea {number}")

    assert len(titles()) == 50
    assert titles("?page=2") == ["Idea 50"]


def test_a_person_who_may_only_read_gets_no_button(signed_in, cast, plan):
    page = signed_in(cast.cass).get(LIST)

    assert "Plan an action" not in text_of(page)


@pytest.mark.slow
def test_the_list_costs_the_same_for_many_actions(
    queries_for, signed_in, cast, plan, open_assessment, node
):
    def add(count):
        for number in range(count):
            finding = FindingFactory.create(assessment=open_assessment, node_id=node.id)
            action = plan(f"Idea {number}", owner=cast.mo.memberships.get())
            ActionFinding.objects.create(
                organisation=cast.ashby, action=action, finding=finding
            )

    mo = signed_in(cast.mo)
    mo.get(LIST)
    add(5)
    few = queries_for(mo, LIST)
    add(195)

    assert queries_for(mo, LIST) == few
    assert few <= 14


@pytest.mark.parametrize("value", ["%00", "9" * 30, "-1", "%27%22%3C", "%E2%80%AE", ""])
def test_no_address_brings_the_page_down(signed_in, cast, finding, value):
    names = ["whose", "status", "q", "overdue", "sort", "page", "columns"]
    names += ["owner", "priority"]
    names += ["service", "criterion", "closed", "age", "before"]
    query = "&".join(f"{name}={value}" for name in names)

    page = signed_in(cast.mo).get(f"{LIST}?{query}")

    assert page.status_code == 200
