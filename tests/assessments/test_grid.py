import pytest

from assessments.entering import KnownRating
from assessments.grid import StoredResult, lay_out, read_posted
from assessments.ratings import Rating
from assessments.tree import Kind, Node, Tree

TREE = Tree(
    [
        Node(1, "1", Kind.CRITERION, "Insight"),
        Node(2, "1.1", Kind.SUB_CRITERION, "Knowing"),
        Node(3, "1.1.1", Kind.ELEMENT, "Groups"),
        Node(4, "1.1.2", Kind.ELEMENT, "Needs"),
        Node(5, "1.1.2.1", Kind.SUB_ELEMENT, "Needs of tenants"),
    ]
)


def stored(result_id, node_id, rating="C", **changes):
    values = {
        "version": 3,
        "sampled": False,
        "applicable": True,
        "basis": "recorded",
        "reason": "",
    }
    return StoredResult(
        id=result_id, node_id=node_id, rating=rating, **values | changes
    )


RESULTS = [stored(31, 3), stored(41, 4, "PC"), stored(51, 5, "NC", sampled=True)]


def posted(result, **changes):
    fields = {
        f"seen-{result.id}": result.fingerprint,
        f"rating-{result.id}": result.rating,
    }
    return fields | {f"{name}-{result.id}": value for name, value in changes.items()}


def test_rows_stand_below_their_headings_with_what_is_known():
    known = {3: KnownRating(9, Rating.PLUS, 2024)}

    (criterion,) = lay_out(TREE, RESULTS, known, {4: 2})

    assert [row.node.ref for row in criterion.all_rows()] == [
        "1.1.1",
        "1.1.2",
        "1.1.2.1",
    ]
    first, second, _ = criterion.all_rows()
    assert first.known.rating is Rating.PLUS
    assert second.finding_count == 2


def test_a_sub_element_is_not_counted_with_the_elements():
    (criterion,) = lay_out(TREE, RESULTS, {}, {})

    assert (criterion.counts.total, criterion.counts.non) == (2, 0)
    assert criterion.sampled_count == 0


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
