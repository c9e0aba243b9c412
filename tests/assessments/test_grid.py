from assessments.entering import KnownRating
from assessments.grid import LastComment, RowFacts, StoredResult, lay_out
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


def test_rows_stand_below_their_headings_with_what_is_known():
    facts = RowFacts(
        known={3: KnownRating(9, Rating.PLUS, 2024)},
        finding_counts={4: 2},
        comments={4: LastComment("Ask more people.", 2025)},
        evidence_counts={4: 3},
    )

    (criterion,) = lay_out(TREE, RESULTS, facts)

    assert [row.node.ref for row in criterion.all_rows()] == [
        "1.1.1",
        "1.1.2",
        "1.1.2.1",
    ]
    first, second, _ = criterion.all_rows()
    assert first.known.rating is Rating.PLUS
    assert (second.finding_count, second.evidence_count) == (2, 3)
    assert second.comment.text == "Ask more people."


def test_a_sub_element_is_not_counted_with_the_elements():
    (criterion,) = lay_out(TREE, RESULTS, RowFacts())

    assert (criterion.counts.total, criterion.counts.non) == (2, 0)
    assert criterion.sampled_count == 0


def test_a_row_has_changed_when_it_differs_from_the_last_known_rating():
    facts = RowFacts(
        known={
            3: KnownRating(9, Rating.PLUS, 2024),
            4: KnownRating(8, Rating.PARTIAL, 2024),
        }
    )

    (criterion,) = lay_out(TREE, RESULTS, facts)

    assert [row.has_changed for row in criterion.all_rows()] == [True, False, False]
