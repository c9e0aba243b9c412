"""An action plan to work on: Ashby's, with findings of its review of 2026."""

from datetime import date

import pytest
import time_machine

from actions.models import Action
from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from assessments.models import Finding
from assessments.standard_tree import tree_for
from tests.action_states import put_in
from tests.factories import FindingFactory

TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _third_of_march():
    """The day of all these tests, in the middle of it."""
    with time_machine.travel("2026-03-03 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def node(cast, certification):
    """Element 1.3.4."""
    tree = tree_for(cast.ashby, certification.standard)
    return tree.by_ref["1.3.4"]


@pytest.fixture
def finding(open_assessment, node) -> Finding:
    """Why 1.3.4 is not fully compliant; nobody has decided on it."""
    return FindingFactory.create(
        assessment=open_assessment,
        node_id=node.id,
        kind=Finding.Kind.COMPLIANCE,
        comment="Targets for satisfaction are set by two services only. The others follow.",
    )


@pytest.fixture
def action(cast) -> Action:
    """Action 1, due in a week, with Mo."""
    return plan_action(
        organisation=cast.ashby,
        details=ActionDetails(
            title="Set targets for satisfaction",
            owner=cast.mo.memberships.get(),
            due_on=date(2026, 3, 10),
            resource_note="Asked the services.",
        ),
        by=cast.lena,
    )


@pytest.fixture
def plan(cast):
    """``plan("Title", due_on=…)`` adds an action to Ashby's plan, in any status."""

    def plan(
        title, finding=None, status=Action.Status.NOT_STARTED, **details
    ) -> Action:
        action = plan_action(
            organisation=cast.ashby,
            details=ActionDetails(title=title, **details),
            finding=finding,
            by=cast.lena,
        )
        return put_in(action, status)

    return plan
