"""Twelve people plan actions and save one action at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from actions.models import Action
from actions.services.details import ActionDetails, details_of
from actions.services.planning import answer_with, decline_to_act, plan_action
from actions.services.updating import restore_action, update_action, withdraw_action
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import make_cast
from tests.waiting import while_uncommitted

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
        details = replace(details_of(action), resource_note=f"Note {number}")
        try:
            update_action(action=action, seen_version=1, details=details, by=cast.mo)
        except Conflict:
            return None
        return details.resource_note

    saved = [notes for notes in in_parallel(save) if notes]

    assert saved == [Action.objects.get().resource_note]


def test_a_point_is_not_declined_while_an_action_is_planned_for_it(
    transactional_db, cast, finding
):
    def plan():
        return plan_action(
            organisation=cast.ashby,
            details=ActionDetails(title="Ask"),
            by=cast.lena,
            finding=finding,
            seen_version=finding.version,
        )

    # Acted on before, so that planning once more leaves the finding's version alone.
    first = plan()
    withdraw_action(action=first, seen_version=1, now=timezone.now(), by=cast.lena)
    finding.refresh_from_db()

    with pytest.raises(RuleBroken, match="Action 2 answers this comment"):
        while_uncommitted(
            plan,
            lambda: decline_to_act(
                finding=finding, seen_version=2, reason="No", by=cast.mo
            ),
        )


def test_an_action_is_not_restored_while_what_it_answers_is_declined(
    transactional_db, cast, action, finding
):
    answer_with(action=action, finding=finding, seen_version=1, by=cast.lena)
    action.refresh_from_db()
    withdrawn = withdraw_action(
        action=action, seen_version=action.version, now=timezone.now(), by=cast.lena
    )

    with pytest.raises(RuleBroken, match="decided not to act"):
        while_uncommitted(
            lambda: decline_to_act(
                finding=finding, seen_version=2, reason="No", by=cast.mo
            ),
            lambda: restore_action(
                action=withdrawn, seen_version=withdrawn.version, by=cast.lena
            ),
        )
