"""A plan downloaded here and brought in where nothing is yet: nothing is lost."""

from datetime import date, datetime, timedelta

import pytest

from actions.exporting import PLAN_COLUMNS
from actions.importing.columns import Column
from actions.models import Action, ActionNote
from actions.plan_import_readings import staged_plan
from actions.services.details import ActionDetails
from actions.services.finishing import (
    claim_done,
    close_action,
    decline_action,
    reopen_action,
)
from actions.services.notes import write_note
from actions.services.planning import answer_with, plan_action
from actions.services.updating import withdraw_action
from cse_tracker.core.dates import LONDON
from tests.actions.plan_files import (
    NOW,
    bring_all_in,
    bring_in,
    stage_data,
    tables_of,
    written,
)
from tests.factories import EvidenceItemFactory, ServiceFactory

pytestmark = pytest.mark.django_db
Kind = ActionNote.Kind
LONG_AGO = datetime(2025, 7, 1, 0, 30, tzinfo=LONDON)
# What hangs on comments and evidence, which an empty organisation lacks.
OF_OTHERS = [
    PLAN_COLUMNS.index(column)
    for column in (Column.REFS, Column.ORIGIN, Column.EVIDENCE)
]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def plan(cast, certification):
    """``plan("Title", day_by_day)`` plans it for Ashby; each step is a move with the action."""

    def plan(title, *steps, **details) -> Action:
        details = ActionDetails(title=title, **details)
        action = plan_action(organisation=cast.ashby, details=details, by=cast.lena)
        Action.objects.filter(pk=action.pk).update(created_at=LONG_AGO)
        for step in steps:
            step(action)
            action.refresh_from_db()
        return action

    return plan


@pytest.fixture
def whole_plan(cast, plan):
    """One action of every kind, also with texts that look like formulas."""

    def move(service, by=cast.mo, **values):
        return lambda action: service(
            action=action, seen_version=action.version, now=NOW, by=by, **values
        )

    minutes = EvidenceItemFactory.create(organisation=cast.ashby, title="Minutes")
    claim = move(claim_done, words="We did.", evidence=[minutes])
    close = move(close_action, by=cast.cass)
    plan("=1+1", done_looks_like="'=1", resource_note="+44\n\uff1d2", owner="-Jo")
    plan(
        "Set targets",
        lambda action: write_note(
            action=action,
            kind=Kind.PROGRESS,
            text="@two\nservices; agreed, “at last”",
            day=date(2026, 2, 1),
            now=NOW,
            by=cast.mo,
        ),
        owner=cast.mo.memberships.get(),
        service=ServiceFactory.create(organisation=cast.ashby, name="Housing"),
        priority=Action.Priority.HIGH,
        origin=Action.Origin.FEEDBACK,
        starts_on=date(2026, 1, 1),
        due_on=date(2026, 12, 31),
        status=Action.Status.AT_RISK,
    )
    plan("Done", claim)
    plan("x" * 200, claim, close)
    plan("Declined", move(decline_action, words="Too dear."))
    plan("Again", claim, move(reopen_action, words="Not all of it."))
    plan(
        "Gone",
        lambda each: withdraw_action(
            action=each, seen_version=1, now=NOW, by=cast.lena
        ),
    )
    plan("Gone too")


def without_others(table):
    return [
        [value for place, value in enumerate(row) if place not in OF_OTHERS]
        for row in table.rows
    ]


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_every_field_and_note_of_a_plan_comes_through(whole_plan, cast, name):
    plan, progress = tables_of(cast.ashby)
    data = written([plan, progress], name)

    run = stage_data(data, name, organisation=cast.elsewhere, by=cast.sam)
    bring_all_in(run, by=cast.sam)

    again, said = tables_of(cast.elsewhere)
    assert without_others(again) == without_others(plan)
    if name == "plan.xlsx":
        besides = "The file says besides:\nEvidence: Minutes"
        kept = [row for row in said.rows if row[-1] != besides]
        assert kept == progress.rows
        assert len(said.rows) - len(kept) == 3


def test_what_an_action_of_its_own_holds_is_the_same_to_the_last_row(plan, cast):
    plan("=1+1", due_on=date(2026, 12, 31), origin=Action.Origin.REVIEW)
    before = tables_of(cast.ashby)
    data = written(before, "plan.xlsx")

    run = stage_data(data, "plan.xlsx", organisation=cast.elsewhere, by=cast.sam)
    bring_all_in(run, by=cast.sam)

    assert tables_of(cast.elsewhere) == before


def test_elements_and_evidence_come_through_where_they_are_there_too(
    plan, cast, finding
):
    minutes = EvidenceItemFactory.create(organisation=cast.ashby, title="Minutes")
    action = plan("Set targets")
    answer_with(action=action, finding=finding, seen_version=1, by=cast.lena)
    action.evidence.add(minutes, through_defaults={"organisation": cast.ashby})
    before = tables_of(cast.ashby)
    data = written(before, "plan.xlsx")
    Action.objects.all().delete()

    run = stage_data(data, "plan.xlsx", organisation=cast.ashby, by=cast.lena)
    bring_in(run, by=cast.lena, linked=["1.3.4"])

    assert tables_of(cast.ashby) == before


def test_a_plan_that_is_there_already_looks_known_from_end_to_end(whole_plan, cast):
    data = written(tables_of(cast.ashby), "plan.xlsx")

    run = stage_data(data, "plan.xlsx", organisation=cast.ashby, by=cast.lena)

    plan = staged_plan(run).plan
    assert len(plan.known) == len(plan.actions) == Action.objects.count()


def test_who_said_something_stays_said_by_them(whole_plan, cast):
    data = written(tables_of(cast.ashby), "plan.xlsx")
    run = stage_data(data, "plan.xlsx", organisation=cast.elsewhere, by=cast.sam)
    bring_all_in(run, by=cast.sam)

    note = ActionNote.objects.get(
        organisation=cast.elsewhere, kind=Kind.PROGRESS, text__startswith="@two"
    )
    assert (note.author, note.by) == (str(cast.mo), cast.sam)
    assert NOW - note.written_at < timedelta(days=1)
