import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.progression import build_progression
from assessments.progression_filter import Show, element_count, narrowed
from tests.assessments.tables import TREE, progressions, row, year

YEARS = [2014, 2015]


def shown(progression, show, criterion="") -> list[str]:
    sections = narrowed(progression, show, criterion)
    return [each.node.ref for section in sections for each in section.rows]


@given(progressions(YEARS))
def test_every_element_is_shown_unless_something_is_chosen(progression):
    assert shown(progression, Show.ALL) == [each.node.ref for each in progression.rows]


@given(progressions(YEARS), st.sampled_from(Show))
def test_a_choice_leaves_out_whole_elements_only(progression, show):
    chosen = shown(progression, show)

    for each in progression.rows:
        element = ".".join(each.node.ref.split(".")[:3])
        assert (each.node.ref in chosen) == (element in chosen)


@given(progressions(YEARS), st.sampled_from(Show))
def test_the_criteria_together_show_what_all_show(progression, show):
    parts = [shown(progression, show, node.ref) for node in TREE.criteria]

    assert [ref for part in parts for ref in part] == shown(progression, show)


@pytest.mark.parametrize(
    ("show", "refs"),
    [
        (Show.CHANGED, ["1.1.1", "1.1.1.1"]),
        (Show.PARTIAL, ["1.1.1", "1.1.1.1", "1.2.1"]),
        (Show.PLUS, ["2.1.1"]),
        (Show.UNSAMPLED, ["1.2.1", "2.1.1", "2.1.2"]),
    ],
)
def test_each_choice_shows_the_elements_it_names(show, refs):
    """The changed and partial part is a sub-element, whose element comes with it."""
    years = [year(2014, examines_everything=True), year(2015)]
    rows = [
        row("1.1.1.1", 2014, "C"),
        row("1.1.1.1", 2015, "PC", sampled=True),
        row("1.1.2", 2015, "C", sampled=True),
        row("1.2.1", 2015, "NC"),
        row("2.1.1", 2015, "CP"),
        row("2.1.2", 2014, "PC"),
    ]

    assert shown(build_progression(TREE, years, rows), show) == refs


def test_a_criterion_with_nothing_to_show_is_left_out():
    progression = build_progression(TREE, [year(2015)], [row("1.1.1", 2015, "CP")])

    sections = narrowed(progression, Show.PLUS)

    assert [section.node.ref for section in sections] == ["1"]
    assert [part.node.ref for part in sections[0].sub_criteria] == ["1.1"]
    assert element_count(sections) == 1


def test_counts_stay_those_of_all_elements():
    progression = build_progression(TREE, [year(2015)], [row("1.1.1", 2015, "CP")])

    section = narrowed(progression, Show.PLUS)[0]

    assert section.counts == progression.sections[0].counts
