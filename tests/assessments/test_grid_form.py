import pytest

from assessments.entering import KnownRating
from assessments.grid import RowFacts, lay_out
from assessments.grid_form import (
    Fill,
    FillScope,
    fill_rows,
    put_back,
    read_fill,
    read_posted,
)
from assessments.ratings import Rating
from tests.assessments.test_grid import RESULTS, TREE, stored


def posted(result, **changes):
    fields = {
        f"seen-{result.id}": result.fingerprint,
        f"rating-{result.id}": result.rating,
    }
    return fields | {f"{name}-{result.id}": value for name, value in changes.items()}


def test_a_row_sent_back_as_it_came_is_untouched():
    (row,) = read_posted(posted(RESULTS[0]), RESULTS)

    assert not row.is_touched


def test_a_changed_rating_or_mark_is_touched():
    (rated,) = read_posted(posted(RESULTS[0], rating="CP"), RESULTS)
    (marked,) = read_posted(posted(RESULTS[0], sampled="on"), RESULTS)

    assert rated.is_touched
    assert marked.is_touched


def test_a_row_is_compared_with_what_its_sender_saw_not_with_what_stands_there_now():
    seen = stored(31, 3, "C", version=3)
    now = stored(31, 3, "PC", version=4)

    (row,) = read_posted(posted(seen), [now])

    assert not row.is_touched
    assert row.seen_version == 3


def test_fields_of_another_assessment_are_not_read():
    assert read_posted(posted(stored(999, 3)), RESULTS) == []


@pytest.mark.parametrize("fields", [{"rating": "A"}, {"seen": "x:y"}, {"seen": ""}])
def test_what_the_page_never_sends_is_refused(fields):
    with pytest.raises(ValueError, match=r".+"):
        read_posted(posted(RESULTS[0], **fields), RESULTS)


def rows(*results, known=None):
    (criterion,) = lay_out(TREE, results or RESULTS, RowFacts(known=known or {}))
    return list(criterion.all_rows())


def test_what_was_entered_is_put_back_and_what_is_stored_stays():
    (row, *_) = rows()
    (entered,) = read_posted(posted(RESULTS[0], rating="PC", sampled="on"), RESULTS)

    put_back({31: row}, [entered])

    assert (row.rating, row.sampled, row.result.rating) == ("PC", True, "C")


def test_a_criterion_filled_where_not_rated_keeps_the_ratings_it_has():
    listed = rows(stored(31, 3, ""), stored(41, 4, "PC"))

    filled = fill_rows(listed, Fill("1", "C", FillScope.UNRATED))

    assert filled == 1
    assert [row.rating for row in listed] == ["C", "PC"]


def test_a_criterion_filled_everywhere_leaves_out_what_does_not_apply():
    listed = rows(stored(31, 3, "", applicable=False), stored(41, 4, "PC"))

    filled = fill_rows(listed, Fill("1", "C", FillScope.EVERYTHING))

    assert filled == 1
    assert [row.rating for row in listed] == ["", "C"]


def test_each_row_gets_its_own_last_known_rating():
    known = {3: KnownRating(9, Rating.PLUS, 2024)}
    listed = rows(stored(31, 3, ""), stored(41, 4, ""), known=known)

    fill_rows(listed, Fill("1", "known", FillScope.UNRATED))

    assert [row.rating for row in listed] == ["CP", ""]


def test_filling_is_read_only_when_its_button_was_pressed():
    fields = {"fill-rating-2": "C", "fill-scope-2": "everything"}

    assert read_fill(fields) is None
    assert read_fill(fields | {"fill": "2"}) == Fill("2", "C", FillScope.EVERYTHING)


@pytest.mark.parametrize(
    "fields",
    [
        {"fill-rating-2": "A", "fill-scope-2": "everything"},
        {"fill-rating-2": "C", "fill-scope-2": "some"},
        {},
    ],
)
def test_a_filling_that_no_page_offers_is_refused(fields):
    with pytest.raises(ValueError, match=r".+"):
        read_fill(fields | {"fill": "2"})
