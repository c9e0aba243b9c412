"""Dated notes about an action: progress and comments."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from actions.models import Action, ActionNote
from actions.services.notes import write_note
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import RuleBroken

TODAY = date(2026, 3, 3)
PROGRESS = ActionNote.Kind.PROGRESS


def write(action, cast, text="Two of five services.", day=TODAY) -> ActionNote:
    return write_note(
        action=action,
        kind=PROGRESS,
        text=text,
        day=day,
        now=timezone.now(),
        by=cast.mo,
    )


def test_progress_is_kept_with_its_day_and_author(action, cast):
    note = write(action, cast, day=date(2026, 2, 20))

    assert (note.text, note.day, note.author) == (
        "Two of five services.",
        date(2026, 2, 20),
        "Mo Quill",
    )
    assert Event.objects.about(action).latest("pk").verb == "reported progress on"


def test_the_newest_day_comes_first_whenever_it_was_written(action, cast):
    write(action, cast, "Later", day=date(2026, 2, 20))
    write(action, cast, "Earlier", day=date(2026, 2, 10))

    notes = action.notes.newest_first()
    assert [note.text for note in notes] == ["Later", "Earlier"]


@pytest.mark.parametrize(
    ("said", "message"),
    [({"text": " \n"}, "Write something"), ({"day": date(2026, 3, 4)}, "in the past")],
)
def test_nothing_and_the_future_are_refused(action, cast, said, message):
    with pytest.raises(RuleBroken, match=message):
        write(action, cast, **said)


def test_a_note_does_not_disturb_who_edits_the_action(action, cast):
    write(action, cast)

    assert Action.objects.get().version == action.version


def test_an_action_withdrawn_meanwhile_takes_no_notes(action, cast):
    Action.objects.update(withdrawn_at=timezone.now())

    with pytest.raises(RuleBroken, match="Restore it"):
        write(action, cast)


def test_an_action_whose_import_was_undone_meanwhile_takes_no_notes(action, cast):
    Action.objects.filter(pk=action.pk).delete()

    with pytest.raises(RuleBroken, match="removed meanwhile"):
        write(action, cast)


@pytest.mark.postgresql
def test_nobody_changes_what_was_said(action, cast):
    write(action, cast)

    with pytest.raises(DatabaseError, match="nobody changes"), transaction.atomic():
        ActionNote.objects.update(text="Five of five services.")
