import pytest

from assessments.entering import KnownRating, basis_of, needs_reason
from assessments.ratings import Basis, Rating

COMPLIANT_BEFORE = KnownRating(result_id=7, rating=Rating.COMPLIANT, year=2024)


def entered(rating, *, sampled=False, everything=False, known=COMPLIANT_BEFORE):
    return {"sampled": sampled, "examines_everything": everything, "known": known} | {
        "rating": rating
    }


def basis(**given):
    return basis_of(given.pop("rating"), **given)


def reason_owed(**given):
    return needs_reason(given.pop("rating"), **given)


def test_a_sampled_rating_was_assessed():
    assert basis(**entered(Rating.PLUS, sampled=True)) is Basis.ASSESSED


def test_a_mark_without_a_rating_was_assessed_too():
    assert basis(**entered(None, sampled=True)) is Basis.ASSESSED


def test_the_last_known_rating_again_without_a_mark_is_carried():
    assert basis(**entered(Rating.COMPLIANT)) is Basis.CARRIED


def test_another_rating_without_a_mark_is_only_recorded():
    assert basis(**entered(Rating.PLUS)) is Basis.RECORDED


def test_a_first_rating_without_a_mark_is_only_recorded():
    assert basis(**entered(Rating.COMPLIANT, known=None)) is Basis.RECORDED


def test_a_full_assessment_assesses_whatever_it_rates():
    assert basis(**entered(Rating.COMPLIANT, everything=True)) is Basis.ASSESSED


def test_a_full_assessment_does_not_assess_what_it_leaves_blank():
    assert basis(**entered(None, everything=True)) is Basis.RECORDED


def test_a_change_without_a_mark_owes_a_reason():
    assert reason_owed(**entered(Rating.PARTIAL))


@pytest.mark.parametrize(
    "given",
    [
        entered(Rating.PARTIAL, sampled=True),
        entered(Rating.PARTIAL, everything=True),
        entered(Rating.COMPLIANT),
        entered(Rating.PARTIAL, known=None),
        entered(None),
    ],
    ids=["sampled", "everything examined", "unchanged", "first", "cleared"],
)
def test_nothing_else_owes_a_reason(given):
    assert not reason_owed(**given)
