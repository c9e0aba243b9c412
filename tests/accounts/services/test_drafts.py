"""Keeping what people type: nothing is overwritten by another page, and what was saved is gone."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from cse_tracker.accounts.models import Draft, Event
from cse_tracker.accounts.services.drafts import (
    MAX_CHARACTERS,
    AlreadySaved,
    close_draft,
    drop_draft,
    forget_drafts,
    keep_draft,
)
from cse_tracker.core.errors import RuleBroken

NOW = datetime(2026, 3, 3, 14, 32, tzinfo=UTC)
SUBJECT = "finding:12"


@pytest.fixture
def page(cast):
    """The names of one form that Lena has opened."""
    return {
        "organisation": cast.ashby,
        "subject": SUBJECT,
        "key": uuid.uuid4(),
        "by": cast.lena,
    }


def keep(page, content, *, revision=1, continues=None, now=NOW):
    keep_draft(**page, content=content, revision=revision, continues=continues, now=now)


def contents():
    return sorted(Draft.objects.values_list("content", flat=True))


def test_what_is_typed_further_takes_the_place_of_what_was_kept_before(page):
    keep(page, "comment=Half")
    keep(page, "comment=Half+a+sentence", revision=2, now=NOW + timedelta(seconds=3))

    [draft] = Draft.objects.all()
    assert draft.content == "comment=Half+a+sentence"
    assert draft.kept_at == NOW + timedelta(seconds=3)


def test_a_keeping_that_arrives_late_changes_nothing(page):
    keep(page, "comment=Later", revision=2)
    keep(page, "comment=Earlier", revision=1)

    assert contents() == ["comment=Later"]


def test_two_tabs_keep_two_drafts(page):
    keep(page, "comment=One")
    keep({**page, "key": uuid.uuid4()}, "comment=Two")

    assert contents() == ["comment=One", "comment=Two"]


def test_a_restored_draft_goes_on_in_its_new_page(page):
    keep(page, "comment=Old")

    keep({**page, "key": uuid.uuid4()}, "comment=Old+and+new", continues=page["key"])

    assert contents() == ["comment=Old+and+new"]


def test_two_people_keep_a_draft_each(page, cast):
    keep(page, "comment=Hers")
    keep({**page, "by": cast.mo}, "comment=His")

    assert contents() == ["comment=Hers", "comment=His"]


def test_a_saved_form_leaves_no_word_of_its_draft(page):
    keep(page, "comment=Words")

    close_draft(**page, continues=None, now=NOW)

    [draft] = Draft.objects.all()
    assert (draft.content, draft.closed_at) == ("", NOW)


def test_a_keeping_that_arrives_after_saving_brings_nothing_back(page):
    close_draft(**page, continues=None, now=NOW)

    with pytest.raises(AlreadySaved):
        keep(page, "comment=Words", revision=9)

    assert contents() == [""]


def test_saving_a_restored_form_takes_the_draft_it_came_from(page):
    keep(page, "comment=Words")

    new = {**page, "key": uuid.uuid4()}
    close_draft(**new, continues=page["key"], now=NOW)

    assert not Draft.objects.unsaved().exists()


def test_another_person_can_neither_drop_nor_close_a_draft(page, cast):
    keep(page, "comment=Words")

    drop_draft(**{**page, "by": cast.mo})
    close_draft(**{**page, "by": cast.mo}, continues=page["key"], now=NOW)

    assert "comment=Words" in contents()


def test_dropping_twice_is_dropping_once(page):
    keep(page, "comment=Words")

    drop_draft(**page)
    drop_draft(**page)

    assert not Draft.objects.exists()


def test_a_draft_is_bounded(page):
    with pytest.raises(RuleBroken, match="too long"):
        keep(page, "x" * (MAX_CHARACTERS + 1))


def test_old_drafts_are_forgotten_and_newer_ones_stay(page):
    keep(page, "comment=Old", now=NOW - timedelta(days=31))
    keep({**page, "key": uuid.uuid4()}, "comment=New", now=NOW)

    assert forget_drafts(before=NOW - timedelta(days=30)) == 1
    assert contents() == ["comment=New"]


def test_a_draft_is_no_fact_and_leaves_no_trace_in_the_change_log(page):
    keep(page, "comment=Words")
    close_draft(**page, continues=None, now=NOW)

    assert not Event.objects.exists()
