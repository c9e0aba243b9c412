"""Several people at the same moment: one wins, nobody's words are lost, no ref is given twice."""

import pytest

from assessments.models import Finding, StandardNode
from assessments.ratings import Rating
from assessments.services.findings import move_finding
from assessments.services.ratings import RatingEntry, rate_each
from assessments.services.responses import add_response, link_response, unlink_response
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import FindingFactory
from tests.waiting import at_once, while_uncommitted

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def test_of_twelve_ratings_of_one_element_one_wins_and_the_others_are_told(
    open_assessment, cast
):
    result = open_assessment.results.get(node__ref="1.1.1")

    outcomes = at_once(
        12,
        lambda number: rate_each(
            assessment=open_assessment,
            entries=[
                RatingEntry(result.pk, 1, Rating.PLUS, True, reason=f"Words {number}")
            ],
            by=cast.lena,
        ),
    )

    refused = [each for each in outcomes if each]
    assert len(refused) == 11
    assert all(isinstance(each[result.pk], Conflict) for each in refused)
    result.refresh_from_db()
    assert result.version == 2
    assert Event.objects.about(result).count() == 1


def test_sub_elements_added_together_get_refs_of_their_own(open_assessment, cast):
    parent = shared_tree(open_assessment.certification.standard).by_ref["1.3.3"]

    at_once(
        6,
        lambda number: add_sub_element(
            assessment=open_assessment,
            parent=parent,
            statement=f"We do {number}.",
            by=cast.lena,
        ),
    )

    refs = StandardNode.objects.added_by(cast.ashby).values_list("ref", flat=True)
    assert sorted(refs) == [f"1.3.3.{number}" for number in range(1, 7)]


def test_findings_moved_together_all_keep_a_place(open_assessment, cast):
    findings = FindingFactory.create_batch(6, assessment=open_assessment)

    at_once(
        6,
        lambda number: move_finding(finding=findings[number], to=1, by=cast.lena),
    )

    standing = Finding.objects.standing().filter(
        finding_set=open_assessment.finding_set
    )
    assert [each.order for each in standing] == [1, 2, 3, 4, 5, 6]


def test_two_people_cannot_together_leave_a_response_without_a_finding(
    open_assessment, cast
):
    findings = FindingFactory.create_batch(2, assessment=open_assessment)
    response = add_response(findings=findings, text="For both.", by=cast.mo)

    outcomes = at_once(
        2,
        lambda number: unlink_response(
            response=response, finding=findings[number], by=cast.mo
        ),
    )

    assert sum(isinstance(each, RuleBroken) for each in outcomes) == 1
    assert response.finding_links.count() == 1


def test_a_response_that_is_used_again_twice_at_once_is_linked_once(
    open_assessment, cast
):
    first, second = FindingFactory.create_batch(2, assessment=open_assessment)
    response = add_response(findings=[first], text="For both.", by=cast.mo)

    while_uncommitted(
        lambda: link_response(response=response, finding=second, by=cast.mo),
        lambda: link_response(response=response, finding=second, by=cast.mo),
    )

    assert response.finding_links.count() == 2
    assert Event.objects.about(response).filter(verb="linked").count() == 1
