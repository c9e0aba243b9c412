"""How one rating is printed."""

import pytest

from reports.annex.marks import rating_cell
from tests.reports.annex.samples import sample_facts


def printed(*cells: str, ref: str = "1.1.1", at: int = -1):
    progression = sample_facts(
        {"1.1.1": ["C"] * len(cells), ref: list(cells)}
    ).progression
    [row] = [row for row in progression.rows if row.node.ref == ref]
    return rating_cell(row, range(len(cells))[at], progression.years)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("C",), "C"),
        (("C", "X CP"), "X CP"),
        (("C", "<C"), "C from 2024"),
        (("C", "<C", "<C"), "C from 2024"),
        (("C", "X CP", "<CP"), "CP from 2025"),
        (("C", "X"), "X not rated"),
        (("C", ""), "not rated"),
        (("C", "n/a"), "n/a"),
    ],
)
def test_a_cell_says_code_mark_and_the_year_it_was_last_found(cells, words):
    assert printed(*cells).words == words


def test_a_carried_rating_never_looks_like_an_assessed_one():
    assert printed("C", "<C").kind != printed("C", "X C").kind


def test_a_rating_nobody_knows_the_basis_of_looks_like_neither():
    kinds = {printed("C", cell).kind for cell in ("C", "X C", "<C")}

    assert kinds == {
        "rating compliant recorded",
        "rating compliant assessed",
        "rating compliant carried",
    }


def test_a_sub_element_no_longer_tracked_leaves_its_cell_empty():
    assert printed("C", "", ref="1.1.1.1").words == ""


def test_a_source_that_says_otherwise_by_now_is_told():
    facts = sample_facts({"1.1.1": ["C", "<CP"]})
    [row] = facts.progression.rows

    cell = rating_cell(row, 1, facts.progression.years)

    assert cell.words == "CP from 2024, differs"
