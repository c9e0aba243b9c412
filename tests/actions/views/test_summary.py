"""The plan in numbers: each figure is right, and leads to exactly the actions it counts."""

import html
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone

from actions.models import Action, ActionFinding
from actions.services.updating import withdraw_action
from assessments.models import Finding
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Role
from tests.factories import FindingFactory, ServiceFactory, member
from tests.pages import rows_of, text_of

Status = Action.Status
SUMMARY = "/o/ashby/actions/summary/"
FIGURE = re.compile(
    r'<a class="govuk-link govuk-link--no-visited-state" href="(/o/ashby/actions/\?[^"]*)">'
    r"(?:(\d+)<span[^>]*>(.*?)</span></a>|(.*?)</a></dt><dd>(\d+)</dd>)"
)


@pytest.fixture
def busy_plan(cast, plan, finding, open_assessment):
    """Something of every kind, in two services and in none."""
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    parks = ServiceFactory.create(organisation=cast.ashby, name="Parks")
    general = FindingFactory.create(assessment=open_assessment, node_id=None)
    plan("Late", finding, service=housing, due_on=date(2026, 3, 2))
    plan("Soon", general, service=housing, due_on=date(2026, 3, 30))
    plan("Old", service=parks, starts_on=date(2025, 3, 3))
    plan("Younger by a day", starts_on=date(2025, 3, 4))
    plan("Waits", service=parks, status=Status.DONE, due_on=date(2026, 1, 1))
    plan("Declined", service=parks, status=Status.DECLINED)
    other = open_assessment.results.get(node__ref="4.1.2")
    delivery = [
        FindingFactory.create(assessment=open_assessment, node_id=other.node_id)
        for _ in range(2)
    ]
    with_two = plan("Of two criteria")
    for one in (finding, *delivery):
        ActionFinding.objects.create(
            organisation=cast.ashby, action=with_two, finding=one
        )
    # In London it is the first of January already, or still the last of February.
    for title, moment in (
        ("Closed at New Year", datetime(2026, 1, 1, 0, 0, tzinfo=UTC)),
        ("Closed a minute before", datetime(2025, 12, 31, 23, 59, tzinfo=UTC)),
        ("Closed in summer time", datetime(2025, 5, 31, 23, 30, tzinfo=UTC)),
        ("Closed too long ago", datetime(2025, 2, 28, 12, 0, tzinfo=UTC)),
    ):
        closed = plan(title, service=parks, status=Status.CLOSED)
        Action.objects.filter(pk=closed.pk).update(finished_at=moment)
    gone = plan("Gone", service=housing)
    withdraw_action(action=gone, seen_version=1, now=timezone.now(), by=cast.lena)


def figures(page):
    """Address, number and what it counts, of every figure on the page."""
    found = []
    for url, number, words, name, count in FIGURE.findall(page.text):
        found.append(
            (html.unescape(url), int(number or count), (words or name).strip())
        )
    return found


@pytest.mark.slow
def test_each_figure_leads_to_exactly_the_actions_that_it_counts(
    signed_in, cast, busy_plan
):
    mo = signed_in(cast.mo)
    found = figures(mo.get(SUMMARY))
    # Five of the whole plan, four for each of three services and six parts, months, ages.
    assert len(found) == 5 + 4 * (3 + 6) + 12 + 5

    differing = [
        f"{words} ({url}): {count}, but lists {listed}"
        for url, count, words in found
        if (listed := len(mo.get(url).context["rows"])) != count
    ]

    assert differing == []
    assert sum(count > 0 for _, count, _ in found) > 20


def test_the_page_counts_the_whole_plan(signed_in, cast, busy_plan):
    words = text_of(signed_in(cast.mo).get(SUMMARY))

    assert (
        "Open 6 Overdue 1 Due in 30 days 1 Waiting to be checked 1 Closed in 2026 1"
        in words
    )


def test_what_was_closed_counts_in_the_month_of_the_local_day(
    signed_in, cast, busy_plan
):
    rows = {
        row[0]: row[1].split()[0] for row in rows_of(signed_in(cast.mo).get(SUMMARY))
    }

    assert rows["January 2026"] == "1"
    assert rows["December 2025"] == "1"
    assert (rows["May 2025"], rows["June 2025"]) == ("0", "1")
    assert "February 2025" not in rows


def test_a_finding_about_no_element_leaves_its_action_under_none(
    signed_in, cast, busy_plan
):
    rows = {
        row[0]: row[1].split()[0] for row in rows_of(signed_in(cast.mo).get(SUMMARY))
    }

    assert rows["1 Customer Insight"] == "2"
    assert rows["4 Delivery"] == "1"
    assert rows["No element"] == "4"
    assert rows["No service"] == "2"


