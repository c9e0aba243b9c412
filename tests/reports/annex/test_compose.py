"""The whole annex as blocks: what a reader is told, computed and never typed."""

from collections.abc import Iterator
from dataclasses import replace

from reports.about import UNCONFIRMED
from reports.annex.compose import compose_annex
from reports.blocks import (
    Block,
    BulletList,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    Side,
    Table,
)
from tests.reports.annex.samples import sample_facts


def blocks_of(content: PaperContent) -> Iterator[Block]:
    for block in content.blocks:
        if isinstance(block, Side):
            for column in block.columns:
                yield from column
        else:
            yield block


def texts(content: PaperContent) -> list[str]:
    return [b.text for b in blocks_of(content) if isinstance(b, Heading | Paragraph)]


def table(content: PaperContent, starting: str) -> Table:
    [found] = [
        b
        for b in blocks_of(content)
        if isinstance(b, Table) and b.caption.startswith(starting)
    ]
    return found


def words(found: Table) -> list[list[str]]:
    return [[cell.words for cell in row.cells] for row in (*found.head, *found.body)]


def test_the_first_sentence_counts_this_years_elements():
    content = compose_annex(sample_facts())

    assert texts(content)[0] == (
        "2026: 3 elements: 1 Compliance Plus, 1 Partial compliance, 1 not rated."
    )


def test_the_summary_counts_elements_of_every_year_and_no_sub_elements():
    rows = words(table(compose_annex(sample_facts()), "Number of elements"))

    assert rows[0][1:] == [
        "Compliance Plus",
        "Compliant",
        "Partial compliance",
        "Non-compliance",
        "Not rated",
        "Elements",
        "Sampled",
    ]
    assert rows[1:] == [
        ["2024", "0", "2", "2", "0", "0", "4", "all"],
        ["2025 Y1", "2", "1", "1", "0", "0", "4", "2"],
        ["2026 Y2", "1", "0", "1", "0", "1", "3", "2"],
    ]


def test_each_criterion_has_its_own_table_with_its_sampled_total():
    content = compose_annex(sample_facts())

    assert words(table(content, "Criterion 1"))[-1] == [
        "Elements sampled",
        "all",
        "2",
        "1",
    ]
    assert words(table(content, "Criterion 2"))[-1] == [
        "Elements sampled",
        "all",
        "0",
        "1",
    ]


def test_sampled_elements_add_up_to_the_total_of_all_criteria():
    rows = words(table(compose_annex(sample_facts()), "Elements sampled"))

    assert [row[2:] for row in rows[1:]] == [["2", "1"], ["0", "1"], ["2", "2"]]


def test_sub_elements_stand_under_their_element_without_being_headed_as_one():
    rows = table(compose_annex(sample_facts()), "Criterion 1").body

    assert [(row.cells[0].words, row.kind) for row in rows] == [
        ("1.1 Title of 1.1", "group"),
        ("1.1.1", ""),
        ("1.1.2", ""),
        ("1.1.2.1", "part"),
        ("1.1.3", ""),
        ("Elements sampled", "total"),
    ]


def test_changes_are_listed_against_the_last_known_rating():
    cells = {
        "1.1.1": ["C", "X CP", "<CP"],
        "1.1.2": ["C", "C", "X CP"],
        "1.1.3": ["CP", "", "X C"],
        "1.1.4": ["PC", "<PC", "<PC"],
        "1.1.5": ["PC", "<PC", "X C"],
        "1.1.6": ["C", "<C", "X NC"],
    }
    content = compose_annex(sample_facts(cells))
    lists = [b.items for b in blocks_of(content) if isinstance(b, BulletList)]

    assert lists == [
        ("1.1.2 Title of 1.1.2",),
        ("1.1.3 Title of 1.1.3",),
        ("1.1.5 Title of 1.1.5",),
        ("1.1.4 Title of 1.1.4",),
        ("1.1.6 Title of 1.1.6",),
    ]
    assert "What changed between 2025 and 2026" in texts(content)
    assert "Kept: 1" in texts(content)
    assert any("1.1.3 (2024)" in text for text in texts(content))


def test_years_that_are_missing_between_the_two_are_named():
    facts = sample_facts()
    first, second, last = facts.progression.years
    years = (first, second, replace(last, year=2029, label="2029"))
    late = replace(facts, progression=replace(facts.progression, years=years))

    said = "No assessment is shown for 2026 to 2028, so what changed may have changed"
    assert any(text.startswith(said) for text in texts(compose_annex(late)))
    assert not any("No assessment" in text for text in texts(compose_annex(facts)))


def test_a_first_year_has_nothing_to_be_compared_with():
    content = compose_annex(sample_facts({"1.1.1": ["C"]}))

    assert not [text for text in texts(content) if "changed" in text]


def test_both_charts_have_their_numbers_in_a_table():
    content = compose_annex(sample_facts())
    figures = [b for b in blocks_of(content) if isinstance(b, Figure)]

    assert len(figures) == 2
    assert all("The table beside it" in figure.drawing for figure in figures)
    assert table(content, "Number of elements")


def test_the_legend_explains_every_look_that_a_rating_can_have():
    content = compose_annex(sample_facts())
    explained = {row.cells[0].kind for row in table(content, "What the codes").body}

    used = {
        cell.kind.replace("plus", "compliant").replace("partial", "compliant")
        for ref in ("1", "2")
        for row in table(content, f"Criterion {ref}").body
        for cell in row.cells
        if cell.kind.startswith("rating")
    }
    assert used <= explained


def test_an_unconfirmed_assessment_stamps_its_annex():
    assert compose_annex(sample_facts(is_confirmed=False)).stamp == UNCONFIRMED
    assert compose_annex(sample_facts()).stamp == ""


def test_a_sub_element_is_told_by_its_whole_clause():
    facts = sample_facts(
        statements={"1.1.2.1": "The whole clause, however long it is."}
    )
    rows = words(table(compose_annex(facts), "Criterion 1"))

    assert ["1.1.2.1", "The whole clause, however long it is.", "C", "", ""] in rows
