"""What the plan for the year after a real annex begins with."""

import pytest

from assessments.cycle import CycleModel, CycleRules, PastVisit, propose_next
from assessments.sampling import ElementStanding, PlannedVisit, propose_sample
from assessments.sampling_readings import NodePast
from tests.assessments.checks.records import real_annex, real_record

RECORD = real_record()


def standing(node):
    results = [(year, year.results.get(node.ref)) for year in RECORD.years]
    known = [(year, said) for year, said in results if said]
    rating = [said.rating for _, said in known if said.rating][-1]
    examined = [
        year.year for year, said in known if said.sampled or year.examines_everything
    ]
    return ElementStanding(
        node_id=node.id,
        ref=node.ref,
        rating=rating,
        sampled_in=max([y.year for y, said in known if said.sampled], default=None),
        examined_in=max(examined),
        open_refs=(node.ref,) if rating.must_be_put_right() else (),
    )


@pytest.mark.parametrize(
    ("starts_in", "length"), [(None, 3), (2014, 3), (2014, 6), (2015, 5), (2019, 3)]
)
def test_the_one_element_that_no_review_sampled_is_the_first_pick(starts_in, length):
    rules = CycleRules(CycleModel.YEARLY, starts_in, length)
    visit = PlannedVisit(2019, rules.cycle_of(2019), length)

    picks = propose_sample(map(standing, RECORD.tree.elements), visit).picks

    assert picks[0].standing.ref == "1.2.3"
    assert picks[0].reasons[0] == "Never sampled at a review, last examined in 2014"
    picked = {pick.standing.ref for pick in picks}
    assert {"2.1.4", "4.1.2", "5.3.2"} <= picked


def past_of(ref):
    """What the visits on record said about an element, one after the other."""
    past = NodePast()
    for year in RECORD.years:
        said = year.results[ref]
        past.learn(
            year.year,
            said.rating or "",
            sampled=said.sampled,
            is_examined=said.sampled or year.examines_everything,
        )
    return past


def test_a_rating_newer_than_its_sample_and_a_sample_without_one_are_seen():
    plus, unrated = past_of("2.1.5"), past_of("2.2.3")

    assert (plus.rated_since, plus.examined_in) == (2016, 2015)
    assert (unrated.result_missing_in, unrated.sampled_in) == (2017, None)


def test_the_next_visit_is_the_fifth_review():
    data = real_annex()
    visits = [
        PastVisit(year, kind, f"Y{number}" if number else "")
        for number, (year, kind) in enumerate(
            zip(data["years"], data["kinds"], strict=True)
        )
    ]

    proposed = propose_next(CycleRules(CycleModel.YEARLY, 2014, 3), visits)

    assert (proposed.year, proposed.kind, proposed.visit_code) == (2019, "review", "Y5")
