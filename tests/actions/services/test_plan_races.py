"""Two clicks at the same moment: the plan is brought in once, and taken back once."""

import pytest

from actions.models import Action
from actions.services.details import ActionDetails
from actions.services.plan_undo import undo_plan
from actions.services.planning import answer_with, decline_to_act, plan_action
from assessments.models import Finding
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import RuleBroken
from tests.actions.plan_files import NOW, bring_in, stage
from tests.waiting import at_once, while_uncommitted

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def council(certification, cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return cast.ashby


@pytest.fixture
def run(council, cast):
    return stage("No|Action\n1|Ask people\n2|Tell", organisation=council, by=cast.lena)


def test_of_parallel_commits_and_undos_one_writes(run, cast):
    at_once(4, lambda _: bring_in(run, by=cast.lena))
    assert Action.objects.count() == 2

    at_once(4, lambda _: undo_plan(run=run, now=NOW, by=cast.lena))

    assert not Action.objects.exists()
    about_the_run = Event.objects.filter(target_type="accounts.importrun")
    verbs = list(about_the_run.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["uploaded", "brought in", "undone"]


def test_an_action_that_is_being_planned_keeps_its_number(run, cast):
    details = ActionDetails(title="Ask nobody")

    with pytest.raises(RuleBroken, match="Check it again below"):
        while_uncommitted(
            lambda: plan_action(organisation=cast.ashby, details=details, by=cast.mo),
            lambda: bring_in(run, by=cast.lena),
        )

    assert Action.objects.get().number == 1


def test_a_comment_that_is_being_answered_stays_decided_when_the_import_goes(
    cast, council, finding
):
    run = stage("Action|Ref\nSet targets|1.3.4", organisation=council, by=cast.lena)
    run = bring_in(run, by=cast.lena, linked=["1.3.4"])
    details = ActionDetails(title="Ask people")
    own = plan_action(organisation=council, details=details, by=cast.mo)
    finding.refresh_from_db()
    version = finding.version

    while_uncommitted(
        lambda: answer_with(
            action=own, finding=finding, seen_version=version, by=cast.mo
        ),
        lambda: undo_plan(run=run, now=NOW, by=cast.lena),
    )

    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.ACT


def test_a_comment_that_is_being_declined_is_not_linked(council, finding, cast):
    run = stage("Action|Ref\nSet targets|1.3.4", organisation=council, by=cast.lena)

    with pytest.raises(RuleBroken, match="Check it again below"):
        while_uncommitted(
            lambda: decline_to_act(
                finding=finding, seen_version=1, reason="Too dear.", by=cast.mo
            ),
            lambda: bring_in(run, by=cast.lena, linked=["1.3.4"]),
        )

    assert not Action.objects.exists()
