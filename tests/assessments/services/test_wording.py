"""The wording of an organisation's own document: adopted, corrected, put away, undone."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments.importing.wording import wording_fingerprint
from assessments.models import Wording
from assessments.services.annex_undo import undo_import
from assessments.services.annex_wording import (
    NOT_IN_THE_FILE,
    WORDED_SINCE,
    adopt_wording,
)
from assessments.services.wording import (
    ENTER_WORDS,
    restore_all_ours,
    restore_our_wording,
    show_adopted_wording,
    show_all_adopted,
    word_element,
)
from assessments.standard_tree import shared_tree, tree_for
from assessments.tree import Words
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.imports import ImportInUse
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.assessments.importing.conftest import (
    certification,
    staged_run,
    three_years,
)
from tests.assessments.importing.runs import NOW, bring_in, look_at, stage

__all__ = ["certification", "staged_run", "three_years"]  # fixtures
pytestmark = pytest.mark.django_db
IN_THE_FILE = "We keep mooring rule 1.1.1, in fair weather; and in foul"


@pytest.fixture
def brought_in(staged_run, cast):
    return bring_in(staged_run, by=cast.lena, wording=True)


@pytest.fixture
def shown(cast, certification):
    """``shown("1.1.1")`` is the statement that Ashby sees."""
    return lambda ref: (
        tree_for(cast.ashby, certification.standard).by_ref[ref].statement
    )


@pytest.fixture
def adopt(cast, certification):
    """``adopt(run)`` is what a person does who looks at the wording and adopts it."""

    def adopted(run, **changes):
        tree = tree_for(cast.ashby, certification.standard)
        seen = {"seen": wording_fingerprint(tree)} | changes
        return adopt_wording(run=run, by=cast.lena, **seen)

    return adopted


def word(cast, certification, statement, *, ref="1.1.1", seen=0):
    tree = tree_for(cast.ashby, certification.standard)
    return word_element(
        organisation=cast.ashby,
        standard=certification.standard,
        node=tree.by_ref[ref],
        seen_version=seen,
        words=Words(statement, ""),
        by=cast.lena,
    )


def test_an_import_adopts_no_wording_unless_asked_to(staged_run, cast):
    bring_in(staged_run, by=cast.lena)

    assert not Wording.objects.exists()


def test_an_adopted_wording_is_shown_and_says_where_it_comes_from(
    brought_in, shown, cast
):
    row = Wording.objects.select_related("adopted_from").get(node__ref="1.1.1")

    assert shown("1.1.1") == IN_THE_FILE
    assert Wording.objects.count() == 18
    assert row.source == "From annex.xlsx, sheet Annex, row 4, column B"
    event = Event.objects.get(verb="adopted", node_id=row.node_id)
    assert event.changes["statement"] == ["", IN_THE_FILE]
    assert event.batch == brought_in.batch


def test_nobody_else_sees_what_one_organisation_adopts(brought_in, cast, certification):
    elsewhere = tree_for(cast.elsewhere, certification.standard)

    assert elsewhere.by_ref["1.1.1"].statement == ""
    assert elsewhere.adopted == frozenset()
    assert shared_tree(certification.standard).by_ref["1.1.1"].statement == ""


def test_the_wording_is_that_of_the_organisations_language(brought_in, shown, cast):
    cast.ashby.language = "cy"
    cast.ashby.save()

    assert shown("1.1.1") == ""


def test_reading_the_tree_costs_one_query_with_and_without_wording(
    staged_run, cast, certification, django_assert_num_queries
):
    shared_tree(certification.standard)
    with django_assert_num_queries(1):
        tree_for(cast.ashby, certification.standard)
    bring_in(staged_run, by=cast.lena, wording=True)
    with django_assert_num_queries(1):
        tree = tree_for(cast.ashby, certification.standard)
    assert tree.by_ref["1.2.1.1"].statement.startswith("We keep mooring rule")


def test_undoing_the_import_takes_the_adoption_back(brought_in, shown, cast):
    undo_import(run=brought_in, now=NOW, by=cast.lena)

    assert shown("1.1.1") == ""
    assert not Wording.objects.exists()
    undone = Event.objects.filter(verb="undone", target_type="assessments.wording")
    assert undone.count() == 18
    assert undone.order_by("pk")[0].changes["statement"] == [IN_THE_FILE, ""]


def test_undoing_gives_back_the_wording_of_before(
    cast, certification, staged_run, shown
):
    word(cast, certification, "We moor with care.")
    run = bring_in(staged_run, by=cast.lena, wording=True)
    assert shown("1.1.1") == IN_THE_FILE

    undo_import(run=run, now=NOW, by=cast.lena)

    assert shown("1.1.1") == "We moor with care."
    assert Wording.objects.get().version == 3


def test_an_import_whose_wording_was_changed_since_names_it(
    brought_in, cast, certification
):
    word(cast, certification, "We moor with care.", seen=1)

    with pytest.raises(ImportInUse) as refusal:
        undo_import(run=brought_in, now=NOW, by=cast.lena)

    assert refusal.value.obstacles == ["The wording of 1.1.1 was changed."]


def test_wording_can_be_adopted_later_and_goes_with_the_import(
    staged_run, shown, cast, adopt
):
    run = bring_in(staged_run, by=cast.lena)

    assert adopt(run) == 18
    assert shown("1.1.1") == IN_THE_FILE
    with pytest.raises(RuleBroken, match=NOT_IN_THE_FILE):
        adopt(run)

    run.refresh_from_db()
    undo_import(run=run, now=NOW, by=cast.lena)
    assert not Wording.objects.exists()


def test_words_typed_after_the_preview_are_not_replaced_unseen(
    staged_run, cast, certification, shown
):
    seen = look_at(staged_run).fingerprint
    word(cast, certification, "We moor with care.")

    with pytest.raises(RuleBroken, match="Someone changed ratings or wording"):
        bring_in(staged_run, by=cast.lena, wording=True, seen=seen)

    assert shown("1.1.1") == "We moor with care."


def test_words_typed_after_comparing_are_not_replaced_unseen(
    staged_run, cast, certification, shown, adopt
):
    run = bring_in(staged_run, by=cast.lena)
    seen = wording_fingerprint(tree_for(cast.ashby, certification.standard))
    word(cast, certification, "We moor with care.")

    with pytest.raises(RuleBroken, match=WORDED_SINCE):
        adopt(run, seen=seen)

    assert shown("1.1.1") == "We moor with care."


def test_a_later_file_replaces_only_what_it_words_otherwise(
    brought_in, cast, three_years, shown
):
    _, row = three_years.row_of("1.1.2")
    row.cells[three_years.text_column] = "We watch the tide."
    later = stage(three_years, organisation=cast.ashby, by=cast.lena)
    for year in later.staged["years"]:
        year[0] += 3
    for line in later.staged["lines"]:
        line["marks"] = [[mark[0] + 3, *mark[1:]] for mark in line["marks"]]
    later.save()

    bring_in(later, by=cast.lena, wording=True)

    assert shown("1.1.2") == "We watch the tide."
    versions = Wording.objects.filter(version__gt=1).values_list("node__ref", flat=True)
    assert list(versions) == ["1.1.2"]


def test_our_words_are_restored_and_the_adopted_ones_kept_beside_them(
    brought_in, shown, cast
):
    row = Wording.objects.get(node__ref="1.1.1")

    restored = restore_our_wording(
        wording=row, seen_version=row.version, now=NOW, by=cast.lena
    )
    assert shown("1.1.1") == ""
    assert restored.statement == IN_THE_FILE

    show_adopted_wording(wording=row, seen_version=restored.version, by=cast.lena)
    assert shown("1.1.1") == IN_THE_FILE


@pytest.mark.postgresql
def test_one_is_switched_only_when_no_import_is_writing(brought_in, cast):
    row = Wording.objects.get(node__ref="1.1.1")

    with CaptureQueriesContext(connection) as asked:
        away = restore_our_wording(
            wording=row, seen_version=row.version, now=NOW, by=cast.lena
        )
        show_adopted_wording(wording=row, seen_version=away.version, by=cast.lena)

    assert sum("FOR NO KEY UPDATE" in each["sql"] for each in asked) == 2


@pytest.mark.postgresql
def test_all_are_switched_as_they_stand(brought_in, cast, certification):
    with CaptureQueriesContext(connection) as asked:
        restore_all_ours(
            organisation=cast.ashby,
            standard=certification.standard,
            now=NOW,
            by=cast.lena,
        )

    assert sum('FOR UPDATE OF "assessments_wording"' in each["sql"] for each in asked)


def test_all_are_put_away_and_shown_again_at_once(
    brought_in, cast, certification, shown
):
    about = {"organisation": cast.ashby, "standard": certification.standard}

    assert restore_all_ours(**about, now=NOW, by=cast.lena) == 18
    assert shown("1.1.1") == ""
    assert show_all_adopted(**about, by=cast.lena) == 18
    assert shown("1.1.1") == IN_THE_FILE
    assert Event.objects.filter(verb="put away").count() == 18


def test_a_word_typed_by_hand_says_so_and_is_logged(cast, certification, shown):
    row = word(cast, certification, "We moor with care.")

    assert shown("1.1.1") == "We moor with care."
    assert row.source == "Typed by hand"
    assert Event.objects.get(verb="worded").changes == {
        "statement": ["", "We moor with care."]
    }


def test_the_same_words_again_write_nothing(cast, certification):
    word(cast, certification, "We moor with care.")

    again = word(cast, certification, "We moor with care.", seen=1)

    assert again.version == 1
    assert Event.objects.filter(verb="worded").count() == 1


def test_the_second_of_two_who_word_one_element_is_told(cast, certification):
    word(cast, certification, "We moor with care.")

    with pytest.raises(Conflict):
        word(cast, certification, "We moor at dawn.")
    with pytest.raises(RuleBroken, match=ENTER_WORDS):
        word(cast, certification, "", seen=1)


def test_the_database_keeps_one_wording_an_element_and_none_without_words(
    cast, certification
):
    row = word(cast, certification, "We moor with care.")

    for twin in (
        Wording(organisation=cast.ashby, node=row.node, language="en-GB", guidance="x"),
        Wording(organisation=cast.ashby, node=row.node, language="cy"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()
