"""Bringing a plan in: what is written, what is asked, and taking it back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.importing.matching import ADD
from actions.models import Action, ActionNote
from actions.plan_import_readings import staged_plan
from actions.services.details import ActionDetails
from actions.services.notes import write_note
from actions.services.plan_undo import undo_plan
from actions.services.plan_writing import CHANGED_SINCE
from actions.services.planning import plan_action
from assessments.models import Finding
from cse_tracker.accounts.models import Event, ImportRun, Notification, Service
from cse_tracker.accounts.services.imports import ImportInUse
from cse_tracker.core.errors import RuleBroken
from tests.actions.plan_files import NOW, bring_in, stage
from tests.factories import EvidenceItemFactory, FindingFactory, ServiceFactory

pytestmark = pytest.mark.django_db
Kind = ActionNote.Kind


@pytest.fixture
def council(cast, certification, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return cast.ashby


@pytest.fixture
def staged(council, cast):
    """``staged("Action|Owner\\nAsk people|Mo")`` is the run of that plan."""
    return lambda text: stage(text, organisation=council, by=cast.lena)


@pytest.fixture
def brought_in(staged, cast):
    """``brought_in(text, **choices)`` commits it."""
    return lambda text, **choices: bring_in(staged(text), by=cast.lena, **choices)


def notes_of(action):
    return [(note.kind, note.text, note.day) for note in action.notes.order_by("pk")]


def test_an_action_comes_in_with_all_that_its_row_says(brought_in, council, cast):
    housing = ServiceFactory.create(organisation=council, name="Housing")
    minutes = EvidenceItemFactory.create(organisation=council, title="Minutes")

    brought_in(
        "No|Action|Success measure|Lead officer|Department|Priority|Start|By when|RAG|"
        "Notes|Resources|Evidence|Source\n"
        "7|Ask more people|Half of them answer|mo quill|housing|H|01/03/2026|31 May 2026|"
        "Amber|Two services agreed.|£200|minutes|Customer feedback"
    )

    action = Action.objects.get()
    assert (action.number, action.title) == (7, "Ask more people")
    assert action.done_looks_like == "Half of them answer"
    assert (action.owner, action.owner_name) == (cast.mo.memberships.get(), "")
    assert (action.service, action.priority, action.origin) == (
        housing,
        "high",
        "feedback",
    )
    assert (action.starts_on, action.due_on) == (date(2026, 3, 1), date(2026, 5, 31))
    assert (action.status, action.resource_note) == ("at_risk", "£200")
    assert list(action.evidence.all()) == [minutes]
    assert notes_of(action) == [(Kind.PROGRESS, "Two services agreed.", NOW.date())]


def test_what_has_no_place_is_kept_in_a_comment(brought_in):
    brought_in(
        "No|Action|Due|Department|Ref|Evidence\nA-17|Ask|asap|Harbour|1.3.4 and 9.9.9|Poll"
    )

    [(kind, text, _)] = notes_of(Action.objects.get())
    assert kind == Kind.COMMENT
    assert text.splitlines()[1:] == [
        "Due date: asap",
        "Number: A-17",
        "Elements: 1.3.4 and 9.9.9",
        "Service: Harbour",
        "Evidence: Poll",
    ]


def test_a_closed_action_stays_closed_and_says_where_it_comes_from(brought_in):
    brought_in("Action|Status|Closed on\nAsk people|Closed|1 February 2026")

    action = Action.objects.get()
    assert action.status == Action.Status.CLOSED
    assert action.finished_at.date() == action.claimed_at.date() == date(2026, 2, 1)
    [(kind, text, day)] = notes_of(action)
    assert (kind, day) == (Kind.CLOSED, date(2026, 2, 1))
    assert text == "Closed already when it was brought in."


def test_a_done_action_waits_for_somebody_else_to_check_it(brought_in, cast):
    brought_in("Action|Status|Completed\nAsk people|Complete|01/02/2026")

    action = Action.objects.get()
    assert (action.status, action.finished_at) == (Action.Status.DONE, None)
    assert (action.claimed_at.date(), action.claimed_by) == (
        date(2026, 2, 1),
        cast.lena,
    )


def test_without_a_day_of_completion_it_is_the_day_of_the_import(brought_in):
    brought_in("Action|Status\nAsk people|Closed\nAsk more|Declined")

    for action in Action.objects.all():
        assert action.finished_at == NOW


def test_an_owner_whom_nobody_knows_stays_a_name(brought_in):
    brought_in("Action|Owner\nAsk people|Jo Partner")

    assert Action.objects.get().owner_name == "Jo Partner"


def test_an_owner_is_found_by_address(brought_in, cast):
    brought_in(f"Action|Owner\nAsk people|Mo <{cast.mo.email.upper()}>")

    assert Action.objects.get().owner == cast.mo.memberships.get()


def test_a_service_is_only_added_when_somebody_says_so(brought_in, council):
    brought_in("Action|Service\nAsk people|Harbour")
    assert not Service.objects.of(council).exists()

    brought_in("Action|Service\nAsk more people|Harbour", services={"harbour": ADD})

    assert Action.objects.get(number=2).service == Service.objects.get(name="Harbour")


def test_an_unknown_service_can_be_one_of_ours(brought_in, council):
    parks = ServiceFactory.create(organisation=council, name="Parks")

    brought_in(
        "Action|Service\nAsk|Green spaces", services={"green spaces": str(parks.pk)}
    )

    assert Action.objects.get().service == parks


def test_an_action_that_is_there_is_left_out_unless_it_is_wanted(staged, council, cast):
    plan_action(
        organisation=council,
        details=ActionDetails(title="Ask people", due_on=date(2026, 5, 1)),
        by=cast.lena,
    )
    text = "No|Action|Due\n1|ASK  people|2027-01-01\n9|Ask people|1 May 2026\n1|New|\n"

    bring_in(staged(text), by=cast.lena)
    assert list(Action.objects.values_list("number", "title").order_by("number")) == [
        (1, "Ask people"),
        (2, "New"),
    ]

    bring_in(staged(text), by=cast.lena, known_too=True)
    assert Action.objects.count() == 5


def test_nothing_new_is_nothing_to_bring_in(staged, action, cast):
    run = staged("No|Action\n1|Set targets for satisfaction")

    with pytest.raises(RuleBroken, match="Nothing is left to bring in"):
        bring_in(run, by=cast.lena)


def test_comments_are_linked_and_decided_where_the_person_ticks_the_element(
    brought_in, finding, open_assessment
):
    strength = FindingFactory.create(
        assessment=open_assessment, node_id=finding.node_id, kind=Finding.Kind.STRENGTH
    )

    brought_in("Action|Ref\nSet targets|1.3.4\nAsk|1.1.1", linked=["1.3.4"])

    action, alone = Action.objects.order_by("number")
    finding.refresh_from_db()
    assert list(action.findings.all()) == [finding]
    assert finding.decision == Finding.Decision.ACT
    assert not alone.findings.exists()
    assert not strength.actions.exists()
    event = Event.objects.get(
        verb="brought in", target_id=action.pk, batch__isnull=False
    )
    assert event.node_id == finding.node_id


def test_unticked_nothing_is_linked(brought_in, finding):
    brought_in("Action|Ref\nSet targets|1.3.4")

    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.UNDECIDED
    assert not finding.actions.exists()


def test_a_plan_that_was_planned_on_since_has_to_be_looked_at_again(
    staged, council, cast
):
    run = staged("Action|Owner\nAsk people|Mo")
    seen = staged_plan(run).fingerprint
    plan_action(
        organisation=council, details=ActionDetails(title="Ask people"), by=cast.mo
    )

    with pytest.raises(RuleBroken) as refusal:
        bring_in(run, by=cast.lena, seen=seen)

    assert str(refusal.value) == CHANGED_SINCE
    assert Action.objects.count() == 1


def test_a_second_commit_changes_nothing(staged, cast):
    run = staged("Action|Owner\nAsk people|Mo")

    bring_in(run, by=cast.lena)
    bring_in(run, by=cast.lena)

    assert Action.objects.count() == 1


def test_undoing_takes_everything_back(brought_in, finding, council, cast):
    run = brought_in(
        "Action|Ref|Notes|Service\nSet targets|1.3.4|Begun|Harbour",
        linked=["1.3.4"],
        services={"harbour": ADD},
    )

    undo_plan(run=run, now=NOW, by=cast.lena)

    finding.refresh_from_db()
    assert not Action.objects.exists()
    assert finding.decision == Finding.Decision.UNDECIDED
    assert not Service.objects.of(council).current().exists()
    assert undo_plan(run=run, now=NOW, by=cast.lena).state == ImportRun.State.UNDONE
    titles = Event.objects.filter(verb="undone", batch=run.batch)
    assert [event.changes for event in titles] == [{"title": ["Set targets", ""]}]


def test_undoing_takes_away_what_the_import_told(brought_in, council, cast):
    other = plan_action(
        organisation=council,
        details=ActionDetails(title="Tell", owner=cast.mo.memberships.get()),
        by=cast.lena,
    )
    run = brought_in("Action|Owner\nAsk people|Mo Quill")
    assert Notification.objects.count() == 2

    undo_plan(run=run, now=NOW, by=cast.lena)

    [kept] = Notification.objects.all()
    assert kept.path == other.get_absolute_url()


def test_the_number_of_an_undone_action_is_never_given_again(brought_in, council, cast):
    run = brought_in("Action|Owner\nAsk|Jo\nTell|Jo")

    undo_plan(run=run, now=NOW, by=cast.lena)

    details = ActionDetails(title="Listen")
    planned = plan_action(organisation=council, details=details, by=cast.lena)
    brought_in("No|Action\n1|Ask\n2|Another\n|More")
    numbers = dict(Action.objects.values_list("title", "number"))
    # The file's own number comes back to the same action, to no other.
    assert planned.number == 3
    assert numbers == {"Ask": 1, "Listen": 3, "Another": 4, "More": 5}


def test_a_service_that_came_with_it_stays_where_somebody_uses_it(
    brought_in, council, cast
):
    run = brought_in("Action|Service\nAsk|Harbour", services={"harbour": ADD})
    harbour = Service.objects.get()
    details = ActionDetails(title="Tell", service=harbour)
    plan_action(organisation=council, details=details, by=cast.mo)

    undo_plan(run=run, now=NOW, by=cast.lena)

    assert list(Service.objects.of(council).current()) == [harbour]


def test_what_another_action_answers_stays_decided(brought_in, finding, cast):
    text = "Action|Ref\n{}|1.3.4"
    first = brought_in(text.format("Set targets"), linked=["1.3.4"])
    brought_in(text.format("Ask people"), linked=["1.3.4"])

    undo_plan(run=first, now=NOW, by=cast.lena)

    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.ACT


def test_an_action_that_was_worked_on_stands_in_the_way(brought_in, cast):
    run = brought_in("Action|Owner\nAsk people|Mo\nAsk more|Mo")
    first, second = Action.objects.order_by("number")
    write_note(
        action=first,
        kind=Kind.PROGRESS,
        text="Asked ten.",
        day=NOW.date(),
        now=NOW,
        by=cast.mo,
    )
    Action.objects.filter(pk=second.pk).update(version=2)

    with pytest.raises(ImportInUse) as refusal:
        undo_plan(run=run, now=NOW, by=cast.lena)

    assert refusal.value.obstacles == [
        "Action 2: Ask more was changed.",
        "Something was said about Action 1: Ask people.",
    ]
    assert Action.objects.count() == 2


def test_what_nobody_is_named_for_was_said_by_the_file(brought_in, cast):
    brought_in("Action|Notes\nAsk people|Two services agreed.")

    note = ActionNote.objects.get()
    assert (note.author, note.by) == ("Pasted plan", cast.lena)


def test_a_withdrawn_action_answers_nothing(brought_in, finding):
    brought_in("Action|Ref|Withdrawn on\nAsk|1.3.4|2026-02-01", linked=["1.3.4"])

    finding.refresh_from_db()
    assert Action.objects.get().withdrawn_at is not None
    assert finding.decision == Finding.Decision.UNDECIDED


def test_bringing_in_costs_the_same_for_many_actions(council, cast):
    ServiceFactory.create(organisation=council, name="Harbour")
    lines = [f"Ask {number}|Mo Quill|Harbour" for number in range(30)]
    counts = []
    for found in (lines[:3], lines[3:]):
        text = "\n".join(["Action|Owner|Service", *found])
        run = stage(text, organisation=council, by=cast.lena)
        with CaptureQueriesContext(connection) as queries:
            bring_in(run, by=cast.lena)
        counts.append(len(queries))

    assert counts[0] == counts[1]
