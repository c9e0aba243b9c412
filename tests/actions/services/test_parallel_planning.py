"""Twelve people plan actions and save one action at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from actions.models import Action
from actions.services.details import ActionDetails, details_of
from actions.services.planning import plan_action
from actions.services.updating import update_action
from cse_tracker.core.errors import Conflict
from tests.factories import make_cast

TWELVE = range(12)

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


def in_parallel(work) -> list:
    """What ``work(0)`` to ``work(11)`` return, all run at once."""

    def run(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(TWELVE)) as pool:
        return list(pool.map(run, TWELVE))


def test_actions_planned_at_once_get_numbers_without_a_gap(transactional_db):
    cast = make_cast()

    in_parallel(
        lambda number: plan_action(
            organisation=cast.ashby,
            details=ActionDetails(title=f"Idea {number}"),
            by=cast.lena,
        )
    )

    numbers = Action.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 13))


def test_of_twelve_saves_at_once_exactly_one_wins(transactional_db):
    cast = make_cast()
    action = plan_action(
        organisation=cast.ashby, details=ActionDetails(title="Ask"), by=cast.lena
    )

    def save(number):
        details = replace(details_of(action), notes=f"Note {number}")
        try:
            update_action(action=action, seen_version=1, details=details, by=cast.mo)
        except Conflict:
            return None
        return details.notes

    saved = [notes for notes in in_parallel(save) if notes]

    assert saved == [Action.objects.get().notes]
