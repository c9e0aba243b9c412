"""Reading what an action plan says: the plan as at the moment of its building."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action, ActionNote
from actions.readings import action_counts
from actions.services.details import ActionDetails, details_of
from actions.services.finishing import decline_action
from actions.services.notes import add_note, write_note
from actions.services.planning import plan_action
from actions.services.updating import update_action, withdraw_action
from assessments.models import Finding
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import tree_for
from cse_tracker.core.dates import local_day
from reports.models import Paper
from reports.options import PaperOptions
from reports.plan.facts import OpenAction, PlanFacts, Progress
from reports.plan.summary import figures_of
from reports.plan_facts import collect_plans
from tests.factories import FindingFactory, MembershipFactory, ServiceFactory
from tests.reports.conftest import NOW
from tests.reports.plan.samples import EVERYTHING

TODAY = local_day(NOW)
Status = Action.Status


@pytest.fixture
def plan(cast) -> Callable[..., Action]:
    """``plan("Ask more", finding)`` plans an action that answers a comment, or none."""

    def make(
        title: str = "Ask more", finding: Finding | None = None, **values
    ) -> Action:
        return plan_action(
            organisation=cast.ashby,
            details=ActionDetails(title=title, **values),
            finding=finding,
            by=cast.lena,
        )

    return make


@pytest.fixture
def say(open_assessment) -> Callable[[str], Finding]:
    """``say("1.3.4")`` is a comment of the review of 2026 on that element."""
    tree = tree_for(
        open_assessment.organisation, open_assessment.certification.standard
    )

    def write(ref: str) -> Finding:
        node = tree.by_ref[ref]
        return FindingFactory.create(
            assessment=open_assessment,
            node_id=node.id,
            kind=Finding.Kind.COMPLIANCE,
            comment=f"On {ref}.",
        )

    return write


def facts_of(cast, options: PaperOptions = EVERYTHING, **values) -> PlanFacts:
    # No row in the database has this key.
    paper = Paper(
        pk=0,
        organisation=cast.ashby,
        kind=Paper.Kind.ACTION_PLAN,
        **({"as_at": NOW} | values),
        **{name: getattr(options, name) for name in PaperOptions.__annotations__},
    )
    return collect_plans([paper])[0]


def only(facts: PlanFacts) -> OpenAction:
    [action] = facts.actions
    return action


def finish(action: Action, status: Action.Status, days_ago: int) -> None:
    moment = NOW - timedelta(days=days_ago)
    Action.objects.filter(pk=action.pk).update(
        status=status, claimed_at=moment, finished_at=moment
    )


def issue_a_plan(cast, days_ago: int, **values) -> Paper:
    moment = NOW - timedelta(days=days_ago)
    return Paper.objects.create(
        organisation=cast.ashby,
        kind=Paper.Kind.ACTION_PLAN,
        number=days_ago,
        title="Action plan",
        build_state="done",
        as_at=moment,
        **dict.fromkeys(("queued_at", "finished_at", "ordered_at"), moment),
        **dict.fromkeys(("ordered_by", "reviewed_by", "issued_by"), cast.lena),
        **dict.fromkeys(("reviewed_at", "issued_at"), moment),
        **({"state": "issued"} | values),
    )


def test_an_action_stands_with_the_first_element_that_it_is_about_and_names_all(
    cast, say, plan
):
    action = plan("Ask more", say("3.3.2"))
    for ref in ("1.3.4", "1.3.4", "1.1.1"):
        action.findings.through.objects.create(
            organisation=cast.ashby, action=action, finding=say(ref)
        )

    [group] = facts_of(cast).groups

    assert (group.ref, group.criterion) == ("1.1.1", "Criterion 1: Customer Insight")
    assert group.actions[0].refs == ("1.1.1", "1.3.4", "3.3.2")


def test_groups_are_in_the_order_of_the_standard_and_what_is_about_none_is_last(
    cast, say, plan
):
    plan("About none")
    for ref in ("4.1.2", "1.3.4", "1.3.2"):
        plan(f"About {ref}", say(ref))

    groups = facts_of(cast).groups

    assert [group.ref for group in groups] == ["1.3.2", "1.3.4", "4.1.2", ""]
    assert groups[-1].criterion == groups[-1].title == ""


def test_a_sub_elements_action_stands_with_its_element_under_its_own_ref(
    cast, open_assessment, plan
):
    tree = tree_for(cast.ashby, open_assessment.certification.standard)
    parent = tree.by_ref["3.3.2"]
    part = add_sub_element(
        assessment=open_assessment, parent=parent, statement="Numbers", by=cast.lena
    )
    plan(
        finding=FindingFactory.create(
            assessment=open_assessment, node_id=part.pk, comment="Few."
        )
    )

    [group] = facts_of(cast).groups

    assert (group.ref, group.title) == ("3.3.2", parent.title)
    assert group.actions[0].refs == (part.ref,)


def test_its_figures_are_those_of_the_pages(cast, plan):
    late, soon, far = TODAY - timedelta(1), TODAY + timedelta(30), TODAY + timedelta(31)
    for due_on in (late, TODAY, soon, far, None):
        plan(due_on=due_on)
    claimed = plan(due_on=late)
    Action.objects.filter(pk=claimed.pk).update(status=Status.DONE, claimed_at=NOW)
    finish(plan(due_on=late), Status.CLOSED, days_ago=3)

    facts = facts_of(cast)
    shown = figures_of(facts)
    counts = action_counts(Action.objects.of(cast.ashby), on=TODAY)

    assert (shown.open, shown.overdue, shown.due_soon) == (6, 1, 2)
    assert (counts.open, counts.overdue, counts.due_soon) == (6, 1, 2)
    assert (shown.waiting, facts.closed_count) == (1, 1)


def test_a_moved_due_date_says_how_often_and_how_far(cast, plan):
    action = plan(due_on=date(2026, 9, 1))
    for due_on in (date(2026, 10, 1), date(2026, 11, 30)):
        details = replace(details_of(action), due_on=due_on)
        action = update_action(
            action=action, seen_version=action.version, details=details, by=cast.mo
        )

    assert only(facts_of(cast)).moved == "Moved twice, 90 days"


def test_the_latest_progress_is_told_and_no_comment(cast, plan):
    action = plan()
    for kind, text, days_ago in (
        (ActionNote.Kind.PROGRESS, "Half are done.", 2),
        (ActionNote.Kind.PROGRESS, "Begun.", 9),
        (ActionNote.Kind.COMMENT, "Between us: it drags.", 1),
    ):
        day = TODAY - timedelta(days_ago)
        write_note(action=action, kind=kind, text=text, day=day, now=NOW, by=cast.mo)

    told = only(facts_of(cast)).progress

    assert told == Progress(TODAY - timedelta(2), "Half are done.")
    assert only(facts_of(cast, PaperOptions())).progress is None


def test_words_of_a_claim_are_progress_and_reasons_are_not(cast, plan):
    action = plan()
    for kind, days_ago in (
        (ActionNote.Kind.CLAIMED, 3),
        (ActionNote.Kind.REOPENED, 2),
        (ActionNote.Kind.DECLINED, 1),
    ):
        day = TODAY - timedelta(days_ago)
        add_note(action, kind, f"It was {kind}.", day, cast.mo)

    told = only(facts_of(cast)).progress

    assert told == Progress(TODAY - timedelta(3), "It was claimed.")


def test_an_action_without_an_owner_has_none_also_where_nobody_is_named(cast, plan):
    plan(owner="A neighbour")
    plan()

    facts = facts_of(cast, PaperOptions())

    assert [each.has_owner for each in facts.actions] == [True, False]


def test_a_plan_without_names_says_services_alone(cast, plan):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    member = MembershipFactory.create(organisation=cast.ashby, service=housing)
    plan(owner=member)
    plan(owner="A neighbour")

    named = [(each.owner, each.service) for each in facts_of(cast).actions]
    public = [
        (each.owner, each.service) for each in facts_of(cast, PaperOptions()).actions
    ]

    assert named == [(str(member.user), "Housing"), ("A neighbour", "")]
    assert public == [("", "Housing"), ("", "")]


def test_a_plan_of_one_service_has_its_actions_alone(cast, plan):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    member = MembershipFactory.create(organisation=cast.ashby, service=housing)
    plan("Theirs", service=housing)
    plan("Their member's", owner=member)
    plan("Nobody's")

    facts = facts_of(cast, service=housing)

    assert facts.service == "Housing"
    assert {each.title for each in facts.actions} == {"Theirs", "Their member's"}


def test_withdrawn_and_other_organisations_actions_are_not_printed(cast, plan):
    action = plan()
    withdraw_action(action=action, seen_version=action.version, now=NOW, by=cast.lena)
    plan_action(
        organisation=cast.elsewhere, details=ActionDetails(title="Ours"), by=cast.sam
    )

    assert facts_of(cast).actions == ()


def test_without_an_earlier_plan_finished_actions_of_twelve_months_count(cast, plan):
    for days_ago in (0, 364, 366):
        finish(plan(f"Closed {days_ago}"), Status.CLOSED, days_ago)
    kiosk = plan("Buy a kiosk")
    decline_action(
        action=kiosk,
        seen_version=kiosk.version,
        words="Too dear.",
        now=NOW,
        by=cast.lena,
    )

    facts = facts_of(cast)

    assert (facts.since, facts.counted_from) == (None, date(2025, 11, 22))
    assert [each.title for each in facts.closed] == ["Closed 0", "Closed 364"]
    assert [each.reason for each in facts.declined] == ["Too dear."]
    bare = facts_of(cast, PaperOptions())
    assert (bare.closed_count, bare.closed, bare.declined) == (2, (), ())
    assert bare.declined_count == 1


def test_after_an_issued_plan_only_what_was_finished_since_counts(cast, plan):
    issue_a_plan(cast, 60, state="superseded")
    issue_a_plan(cast, 30)
    issue_a_plan(
        cast, 10, service=ServiceFactory.create(organisation=cast.ashby, name="Housing")
    )
    for days_ago in (29, 31):
        finish(plan(f"Closed {days_ago}"), Status.CLOSED, days_ago)

    facts = facts_of(cast)

    assert facts.since == TODAY - timedelta(30)
    assert [each.title for each in facts.closed] == ["Closed 29"]


def test_a_plan_that_was_issued_later_changes_nothing(cast):
    issue_a_plan(cast, 30, state="superseded")
    issue_a_plan(cast, 20)

    facts = facts_of(cast, as_at=NOW - timedelta(25))

    assert facts.since == TODAY - timedelta(30)


def test_a_closed_action_that_was_withdrawn_does_not_count(cast, plan):
    closed = plan()
    finish(closed, Status.CLOSED, 29)
    Action.objects.filter(pk=closed.pk).update(withdrawn_at=NOW)

    facts = facts_of(cast)

    assert (facts.closed_count, facts.closed) == (0, ())


def test_a_withdrawn_plan_counts_as_none(cast):
    issue_a_plan(cast, 30, state="withdrawn", withdrawn_at=NOW)

    assert facts_of(cast).since is None


def test_many_actions_cost_the_queries_of_one(cast, say, plan):
    costs = []
    for ref in ("1.3.4", "3.3.2"):
        for number in range(3 if costs else 1):
            finish(plan(f"Closed {number}", say(ref)), Status.CLOSED, 1)
            plan(f"Open {number}", say(ref), owner=cast.mo.memberships.get())
        with CaptureQueriesContext(connection) as queries:
            facts_of(cast)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 13
