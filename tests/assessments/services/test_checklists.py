"""Steps that two people add at the same moment stand one after the other."""

import pytest

from assessments.services.checklists import Step, add_step
from tests.waiting import while_uncommitted


@pytest.mark.postgresql
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_steps_added_at_once_take_two_places(open_assessment, cast):
    def add(text):
        return add_step(assessment=open_assessment, step=Step(text), by=cast.lena)

    while_uncommitted(lambda: add("Book the room"), lambda: add("Send evidence"))

    places = open_assessment.checklist.order_by("order").values_list("order", flat=True)
    assert list(places) == [1, 2]
