from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from assessments.progression_filter import Show
from assessments.progression_query import ProgressionQuery

CRITERIA = ["1", "2", "3"]

queries = st.builds(
    ProgressionQuery,
    certification=st.sampled_from(["", "7"]),
    show=st.sampled_from(Show),
    criterion=st.sampled_from(["", *CRITERIA]),
    with_statements=st.booleans(),
    folded=st.frozensets(st.sampled_from(CRITERIA)),
)


@given(queries)
def test_an_address_brings_back_the_choice_it_was_made_from(query):
    parameters = dict(parse_qsl(query.encoded().removeprefix("?")))

    assert ProgressionQuery.read(parameters) == query


@given(queries)
def test_folding_twice_changes_nothing(query):
    assert query.with_fold_turned("2").with_fold_turned("2") == query


@given(st.dictionaries(st.sampled_from(["show", "criterion", "fold"]), st.text()))
def test_an_address_with_anything_in_it_is_read_as_a_choice_that_exists(parameters):
    query = ProgressionQuery.read(parameters).fitting(
        certifications=[7], criteria=CRITERIA
    )

    assert query.show in Show
    assert query.criterion in {"", *CRITERIA}
    assert query.folded <= set(CRITERIA)


def test_the_default_needs_no_words_in_the_address():
    assert ProgressionQuery().encoded() == ""


def test_a_certification_is_named_only_where_there_are_several():
    query = ProgressionQuery(certification="7")

    assert query.fitting(certifications=[7], criteria=[]).certification == ""
    assert query.fitting(certifications=[7, 8], criteria=[]).certification == "7"
    assert query.fitting(certifications=[8, 9], criteria=[]).certification == ""
