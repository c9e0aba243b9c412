"""A carried rating of a full assessment, confirmed and given back with the keyboard."""

import pytest
from playwright.sync_api import expect

from assessments.models import Assessment
from assessments.ratings import Basis
from tests.assessments.past import assess
from tests.browser.test_grid_keys import ALL_SAVED, result_of, row, words


@pytest.fixture
def full(certification, cast) -> Assessment:
    """The full assessment of 2027, with every rating carried from 2026 as compliant."""
    refs = certification.standard.nodes.filter(kind="element").values_list(
        "ref", flat=True
    )
    assess(certification, 2026, dict.fromkeys(refs, "C"), sampled=refs, by=cast.lena)
    return assess(
        certification,
        2027,
        {},
        kind=Assessment.Kind.FULL,
        is_confirmed=False,
        by=cast.lena,
    )


@pytest.fixture
def grid(new_page, cast, full):
    page = new_page(user=cast.lena)
    page.goto(full.get_absolute_url())
    expect(words(page)).to_have_text("Changes are saved as you make them")
    return page


def bases(assessment) -> set[str]:
    return set(assessment.results.values_list("basis", flat=True))


def test_the_key_of_a_carried_rating_assesses_it_and_undo_carries_it_again(grid, full):
    source = result_of(full, "1.1.1").carried_from_id
    row(grid, "1.1.1").focus()
    grid.keyboard.press("c")
    expect(words(grid)).to_have_text(ALL_SAVED)
    expect(row(grid, "1.1.1").get_by_text("carried from")).to_have_count(0)
    assert result_of(full, "1.1.1").basis == Basis.ASSESSED

    grid.keyboard.press("u")
    expect(row(grid, "1.1.1").get_by_text("carried from")).to_be_visible()
    expect(words(grid)).to_have_text(ALL_SAVED)
    result = result_of(full, "1.1.1")
    assert (result.rating, result.basis) == ("C", Basis.CARRIED)
    assert result.carried_from_id == source


def test_a_criterion_set_at_once_is_assessed_and_undone_at_once(grid, full):
    section = grid.locator("section[aria-labelledby='criterion-1']")
    section.get_by_role("button", name="Set criterion 1").click()
    expect(grid.locator("#grid-counts-1")).not_to_contain_text("carried")
    assert full.results.filter(basis=Basis.ASSESSED).count() == 11

    grid.locator("[data-undo]").click()
    expect(grid.locator("#grid-counts-1")).to_contain_text("11 carried")
    assert bases(full) == {Basis.CARRIED}


def test_the_box_of_a_carried_row_says_that_it_was_assessed(grid, full):
    row(grid, "1.1.2").get_by_text("Assessed", exact=False).last.click()
    expect(grid.locator("#grid-counts-1")).to_contain_text("10 carried")

    assert result_of(full, "1.1.2").basis == Basis.ASSESSED