def test_a_withdrawn_comment_says_nothing_of_the_element(
    signed_in, cast, plan, finding
):
    plan("Set targets", finding)
    Finding.objects.filter(pk=finding.pk).update(withdrawn_at=timezone.now())
    mo = signed_in(cast.mo)

    rows = {row[0]: row[1].split()[0] for row in rows_of(mo.get(SUMMARY))}

    assert (rows["1 Customer Insight"], rows["No element"]) == ("0", "1")
    for criterion, count in (("1", 0), ("none", 1)):
        page = mo.get(f"/o/ashby/actions/?criterion={criterion}")
        assert len(page.context["rows"]) == count


def test_a_service_of_another_organisation_is_neither_named_nor_a_filter(
    signed_in, cast, plan
):
    theirs = ServiceFactory.create(organisation=cast.elsewhere, name="Far Away")
    plan("Answer letters")
    mo = signed_in(cast.mo)

    listed = mo.get(f"/o/ashby/actions/?service={theirs.pk}")

    assert [row[1] for row in rows_of(listed)] == ["Answer letters"]
    assert "Far Away" not in text_of(listed) + text_of(mo.get(SUMMARY))


def test_mine_counts_mine_and_leads_to_mine(signed_in, cast, plan):
    plan("Mine", owner=cast.mo.memberships.get(), due_on=date(2026, 3, 2))
    plan("Somebody's")

    page = signed_in(cast.mo).get(f"{SUMMARY}?whose=mine")

    assert "Open 1 Overdue 1" in text_of(page)
    assert all("whose=mine" in url for url, _, _ in figures(page))


def test_my_services_is_offered_to_members_of_one(signed_in, cast, plan):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    ann = member(cast.ashby, Role.MANAGER)
    Membership.objects.filter(user=ann).update(service=housing)
    plan("Repair the lift", service=housing)
    plan("Answer letters")

    words = text_of(signed_in(ann).get(f"{SUMMARY}?whose=service"))

    assert "My service's: Housing" in words
    assert "Open 1 Overdue 0" in words


def test_an_empty_plan_says_what_to_do(signed_in, cast, finding):
    page = signed_in(cast.mo).get(SUMMARY)

    assert "as soon as it has an action" in text_of(page)
    assert 'href="/o/ashby/actions/" role="button"' in page.content.decode()
    assert "By service" not in text_of(page)


def test_a_plan_without_mine_leads_to_everybodys(signed_in, cast, plan):
    plan("Somebody's")

    page = signed_in(cast.mo).get(f"{SUMMARY}?whose=mine")

    assert "Show everybody's actions" in html.unescape(text_of(page))


def test_the_list_leads_there_with_whose_it_shows(signed_in, cast, plan):
    page = signed_in(cast.mo).get("/o/ashby/actions/?whose=mine&q=lift")

    assert f'href="{SUMMARY}?whose=mine"' in page.text


@pytest.mark.parametrize("whose", ["%00", "nobody", "9" * 30, "service"])
def test_whose_that_is_not_there_shows_everybodys(signed_in, cast, plan, whose):
    plan("Answer letters")

    assert "Open 1" in text_of(signed_in(cast.mo).get(f"{SUMMARY}?whose={whose}"))


@pytest.mark.parametrize("closed", ["2026-13", "26", "%00", "2026-1", "٢٠٢٦", "1999"])
def test_a_period_that_is_none_is_named_and_hides_nothing(
    signed_in, cast, plan, closed
):
    plan("Answer letters")

    page = signed_in(cast.mo).get(f"/o/ashby/actions/?closed={closed}")

    assert [row[1] for row in rows_of(page)] == ["Answer letters"]


def test_the_list_says_which_month_and_age_it_shows(signed_in, cast, plan):
    plan("Answer letters")

    words = text_of(
        signed_in(cast.mo).get("/o/ashby/actions/?closed=2026-03&age=under-1")
    )

    assert "In March 2026" in words
    assert "Under 1 month" in words


def test_just_after_midnight_in_summer_the_new_day_counts(signed_in, cast, plan):
    plan("Due on the last of May", due_on=date(2026, 5, 31))

    with time_machine.travel("2026-05-31 23:30:00+00:00", tick=False):
        words = text_of(signed_in(cast.mo).get(SUMMARY))

    assert "Overdue 1" in words


@pytest.mark.slow
def test_the_page_costs_the_same_for_many_actions(
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
    add(5)
    few = queries_for(mo, SUMMARY)
    add(195)

    assert queries_for(mo, SUMMARY) == few
    assert few <= 12
