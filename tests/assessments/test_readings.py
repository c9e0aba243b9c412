import pytest

from assessments.models import Assessment, Result
from assessments.readings import (
    known_ratings_before,
    note_found_years,
    year_columns,
)
from assessments.record import Record
from assessments.standard_tree import shared_tree
from assessments.tree import Kind
from cse_tracker.accounts.models.membership import memberships_of
from tests.assessments.past import assess
from tests.factories import (
    AssessmentFactory,
    CertificationFactory,
    StandardNodeFactory,
)


@pytest.fixture
def membership(cast):
    [found] = memberships_of(cast.lena)
    return found


@pytest.fixture
def years(cast, certification):
    """A full year and a review, both confirmed."""
    full = assess(
        certification, 2014, {"1.1.1": "C"}, by=cast.lena, kind=Assessment.Kind.FULL
    )
    review = assess(
        certification, 2015, {"1.1.1": "CP"}, by=cast.lena, sampled=["1.1.1"]
    )
    return [full, review]


def test_a_column_is_headed_by_its_year():
    first = AssessmentFactory.build(pk=1, year=2014, slug="2014-full", kind="full")

    column = year_columns([first])[0]

    assert (column.label, column.kind) == ("2014", "Full assessment")
    assert column.examines_everything
    assert not column.is_confirmed


def test_two_assessments_of_a_year_are_told_apart_by_their_kind():
    both = [
        AssessmentFactory.build(pk=1, year=2014, slug="2014-review", kind="review"),
        AssessmentFactory.build(
            pk=2, year=2014, slug="2014-follow-up", kind="follow-up"
        ),
        AssessmentFactory.build(pk=3, year=2015, slug="2015-review", kind="review"),
    ]

    assert [column.label for column in year_columns(both)] == [
        *("2014 review", "2014 follow-up visit", "2015")
    ]


def test_a_progression_is_read_in_three_queries(
    years, membership, django_assert_num_queries
):
    shared_tree(years[0].certification.standard)

    with django_assert_num_queries(3):
        progression = Record.of(membership).progression()

    assert [counts.plus for counts in progression.counts] == [0, 1]
    assert progression.sampled == (0, 1)
    assert progression.rows[0].cells[1].change == 1


def test_a_carried_rating_knows_the_year_it_came_from(cast, years, certification):
    assess(certification, 2016, {"1.1.2": "C"}, by=cast.lena)
    progression = Record.of(memberships_of(cast.lena)[0]).progression()

    cell = progression.rows[0].cells[2]

    assert (cell.is_carried, cell.source_year, cell.found_year) == (True, 2015, 2015)


def test_a_record_holds_the_rated_assessments_oldest_first(
    membership, years, certification
):
    AssessmentFactory(certification=certification, year=2016, slug="2016-review")

    record = Record.of(membership)

    assert list(record.assessments) == years
    assert record.certifications == [certification]


def test_a_record_is_read_in_two_queries(membership, years, django_assert_num_queries):
    with django_assert_num_queries(2):
        record = Record.of(membership)

    assert len(record.rows) == 2 * 57


def test_a_record_is_of_the_certification_asked_for(
    cast, membership, years, certification
):
    other = CertificationFactory(
        organisation=cast.ashby, standard=certification.standard
    )
    assess(other, 2020, {"1.1.1": "NC"}, by=cast.lena)

    asked = Record.of(membership, str(other.pk))

    assert [each.year for each in asked.assessments] == [2020]
    assert list(Record.of(membership, "nonsense").assessments) == years


def test_an_organisations_sub_elements_are_in_its_tree(membership, years, standard):
    element = standard.nodes.get(ref="1.1.1")
    StandardNodeFactory(
        standard=standard,
        organisation=membership.organisation,
        parent=element,
        kind=Kind.SUB_ELEMENT.value,
        ref="1.1.1.1",
    )

    assert "1.1.1.1" in Record.of(membership).tree.by_ref


def test_a_copy_of_a_copy_keeps_the_year_that_found_it(certification, cast):
    found = assess(certification, 2023, {"1.1.1": "CP"}, by=cast.lena)
    assess(certification, 2024, {"1.1.2": "C"}, by=cast.lena)
    copied = assess(certification, 2025, {"1.1.3": "C"}, by=cast.lena)
    now = assess(certification, 2026, {}, by=cast.lena, is_confirmed=False)

    node_id = now.results.get(node__ref="1.1.1").node_id
    known = known_ratings_before(now)[node_id]
    history = list(
        Result.objects.filter(node=node_id).select_related("carried_from__assessment")
    )
    found.results.filter(node=node_id).update(rating="PC")
    changed = list(
        Result.objects.filter(node=node_id).select_related("carried_from__assessment")
    )
    note_found_years(history)
    note_found_years(changed)

    assert (known.year, known.origin_year) == (copied.year, found.year)
    assert {each.found_year for each in history} == {None, 2023}
    assert not any(each.differs_from_source for each in history)
    assert sum(each.differs_from_source for each in changed) == 3
