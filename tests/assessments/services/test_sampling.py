import pytest

from assessments.models import Assessment
from assessments.sampling import propose_sample
from assessments.sampling_readings import sampling_facts
from assessments.services.sampling import plan_sampling
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.assessments.past import assess
from tests.factories import confirmed

pytestmark = pytest.mark.django_db


def ids(assessment, *refs):
    return set(
        assessment.results.filter(node__ref__in=refs).values_list("pk", flat=True)
    )


def planned(assessment):
    rows = assessment.results.filter(planned_for_sampling=True)
    return set(rows.values_list("node__ref", flat=True))


def plan(assessment, seen, wanted, by):
    plan_sampling(
        assessment=assessment,
        seen=ids(assessment, *seen),
        planned=ids(assessment, *wanted),
        by=by,
    )


def test_a_plan_is_saved_as_a_whole_with_one_entry_of_the_log(open_assessment, cast):
    plan(open_assessment, [], ["1.1.1", "2.2.2"], cast.lena)

    plan(open_assessment, ["1.1.1", "2.2.2"], ["1.1.2", "2.2.2"], cast.lena)

    assert planned(open_assessment) == {"1.1.2", "2.2.2"}
    latest, _ = Event.objects.about(open_assessment).filter(
        verb="planned the sample of"
    )
    assert latest.changes == {
        "planned_for_sampling": [["1.1.1", "2.2.2"], ["1.1.2", "2.2.2"]]
    }


def test_planning_samples_nothing_and_leaves_ratings_to_be_saved(open_assessment, cast):
    before = set(open_assessment.results.values_list("pk", "version", "sampled"))

    plan(open_assessment, [], ["1.1.1"], cast.lena)

    assert set(open_assessment.results.values_list("pk", "version", "sampled")) == (
        before
    )


def test_somebody_elses_newer_plan_is_not_overwritten_unseen(open_assessment, cast):
    plan(open_assessment, [], ["1.1.1", "1.1.2"], cast.lena)

    with pytest.raises(Conflict) as refusal:
        plan(open_assessment, ["1.1.2"], ["1.1.3"], cast.cass)

    assert [clash.current.node.ref for clash in refusal.value.clashes] == ["1.1.1"]
    assert planned(open_assessment) == {"1.1.1", "1.1.2"}


def test_the_same_plan_again_writes_nothing(open_assessment, cast):
    plan(open_assessment, [], ["1.1.1"], cast.lena)
    entries = Event.objects.count()

    plan(open_assessment, [], ["1.1.1"], cast.lena)

    assert Event.objects.count() == entries


def test_what_does_not_apply_cannot_be_planned(open_assessment, cast):
    open_assessment.results.filter(node__ref="3.3.3").update(applicable=False)

    with pytest.raises(RuleBroken, match=r"3\.3\.3 does not apply"):
        plan(open_assessment, [], ["3.3.3"], cast.lena)


def test_a_confirmed_assessment_keeps_its_plan(open_assessment, cast):
    locked = confirmed(open_assessment, by=cast.cass)

    with pytest.raises(RuleBroken, match="was confirmed"):
        plan(locked, [], ["1.1.1"], cast.lena)


def test_a_full_assessment_has_nothing_to_choose(certification, cast):
    full = assess(
        certification, 2026, {}, by=cast.lena, kind="full", is_confirmed=False
    )

    with pytest.raises(RuleBroken, match="examines every element"):
        plan(full, [], ["1.1.1"], cast.lena)


@pytest.fixture
def third_year(certification, cast):
    """A full assessment, a review of four elements, and the review after it."""
    certification.cycle_starts_in = 2024
    certification.save()
    first = assess(
        certification,
        2024,
        {"1.1.1": "CP", "1.3.4": "PC", "2.1.1": "C"},
        by=cast.lena,
        kind=Assessment.Kind.FULL,
        is_confirmed=False,
    )
    tree = tree_for(certification.organisation, certification.standard)
    clause = add_sub_element(
        assessment=first, parent=tree.by_ref["2.1.1"], statement="Targets", by=cast.lena
    )
    first.results.filter(node=clause).update(rating="PC")
    sampled = ["1.1.1", "1.1.2", "1.3.4", "2.1.1"]
    assess(certification, 2025, {"1.1.2": "C"}, by=cast.lena, sampled=sampled)
    return assess(certification, 2026, {}, by=cast.lena, is_confirmed=False)


def test_a_plan_rests_on_what_earlier_visits_sampled_and_found(third_year):
    tree = tree_for(third_year.organisation, third_year.certification.standard)

    standings, visit = sampling_facts(third_year, tree)

    by_ref = {each.ref: each for each in standings}
    assert (visit.cycle.first_year, visit.reviews_left) == (2024, 1)
    assert (by_ref["1.1.1"].sampled_in, by_ref["1.1.3"].sampled_in) == (2025, None)
    assert (by_ref["1.1.1"].examined_in, by_ref["1.1.3"].examined_in) == (2025, None)
    assert by_ref["1.3.4"].open_refs == ("1.3.4",)
    assert by_ref["2.1.1"].open_refs == ("2.1.1.1",)
    picked = {pick.standing.ref for pick in propose_sample(standings, visit).picks}
    assert picked == {each.ref for each in standings} - {"1.1.1", "1.1.2"}
