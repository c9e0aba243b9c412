"""What all imports share: keeping a file, giving it up, bringing it in and undoing it."""

import uuid
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile

from cse_tracker.accounts.models import Event, ImportRun
from cse_tracker.accounts.services.imports import (
    ImportInUse,
    check_brought_in,
    discard_import,
    finish_commit,
    finish_undo,
    hold_staged,
    keep_upload,
)
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.stored_files import no_orphans

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def keep(cast, settings, tmp_path):
    """``keep("plan")`` stages the same file as an import of that kind."""
    settings.MEDIA_ROOT = str(tmp_path)

    def keep(kind):
        with no_orphans():
            return keep_upload(
                organisation=cast.ashby,
                kind=kind,
                file=ContentFile(b"Ref,What\n", name="plan.csv"),
                staged={},
                problems=[],
                by=cast.lena,
            )

    return keep


def test_an_import_in_use_names_twenty_obstacles_and_counts_the_rest():
    refusal = ImportInUse([f"Row {number} was changed." for number in range(23)])

    assert refusal.obstacles[19:] == ["Row 19 was changed.", "And 3 more."]


def test_a_preview_that_was_given_up_waits_no_longer(keep, cast):
    run = keep("plan")

    for _ in range(2):
        assert discard_import(run=run, by=cast.lena).state == ImportRun.State.DISCARDED

    assert Event.objects.about(run).filter(verb="discarded").count() == 1
    with pytest.raises(RuleBroken, match="no longer waiting"):
        hold_staged(run)


def test_only_what_was_brought_in_can_be_undone(keep, cast):
    run = keep("plan")
    with pytest.raises(RuleBroken, match="nothing to undo"):
        check_brought_in(run)

    run = finish_commit(run, batch=uuid.uuid4(), now=NOW, by=cast.lena)
    check_brought_in(run)
    finish_undo(run, now=NOW, by=cast.lena)

    verbs = list(Event.objects.about(run).values_list("verb", flat=True))
    assert verbs == ["undone", "brought in", "uploaded"]


def test_the_same_file_brought_in_as_something_else_does_not_count(keep, cast):
    annex, plan, again = keep("annex"), keep("plan"), keep("plan")
    for run in (annex, plan):
        finish_commit(run, batch=uuid.uuid4(), now=NOW, by=cast.lena)

    assert ImportRun.objects.brought_in_before(again).get() == plan
    assert not ImportRun.objects.brought_in_before(plan).exists()
