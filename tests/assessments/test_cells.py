from html import unescape

import pytest
from django.utils.safestring import SafeString

from assessments.cells import (
    cell_html,
    cell_words,
    joined,
    missing_html,
    row_html,
)
from assessments.progression import ProgressionRow, build_progression
from assessments.ratings import Basis
from assessments.tree import Kind, Node
from tests.assessments.tables import TREE, carried, row, year

HOSTILE = '<script>alert("1")</script>'


def cells_of(*rows) -> list:
    years = [year(number) for number in sorted({each.assessment_id for each in rows})]
    return list(build_progression(TREE, years, rows).rows[0].cells)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"basis": "assessed"}, "Compliant, assessed"),
        ({"basis": "assessed", "sampled": True}, "Compliant, sampled"),
        ({"basis": "recorded"}, "Compliant, not known whether it was examined"),
    ],
)
def test_a_cell_says_in_words_what_it_shows(fields, words):
    (cell,) = cells_of(row("1.1.1", 2015, "C", **fields))

    assert cell_words(cell) == words


@pytest.mark.parametrize(
    ("before", "after", "words", "arrow"),
    [
        ("PC", "CP", "up from Partial compliance", "▲"),
        ("CP", "C", "down from Compliance Plus", "▼"),
    ],
)
def test_a_change_is_said_and_shown(before, after, words, arrow):
    rows = [row("1.1.1", 2015, before), row("1.1.1", 2016, after, basis="assessed")]

    changed = cells_of(*rows)[1]

    assert words in cell_words(changed)
    assert arrow in cell_html(changed)


def test_a_carried_rating_names_its_year_and_looks_different():
    source = row("1.1.1", 2015, "C", basis=Basis.ASSESSED.value)

    cells = cells_of(source, carried("1.1.1", 2016, "C", source=2015, said="C"))

    assert cell_words(cells[1]) == "Compliant, carried forward from 2015"
    assert "cse-rating--carried" in cell_html(cells[1])
    assert "cse-rating--carried" not in cell_html(cells[0])


def test_a_carried_rating_whose_source_changed_is_flagged():
    source = row("1.1.1", 2015, "PC")

    flagged = cells_of(source, carried("1.1.1", 2016, "C", source=2015, said="PC"))[1]

    assert cell_words(flagged).endswith("2015 now says otherwise")
    assert "≠" in cell_html(flagged)


def test_a_sample_without_a_rating_shows_its_mark():
    (cell,) = cells_of(row("1.1.1", 2015, "", sampled=True, basis="assessed"))

    assert cell_words(cell) == "Not rated, sampled"
    assert ">X<" in cell_html(cell)


def test_an_element_that_does_not_apply_is_not_called_unrated():
    (cell,) = cells_of(row("1.1.1", 2015, "", applicable=False))

    assert cell_words(cell) == "Does not apply"
    assert "n/a" in cell_html(cell)


def test_a_missing_result_lacks_something_only_at_an_element():
    assert "Not rated" in missing_html(Kind.ELEMENT)
    assert "Not tracked" in missing_html(Kind.SUB_ELEMENT)
    assert "–" not in missing_html(Kind.SUB_ELEMENT)


def test_a_row_has_a_head_and_a_cell_for_each_year():
    years = [year(2014), year(2015), year(2016)]
    first = build_progression(TREE, years, [row("1.1.1", 2015, "C")]).rows[0]

    html = row_html(first, "/there/", with_statement=False)

    assert html.count("<th ") == 1
    assert html.count("<td ") == 3
    assert 'href="/there/"' in html


@pytest.mark.parametrize("with_statement", [True, False])
def test_words_that_people_wrote_cannot_become_markup(with_statement):
    node = Node(1, "1.1.1", Kind.ELEMENT, HOSTILE, statement=HOSTILE)
    row_of_it = ProgressionRow(node, (None,))

    html = row_html(row_of_it, f"/{HOSTILE}/", with_statement=with_statement)

    assert "<script" not in html
    assert html.count("&lt;script") == 2 + with_statement


def test_a_sub_elements_row_is_marked_as_a_part():
    node = Node(1, "1.1.1.1", Kind.SUB_ELEMENT, "A part")

    html = row_html(ProgressionRow(node, (None,)), "/there/", with_statement=False)

    assert html.startswith('<tr class="cse-progression__part">')


def test_joining_escapes_nothing_twice_and_stays_safe():
    whole = joined([SafeString("<td>a</td>"), SafeString("&amp;")])

    assert whole == "<td>a</td>&amp;"
    assert isinstance(whole, SafeString)


def test_a_row_says_wide_letters_by_number():
    rows = [row("1.1.1", 2015, "PC"), row("1.1.1", 2016, "C")]
    node = Node(1, "1.1.1", Kind.ELEMENT, "Croeso i’r tŷ …")

    html = row_html(
        ProgressionRow(node, tuple(cells_of(*rows))), "/", with_statement=False
    )

    assert html.isascii()
    assert "Croeso i’r tŷ …" in unescape(html)
    assert "▲" in unescape(html)
