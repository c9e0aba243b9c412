"""A small standard and its results as plain data, for tests of the pure modules."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from assessments.progression import Progression, build_progression
from assessments.ratings import Basis, Rating
from assessments.rows import ResultRow, YearColumn
from assessments.tree import Kind, Node, Tree

REFS = [
    *("1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.2", "1.1.2", "1.2", "1.2.1"),
    *("2", "2.1", "2.1.1", "2.1.2", "2.1.2.1"),
]
TREE = Tree(
    Node(number, ref, Kind.of_ref(ref), f"Title of {ref}")
    for number, ref in enumerate(REFS, start=1)
)
CODES = ["", *(rating.value for rating in Rating)]


def year(number: int, **fields: Any) -> YearColumn:
    """One column: a review, unless it ``examines_everything``. Its id is the year."""
    defaults: dict[str, Any] = {
        "assessment_id": number,
        "label": str(number),
        "visit_code": "",
        "kind": "Review",
        "is_confirmed": True,
        "examines_everything": False,
    }
    return YearColumn(year=number, **defaults | fields)


def row(ref: str, number: int, code: str, **fields: Any) -> ResultRow:
    """What the assessment of one year says about one node."""
    defaults: dict[str, Any] = {
        "sampled": False,
        "basis": Basis.RECORDED.value,
        "applicable": True,
    }
    return ResultRow(number, TREE.by_ref[ref].id, code, **defaults | fields)


def carried(ref: str, number: int, code: str, source: int, said: str) -> ResultRow:
    """A rating copied from the year ``source``, which now says ``said``."""
    basis = Basis.CARRIED.value
    return row(ref, number, code, basis=basis, source_year=source, source_rating=said)


def element_over(*codes: str | None, first: int = 2014) -> Progression:
    """The progression in which element 1.1.1 has these codes, year by year; None: no result."""
    rows = [
        row("1.1.1", number, code)
        for number, code in enumerate(codes, start=first)
        if code is not None
    ]
    years = [year(number) for number in range(first, first + len(codes))]
    return build_progression(TREE, years, rows)


def results_of(number: int) -> st.SearchStrategy[list[ResultRow]]:
    """Any results of one assessment: at most one a node, as the database holds them."""
    ratable = [node for node in TREE if node.is_ratable]
    return st.tuples(*(_maybe(node, number) for node in ratable)).map(
        lambda rows: [row for row in rows if row]
    )


def progressions(years: Sequence[int]) -> st.SearchStrategy[Progression]:
    """Any progression over these years."""
    columns = [year(number) for number in years]
    return st.tuples(*(results_of(number) for number in years)).map(
        lambda results: build_progression(
            TREE, columns, [r for rs in results for r in rs]
        )
    )


def _maybe(node: Node, number: int) -> st.SearchStrategy[ResultRow | None]:
    rated = st.builds(
        lambda code, sampled: row(node.ref, number, code, sampled=sampled),
        st.sampled_from(CODES),
        st.booleans(),
    )
    return st.none() | rated | st.just(row(node.ref, number, "", applicable=False))
