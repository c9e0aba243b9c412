"""Elements that do not apply to an organisation."""

import pytest

from assessments.models import Result
from assessments.ratings import Basis
from assessments.services.applicability import set_applicability
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import confirmed


@pytest.fixture
def result(open_assessment):
    """The element 3.4.2, rated and sampled in the open assessment."""
    open_assessment.results.filter(node__ref="3.4.2").update(
        rating="C",
        sampled=True,
        planned_for_sampling=True,
        basis=Basis.ASSESSED.value,
        reason="Seen on the visit",
    )
    return open_assessment.results.get(node__ref="3.4.2")


def say(result, cast, **changes):
    values = {"applicable": False, "reason": "We share no premises.", "seen_version": 1}
    return set_applicability(result=result, by=cast.lena, **(values | changes))


def test_an_element_that_does_not_apply_has_no_rating(result, cast):
    saved = say(result, cast)

    assert (saved.applicable, saved.rating, saved.sampled) == (False, "", False)
    assert (saved.planned_for_sampling, saved.basis) == (False, Basis.RECORDED)
    assert saved.reason == "We share no premises."


def test_the_change_log_keeps_the_rating_that_was_cleared(
    result, cast, open_assessment
):
    say(result, cast)

    event = Event.objects.about(result).get()
    assert event.changes["rating"] == ["C", ""]
    assert event.changes["applicable"] == [True, False]
    assert (event.assessment_id, event.node_id) == (open_assessment.pk, result.node_id)


def test_it_needs_a_reason(result, cast):
    with pytest.raises(RuleBroken, match="Enter the reason"):
        say(result, cast, reason="  ")

    result.refresh_from_db()
    assert result.rating == "C"


def test_it_may_apply_again(result, cast):
    say(result, cast)

    back = say(Result.objects.get(pk=result.pk), cast, applicable=True, seen_version=2)

    assert (back.applicable, back.reason, back.rating) == (True, "", "")


def test_saying_that_it_applies_where_it_does_keeps_the_rating_and_its_reason(
    result, cast
):
    say(result, cast, applicable=True, reason="")

    result.refresh_from_db()
    assert (result.rating, result.reason, result.version) == (
        "C",
        "Seen on the visit",
        1,
    )


def test_a_carried_rating_lets_go_of_its_source(result, cast, open_assessment):
    source = open_assessment.results.get(node__ref="3.4.1")
    Result.objects.filter(pk=result.pk).update(
        basis=Basis.CARRIED.value, carried_from=source, sampled=False
    )

    saved = say(Result.objects.get(pk=result.pk), cast)

    assert (saved.basis, saved.carried_from) == (Basis.RECORDED, None)


def test_sub_elements_go_along_both_ways(result, cast, open_assessment):
    tree = shared_tree(open_assessment.certification.standard)
    sub_element = add_sub_element(
        assessment=open_assessment,
        parent=tree.by_ref["3.4.2"],
        statement="We share premises with the library.",
        by=cast.lena,
    )
    below = open_assessment.results.get(node=sub_element)
    Result.objects.filter(pk=below.pk).update(rating="PC")

    say(result, cast)
    below.refresh_from_db()
    assert (below.applicable, below.rating) == (False, "")
    assert Event.objects.about(below).get().changes["rating"] == ["PC", ""]

    say(Result.objects.get(pk=result.pk), cast, applicable=True, seen_version=2)
    below.refresh_from_db()
    assert below.applicable


def test_a_sub_element_is_taken_out_instead(cast, open_assessment):
    tree = shared_tree(open_assessment.certification.standard)
    sub_element = add_sub_element(
        assessment=open_assessment,
        parent=tree.by_ref["3.4.2"],
        statement="We share premises.",
        by=cast.lena,
    )

    with pytest.raises(RuleBroken, match="Take the sub-element out"):
        say(open_assessment.results.get(node=sub_element), cast)


def test_somebody_elses_newer_rating_is_not_cleared_unseen(result, cast):
    Result.objects.filter(pk=result.pk).update(rating="CP", version=2)

    with pytest.raises(Conflict) as conflict:
        say(result, cast)

    assert conflict.value.clashes[0].current.rating == "CP"


def test_a_confirmed_assessment_keeps_what_applies(result, cast, open_assessment):
    confirmed(open_assessment, by=cast.cass)

    with pytest.raises(RuleBroken, match="confirmed"):
        say(result, cast)
