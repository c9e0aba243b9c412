"""What stands in the way of undoing an import is named as people know it."""

import pytest

from actions.models import Action, ActionFinding
from assessments.models import StandardNode
from cse_tracker.core.importing.traces import named

ACTION = Action(number=16, title="Ask anglers")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (ACTION, "Action 16: Ask anglers"),
        (
            ActionFinding(action=ACTION, finding_id=7),
            "Action 16: Ask anglers answers finding 7",
        ),
        (StandardNode(ref="1.1.1", title="Boats"), "Standard node 1.1.1 Boats"),
    ],
)
def test_a_row_says_once_what_it_is(row, name):
    assert named(row) == name
