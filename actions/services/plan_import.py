"""Bringing a staged plan in: all of its actions or none."""

import uuid
from datetime import datetime

from django.db import transaction

from actions.importing.matching import Choices
from actions.plan_import_readings import StagedPlan, choices_to_json, staged_plan
from actions.services.plan_writing import CHANGED_SINCE, PlanWriter
from cse_tracker.accounts.models import ImportRun, User
from cse_tracker.accounts.services.imports import (
    finish_commit,
    hold_run,
    hold_staged,
)
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.core.errors import RuleBroken

NOTHING = (
    "Nothing is left to bring in. Untick a row, tick that the actions you seem to have come "
    "in too, or discard the upload."
)


@transaction.atomic
def commit_plan(
    *, run: ImportRun, choices: Choices, seen: str, now: datetime, by: User
) -> ImportRun:
    """Write the actions with their notes and links: all of it or nothing.

    ``seen`` is the fingerprint of what the preview compared with. A second call finds the
    first one's work done and changes nothing. Raises RuleBroken if there is nothing to bring
    in, or if the record changed since the preview.
    """
    # Held first, as whoever plans an action holds it for the number.
    lock_organisation(run.organisation)
    current = hold_run(run)
    if current.state == ImportRun.State.COMMITTED:
        return current
    run = hold_staged(run)
    staged = staged_plan(run, choices)
    _check(staged, seen)
    batch = uuid.uuid4()
    run.staged |= {"written": PlanWriter(staged, batch, now, by).write()}
    # What only the comparison with the record showed is said afterwards too.
    run.problems += [problem.to_json() for problem in staged.plan.problems]
    run.choices = choices_to_json(choices)
    return finish_commit(
        run, batch=batch, now=now, by=by, changes={"choices": ({}, run.choices)}
    )


def _check(staged: StagedPlan, seen: str) -> None:
    if staged.fingerprint != seen:
        raise RuleBroken(CHANGED_SINCE)
    if not staged.plan.included:
        raise RuleBroken(NOTHING)
