import pytest

from assessments.ratings import Basis, Rating


def test_ratings_stand_from_best_to_worst():
    assert [rating.rank for rating in Rating] == [4, 3, 2, 1]


@pytest.mark.parametrize("rating", Rating)
def test_a_rank_leads_back_to_its_rating(rating):
    assert Rating.of_rank(rating.rank) is rating


def test_only_partial_and_non_compliance_must_be_put_right():
    assert [r for r in Rating if r.must_be_put_right()] == [Rating.PARTIAL, Rating.NON]


def test_every_rating_and_basis_has_words_of_its_own():
    labels = {each.label for each in (*Rating, *Basis)}

    assert len(labels) == len(Rating) + len(Basis)
