import pytest

from actions.importing import words
from actions.models import Action, ActionNote
from actions.wording import FROM_ASSESSOR


@pytest.mark.parametrize(
    ("labels", "choices"),
    [
        (words.STATUS_LABELS, Action.Status),
        (words.PRIORITY_LABELS, Action.Priority),
        (words.ORIGIN_LABELS, Action.Origin),
        (words.NOTE_LABELS, ActionNote.Kind),
    ],
)
def test_the_words_are_those_of_the_models(labels, choices):
    assert list(labels.items()) == choices.choices


def test_where_an_action_comes_from_is_said_as_on_pages():
    assert words.FROM_ASSESSOR == FROM_ASSESSOR


def test_what_is_finished_and_in_progress_is_what_the_models_say():
    assert set(Action.Status.finished()) == words.FINISHED
    assert set(Action.Status.in_progress()) == words.IN_PROGRESS


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *(("Complete", "done"), ("COMPLETED", "done"), ("Done", "done")),
        *(("Closed", "closed"), ("Done, to be checked", "done")),
        *(
            ("Ongoing", "on_track"),
            ("Overdue", "on_track"),
            ("In progress", "on_track"),
        ),
        *(
            ("Red", "at_risk"),
            ("Amber", "at_risk"),
            ("G", "on_track"),
            ("Blue", "done"),
        ),
        *(
            ("Not started", "not_started"),
            ("To-do", "not_started"),
            ("0%", "not_started"),
        ),
        *((0.5, "on_track"), (1, "done"), ("100 %", "done"), ("Cancelled", "declined")),
        *(("at_risk", "at_risk"), ("Complete – all staff trained", "done")),
    ],
)
def test_a_status_is_read_in_the_words_of_many_plans(said, code):
    read = words.read_status_or_none(said)

    assert read
    assert read.code == code


@pytest.mark.parametrize("said", ["Open day held", "Purple", "Completely new", 7, 2.5])
def test_a_status_is_not_guessed_from_its_beginning(said):
    assert words.read_status_or_none(said) is None


@pytest.mark.parametrize(
    ("said", "code"),
    [("HIGH", "high"), ("1", "high"), (2, "medium"), ("l", "low"), ("Urgent", "high")],
)
def test_a_priority_is_a_word_a_letter_or_a_number(said, code):
    read = words.read_priority_or_none(said)

    assert read
    assert read.code == code
