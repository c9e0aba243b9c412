"""Clauses that an organisation splits off an element, year by year."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Result, StandardNode
from assessments.ratings import Basis, Rating
from assessments.services.sub_elements import (
    add_sub_element,
    drop_sub_element_from,
    rename_sub_element,
    title_of,
    track_sub_element_in,
)
from assessments.standard_tree import tree_for
from assessments.tree import Kind
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import AssessmentFactory, FindingFactory, ResultFactory, confirmed

STATEMENT = (
    "We set targets for how satisfied customers are and report on them each year."
)


@pytest.fixture
def parent(open_assessment):
    assessment = open_assessment
    return tree_for(assessment.organisation, assessment.certification.standard).by_ref[
        "1.3.3"
    ]


@pytest.fixture
def split(open_assessment, parent, cast):
    """``split("words")`` adds a sub-element below 1.3.3."""

    def split_off(statement=STATEMENT):
        return add_sub_element(
            assessment=open_assessment, parent=parent, statement=statement, by=cast.lena
        )

    return split_off


def result_of(sub_element, assessment):
    return assessment.results.filter(node=sub_element).first()


def drop(sub_element, assessment, by, *, seen_version=1):
    drop_sub_element_from(
        assessment=assessment,
        sub_element=sub_element,
        seen_version=seen_version,
        by=by,
    )


def test_sub_elements_are_numbered_below_their_element(split):
    assert [split().ref, split().ref] == ["1.3.3.1", "1.3.3.2"]


def test_the_organisation_is_held_before_the_assessment_as_imports_do_it(split):
    with CaptureQueriesContext(connection) as asked:
        split()

    tables = [
        table
        for each in asked
        for table in ("accounts_organisation", "assessments_assessment")
        if f'FROM "{table}"' in each["sql"]
    ]
    assert tables[:2] == ["accounts_organisation", "assessments_assessment"]


def test_a_sub_element_exists_in_the_year_it_was_added(split, open_assessment):
    result = result_of(split(), open_assessment)

    assert (result.rating, result.applicable) == ("", True)


def test_a_sub_element_is_the_organisations_own(split, cast, open_assessment):
    sub_element = split()

    standard = open_assessment.certification.standard
    assert sub_element.organisation == cast.ashby
    assert sub_element.ref in tree_for(cast.ashby, standard).by_ref
    assert sub_element.ref not in tree_for(cast.elsewhere, standard).by_ref


def test_the_title_is_the_first_eight_words(split):
    assert split().title == "We set targets for how satisfied customers are …"


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ("We answer.", "We answer."[:-1]),
        (
            "one two three four five six seven eight",
            "one two three four five six seven eight",
        ),
        ("We listen,\nact, and tell.", "We listen, act, and tell"),
    ],
)
def test_a_short_statement_is_its_own_title(statement, title):
    assert title_of(statement) == title


def test_a_title_fits_its_column_however_long_the_words():
    assert len(title_of("x" * 500 + " more" * 9)) <= 200


def test_adding_is_in_the_change_log_of_the_assessment(split, open_assessment, cast):
    sub_element = split()

    event = Event.objects.about(sub_element).get()
    assert (event.verb, event.by) == ("added", cast.lena)
    assert (event.assessment_id, event.node_id) == (open_assessment.pk, sub_element.pk)


def test_a_sub_element_needs_words(split):
    with pytest.raises(RuleBroken, match="Enter what this part"):
        split("  ")


def test_a_sub_element_is_not_split_again(split, open_assessment, cast):
    node = StandardNode.objects.filter(pk=split().pk).as_nodes()[0]

    with pytest.raises(RuleBroken, match="Only an element"):
        add_sub_element(
            assessment=open_assessment, parent=node, statement="x", by=cast.lena
        )


def test_an_element_that_does_not_apply_is_not_split(split, open_assessment, parent):
    open_assessment.results.filter(node=parent.id).update(applicable=False)

    with pytest.raises(RuleBroken, match="does not apply"):
        split()


def test_a_confirmed_assessment_gets_no_sub_element(split, open_assessment, cast):
    confirmed(open_assessment, by=cast.cass)

    with pytest.raises(RuleBroken, match="confirmed"):
        split()

    assert not StandardNode.objects.filter(kind=Kind.SUB_ELEMENT.value).exists()


def test_new_words_give_a_new_title_and_keep_the_ref(split, cast):
    sub_element = split()

    renamed = rename_sub_element(
        sub_element=sub_element,
        seen_statement=STATEMENT,
        statement="We report every quarter.",
        by=cast.lena,
    )

    assert (renamed.ref, renamed.title) == ("1.3.3.1", "We report every quarter")
    event = Event.objects.about(sub_element).first()
    assert event.changes["statement"] == [STATEMENT, "We report every quarter."]


def test_the_second_to_rename_is_told_what_stands_there_now(split, cast):
    sub_element = split()
    words = {
        "sub_element": sub_element,
        "seen_statement": STATEMENT,
        "by": cast.lena,
    }
    rename_sub_element(**words, statement="First words")

    with pytest.raises(Conflict) as conflict:
        rename_sub_element(**words, statement="Second words")

    assert conflict.value.clashes[0].current.statement == "First words"


def test_a_sub_element_dropped_everywhere_is_gone(split, open_assessment, cast):
    sub_element = split()

    drop(sub_element, open_assessment, cast.lena)

    assert not StandardNode.objects.filter(pk=sub_element.pk).exists()
    assert Event.objects.about(sub_element).first().verb == "dropped"


def test_another_year_keeps_a_sub_element(split, open_assessment, cast):
    sub_element = split()
    last_year = AssessmentFactory(certification=open_assessment.certification)
    ResultFactory(assessment=last_year, node=sub_element, rating="PC")

    drop(sub_element, open_assessment, cast.lena)

    assert result_of(sub_element, open_assessment) is None
    assert result_of(sub_element, last_year).rating == "PC"


def test_a_sub_element_of_another_year_is_taken_up_again(split, open_assessment, cast):
    sub_element = split()
    last_year = AssessmentFactory(certification=open_assessment.certification)
    ResultFactory(assessment=last_year, node=sub_element)
    drop(sub_element, open_assessment, cast.lena)

    for _ in range(2):
        track_sub_element_in(
            assessment=open_assessment, sub_element=sub_element, by=cast.lena
        )

    assert (
        Result.objects.filter(node=sub_element, assessment=open_assessment).count() == 1
    )
    assert Event.objects.filter(verb="tracked").count() == 1


def test_withdrawn_comments_keep_the_sub_element_they_are_about(
    split, open_assessment, cast
):
    sub_element = split()
    FindingFactory(
        assessment=open_assessment, node=sub_element, withdrawn_at=timezone.now()
    )

    drop(sub_element, open_assessment, cast.lena)

    assert StandardNode.objects.filter(pk=sub_element.pk).exists()
    assert result_of(sub_element, open_assessment) is None


def test_a_sub_element_with_comments_is_not_dropped(split, open_assessment, cast):
    sub_element = split()
    FindingFactory(assessment=open_assessment, node=sub_element)

    with pytest.raises(RuleBroken, match="has comments"):
        drop(sub_element, open_assessment, cast.lena)

    assert result_of(sub_element, open_assessment)


def test_a_rating_that_a_later_year_carried_is_not_dropped(
    split, open_assessment, cast
):
    sub_element = split()
    later = AssessmentFactory(certification=open_assessment.certification, year=2090)
    ResultFactory(
        assessment=later,
        node=sub_element,
        rating="C",
        basis=Basis.CARRIED.value,
        carried_from=result_of(sub_element, open_assessment),
    )

    with pytest.raises(RuleBroken, match="2090 review carries"):
        drop(sub_element, open_assessment, cast.lena)


def test_a_rating_entered_meanwhile_is_not_dropped_unseen(split, open_assessment, cast):
    sub_element = split()
    open_assessment.results.filter(node=sub_element).update(
        rating=Rating.PARTIAL.value, version=2
    )

    with pytest.raises(Conflict):
        drop(sub_element, open_assessment, cast.lena)

    assert result_of(sub_element, open_assessment).rating == "PC"


def test_one_that_is_gone_is_not_worded_anew(split, cast):
    clause = split()
    Result.objects.filter(node=clause).delete()
    StandardNode.objects.filter(pk=clause.pk).delete()

    with pytest.raises(RuleBroken, match="removed meanwhile"):
        rename_sub_element(
            sub_element=clause,
            seen_statement=STATEMENT,
            statement="We ask on the pier.",
            by=cast.lena,
        )
