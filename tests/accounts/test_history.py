"""A row's change log in words, and what stood there when a form was opened."""

import pytest

from cse_tracker.accounts.history import (
    Change,
    events_about,
    history_in_words,
    values_since,
)
from cse_tracker.accounts.services.events import record_event


@pytest.fixture
def change(cast):
    """``change(field=(from, to))`` writes one event about Ashby."""

    def change(by=cast.lena, verb="edited", **changes):
        record_event(
            by=by,
            verb=verb,
            target=cast.ashby,
            organisation=cast.ashby,
            changes=changes,
        )

    return change


def entries(cast):
    return history_in_words(
        events_about(cast.ashby),
        verbs={"edited": "changed it"},
        labels={"name": "Name", "motto": "Motto"},
        show=lambda field, value: f"«{value}»",
    )


def test_entries_are_sentences_newest_first(cast, change):
    change(name=("Ashby", "Ashby Council"))
    change(by=None, verb="renamed", name=("Ashby Council", "Ashby"))

    newest, oldest = entries(cast)

    assert (oldest.by, oldest.did) == ("Lena Hart", "changed it")
    assert oldest.changes == [Change("Name", "«Ashby»", "«Ashby Council»")]
    assert (newest.by, newest.did) == ("CSE Tracker", "renamed")


def test_nothing_is_not_put_into_words_and_other_fields_are_left_out(cast, change):
    change(name=("", "Ashby"), motto=(None, ""), secret=("a", "b"))

    [entry] = entries(cast)

    assert entry.changes == [Change("Name", "", "«Ashby»")]


@pytest.mark.parametrize(
    ("seen_version", "values"),
    [
        (4, {}),
        (3, {"name": "third"}),
        (2, {"name": "second", "motto": "second"}),
        (1, {"name": "first", "motto": "second"}),
        (9, {}),
    ],
)
def test_what_stood_there_when_the_form_was_opened(cast, change, seen_version, values):
    change(name=("first", "second"))
    change(name=("second", "third"), motto=("second", "third"))
    change(name=("third", "fourth"))

    found = values_since(events_about(cast.ashby), seen_version=seen_version, version=4)

    assert found == values
