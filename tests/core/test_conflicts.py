"""Two people changed one row: what is asked, what is proposed, what comes of the choice."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from cse_tracker.core.conflicts import (
    SETTLING,
    Keep,
    KeepForm,
    before_settling,
    differences,
    in_words,
    settled,
    typed_again,
)
from cse_tracker.core.word_differences import Mark, Piece

LABELS = {"title": "Title", "notes": "Notes"}
THEIRS = {"title": "Theirs", "notes": "Their notes"}
MINE = {"title": "Mine", "notes": "My notes"}


def differing(theirs=THEIRS, mine=MINE, changed_by=None):
    return differences(
        theirs=theirs,
        mine=mine,
        labels=LABELS,
        texts=["notes"],
        changed_by={} if changed_by is None else changed_by,
    )


def test_only_what_differs_is_asked_in_the_order_of_the_labels():
    assert [each.name for each in differing()] == ["title", "notes"]
    assert [each.name for each in differing(mine=MINE | {"title": "Theirs"})] == [
        "notes"
    ]
    assert differing(mine=THEIRS) == []


@pytest.mark.parametrize(
    ("changed_by", "proposed"),
    [
        ({}, Keep.MINE),
        ({"title": False}, Keep.THEIRS),
        ({"title": True}, None),
    ],
)
def test_what_only_one_of_them_changed_is_proposed(changed_by, proposed):
    assert differing(changed_by=changed_by)[0].proposed == proposed


def test_what_only_they_changed_is_kept_and_not_asked():
    form = KeepForm(
        differing(changed_by={"title": False, "notes": True}),
        QueryDict("keep-title=mine&keep-notes=mine"),
    )

    assert list(form.fields) == ["notes", "notes-merged"]
    assert [each.name for each in form.kept] == ["title"]
    assert form.is_valid()
    assert form.keep == {"title": Keep.THEIRS, "notes": Keep.MINE}


def test_both_can_be_kept_of_long_texts_that_are_not_empty():
    assert [each.can_keep_both for each in differing()] == [False, True]
    assert not differing(mine=MINE | {"notes": ""})[1].can_keep_both


def test_a_choice_that_is_still_to_be_made_is_asked_for():
    form = KeepForm(differing(), QueryDict("keep-title=mine"))

    assert not form.is_valid()
    assert form.errors == {"notes": ["Select which “Notes” to keep"]}


def test_both_is_no_answer_about_a_short_field():
    form = KeepForm(differing(), QueryDict("keep-title=both&keep-notes=both"))

    assert not form.is_valid()
    assert list(form.errors) == ["title"]


@given(st.dictionaries(st.sampled_from(["title", "notes"]), st.sampled_from(Keep)))
def test_each_field_becomes_what_was_chosen_and_nothing_else(keep):
    own = dict.fromkeys(LABELS, "Own words")
    values = settled(theirs=THEIRS, mine=MINE, keep=keep, merged=own)

    for name in LABELS:
        expected = {
            None: MINE[name],
            Keep.MINE: MINE[name],
            Keep.THEIRS: THEIRS[name],
            Keep.BOTH: f"{THEIRS[name]}\n\n{MINE[name]}",
            Keep.MERGED: "Own words",
        }
        assert values[name] == expected[keep.get(name)]


def test_what_was_typed_is_sent_again_with_the_newer_version():
    posted = QueryDict(
        f"csrfmiddlewaretoken=x&version=1&title=A&years=1&years=2&keep-title=mine&{SETTLING}=1"
    )

    assert typed_again(posted, seen={"version": "7"}) == [
        ("title", "A"),
        ("years", "1"),
        ("years", "2"),
        ("version", "7"),
        ("opened-version", "1"),
    ]


def test_own_words_begin_with_both_texts_and_are_kept_as_they_are_typed():
    begun = KeepForm(differing())
    form = KeepForm(
        differing(),
        QueryDict("keep-title=mine&keep-notes=merged&keep-notes-merged=One%0D%0Atwo"),
    )

    assert begun["notes-merged"].value() == "Their notes\n\nMy notes"
    assert "title-merged" not in begun.fields
    assert form.is_valid()
    assert form.keep == {"title": "mine", "notes": "merged"}
    assert form.merged == {"notes": "One\ntwo"}


def test_own_words_are_asked_for_where_none_are_left():
    form = KeepForm(differing(), QueryDict("keep-title=mine&keep-notes=merged"))

    assert form.errors == {"notes-merged": ["Enter the words to keep"]}


def test_own_words_stay_when_somebody_changes_the_row_once_more():
    earlier = QueryDict("keep-notes=merged&keep-notes-merged=Ours")

    form = KeepForm(differing(theirs=THEIRS | {"notes": "Newer"}), earlier=earlier)

    assert form["notes"].value() == Keep.MERGED
    assert form["notes-merged"].value() == "Ours"


def test_a_draft_of_the_choices_is_own_words_and_what_was_seen_at_first():
    draft = QueryDict(
        f"{SETTLING}=1&version=7&opened-version=1&title=A&notes=Mine"
        "&keep-title=theirs&keep-notes=merged&keep-notes-merged=Ours"
    )

    typed = before_settling(draft)

    assert (typed["title"], typed["notes"], typed["version"]) == ("A", "Ours", "1")


def test_marks_are_on_what_was_not_there_before_either_changed_it():
    [both] = differences(
        theirs={"notes": "Ask all tenants."},
        mine={"notes": "Ask tenants often."},
        labels={"notes": "Notes"},
        changed_by={"notes": True},
        before={"notes": "Ask tenants."},
    )
    [mine_alone] = differences(
        theirs={"notes": "Ask"},
        mine={"notes": "Ask now"},
        labels={"notes": "Notes"},
        changed_by={},
    )

    assert [p.text for p in both.theirs_marked if p.mark is Mark.ADDED] == [" all"]
    assert [p.text for p in both.mine_marked if p.mark is Mark.ADDED] == [
        " tenants often."
    ]
    assert mine_alone.theirs_marked == [Piece(Mark.SAME, "Ask")]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "Nothing"),
        ("", "Nothing"),
        (True, "Yes"),
        (False, "No"),
        (date(2026, 3, 3), "3 March 2026"),
        (Keep.MINE, "mine"),
        (4, "4"),
        (frozenset({Keep.MINE, Keep.BOTH}), "both, mine"),
    ],
)
def test_a_value_is_shown_in_words(value, words):
    assert in_words(value) == words
