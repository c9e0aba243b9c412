"""What the services of all imports share: keep a file, give it up, bring it in, undo it.

What is read from a file, written and taken back again is each importer's own.
"""

import uuid
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction

from cse_tracker.accounts.models import ImportRun, Organisation, User
from cse_tracker.accounts.services.events import Changes, record_event
from cse_tracker.accounts.verbs import BROUGHT_IN, UNDONE
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.stored_files import store_file
from cse_tracker.core.uploads import safe_name

OBSTACLES_NAMED = 20
MOVED_ON = "This import is no longer waiting. Upload the file again to bring it in."
DONE_ALREADY = "This import is done already. Undo it instead."
NOTHING_TO_UNDO = (
    "This import has not brought anything in, so there is nothing to undo."
)


class ImportInUse(RuleBroken):
    """Something was built on the import. ``obstacles`` are sentences, at most 20."""

    def __init__(self, obstacles: list[str]) -> None:
        self.obstacles = obstacles[:OBSTACLES_NAMED]
        more = len(obstacles) - len(self.obstacles)
        if more:
            self.obstacles.append(f"And {more} more.")
        super().__init__(
            "This import can't be undone, because something was changed or added since."
        )


def keep_upload(  # noqa: PLR0913  # each argument is a column of the run or of its event
    *,
    organisation: Organisation,
    kind: str,
    file: "File[Any]",
    staged: dict[str, Any],
    problems: list[Any],
    by: User,
    choices: dict[str, Any] | None = None,
    assessment_id: int | None = None,
) -> ImportRun:
    """Keep a file with what was read from it, as JSON can keep it, for a preview.

    Call inside ``no_orphans`` and a transaction.
    """
    stored = store_file(organisation.uuid, file)
    run = ImportRun.objects.create(
        organisation=organisation,
        kind=kind,
        file=stored.name,
        file_name=safe_name(file.name or ""),
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        staged=staged,
        problems=problems,
        choices=choices or {},
        uploaded_by=by,
    )
    record_event(
        by=by,
        verb="uploaded",
        target=run,
        organisation=organisation,
        assessment_id=assessment_id,
    )
    return run


def hold_staged(run: ImportRun) -> ImportRun:
    """The run, locked until the transaction ends. Raises RuleBroken unless it waits."""
    held = hold_run(run)
    if held.state != ImportRun.State.STAGED:
        raise RuleBroken(MOVED_ON)
    return held


def hold_run(run: ImportRun) -> ImportRun:
    """The run as it stands, whatever its state, locked until the transaction ends."""
    return (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=run.pk)
    )


@transaction.atomic
def discard_import(*, run: ImportRun, by: User) -> ImportRun:
    """Give up a preview. A second time changes nothing."""
    run = hold_run(run)
    if run.state == ImportRun.State.DISCARDED:
        return run
    if run.state != ImportRun.State.STAGED:
        raise RuleBroken(DONE_ALREADY)
    run.state = ImportRun.State.DISCARDED
    run.version += 1
    run.save(update_fields=["state", "version"])
    record_event(by=by, verb="discarded", target=run, organisation=run.organisation)
    return run


def finish_commit(
    run: ImportRun,
    *,
    batch: uuid.UUID,
    now: datetime,
    by: User,
    changes: Changes | None = None,
    assessment_id: int | None = None,
) -> ImportRun:
    """Say that the run was brought in, once all is written; ``batch`` ties its events."""
    run.state = ImportRun.State.COMMITTED
    run.batch = batch
    run.committed_at, run.committed_by = now, by
    run.version += 1
    run.save()
    record_event(
        by=by,
        verb=BROUGHT_IN,
        target=run,
        organisation=run.organisation,
        changes=changes,
        assessment_id=assessment_id,
    )
    return run


def check_brought_in(run: ImportRun) -> None:
    """Raise RuleBroken unless there is something to undo."""
    if run.state != ImportRun.State.COMMITTED:
        raise RuleBroken(NOTHING_TO_UNDO)


def finish_undo(
    run: ImportRun, *, now: datetime, by: User, assessment_id: int | None = None
) -> ImportRun:
    """Say that the run was undone, once all is taken back."""
    run.state = ImportRun.State.UNDONE
    run.undone_at, run.undone_by = now, by
    run.version += 1
    run.save()
    record_event(
        by=by,
        verb=UNDONE,
        target=run,
        organisation=run.organisation,
        assessment_id=assessment_id,
    )
    return run
