"""A full assessment that began with last year's ratings: what was assessed, what is carried."""

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.ratings import Basis, Rating
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import Event
from tests.assessments.past import assess
from tests.overview.test_grid import fields, result_of
from tests.overview.test_grid_saving import rate_url, save
from tests.pages import text_of


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def full(certification, cast):
    """The full assessment of 2027; of 2026 it carries 1.1.1 as C and 1.1.2 as PC."""
    codes = {"1.1.1": "C", "1.1.2": "PC"}
    assess(certification, 2026, codes, sampled=codes, by=cast.lena)
    return assess(
        certification,
        2027,
        {},
        kind=Assessment.Kind.FULL,
        is_confirmed=False,
        by=cast.lena,
    )


@pytest.fixture
def element(full):
    return result_of(full, "1.1.1")


def carried_fields(result, **changes):
    """As the page shows the row, with what somebody changed in it."""
    seen = f"{result.version}:{result.rating}:0:carried"
    return fields(result, rating=result.rating, seen=seen) | {
        f"{name}-{result.pk}": value for name, value in changes.items()
    }


def test_the_page_says_what_is_carried_and_still_to_be_assessed(lena, full):
    page = text_of(lena.get(full.get_absolute_url()))

    assert "Carried, to be assessed 2" in page
    assert "9 not rated; 2 carried, to be assessed" in page
    assert "carried from 2026 Assessed this year: 1.1.1" in page
    assert "what is not rated or only carried" in page


def test_a_carried_row_left_alone_stays_carried(lena, full, element):
    lena.post(full.get_absolute_url(), carried_fields(element))

    element.refresh_from_db()
    assert (element.basis, element.version) == (Basis.CARRIED, 1)


def test_a_carried_rating_is_confirmed_without_changing_it(lena, full, element):
    lena.post(full.get_absolute_url(), carried_fields(element, assessed="on"))

    element.refresh_from_db()
    assert (element.rating, element.basis) == ("C", Basis.ASSESSED)
    assert Event.objects.filter(verb="rated", assessment_id=full.pk).count() == 1


@pytest.mark.parametrize("scope", ["not-rated", "everything"])
def test_a_criterion_set_to_its_last_known_ratings_is_assessed(lena, full, scope):
    rows = [result_of(full, ref) for ref in ("1.1.1", "1.1.2")]
    sent = {name: value for row in rows for name, value in carried_fields(row).items()}
    fill = {"fill": "1", "fill-rating-1": "known", "fill-scope-1": scope}

    page = lena.post(full.get_absolute_url(), sent | fill)

    assert "2 elements of criterion 1 changed below" in text_of(page)
    for row in rows:
        assert f'name="assessed-{row.pk}" checked' in page.text


def test_an_undone_rating_is_carried_again_from_its_source(lena, cast, full, element):
    source = element.carried_from_id
    save(element, Rating.PARTIAL, by=cast.lena, sampled=False)
    element.refresh_from_db()
    undone = fields(element, rating="C", carried="on")

    [answer] = lena.post(rate_url(full), undone).json()["rows"]

    element.refresh_from_db()
    assert (element.rating, element.sampled) == ("C", False)
    assert (element.basis, element.carried_from_id) == (Basis.CARRIED, source)
    assert answer["seen"] == "3:C:0:carried"


def test_a_rating_that_is_not_the_last_known_one_cannot_be_carried(lena, full, element):
    sent = carried_fields(element, rating="CP", carried="on")

    lena.post(rate_url(full), sent)

    element.refresh_from_db()
    assert (element.rating, element.basis) == ("CP", Basis.ASSESSED)


def test_what_is_only_carried_comes_next(lena, full, cast):
    blank = [
        RatingEntry(result.pk, result.version, Rating.COMPLIANT, sampled=False)
        for result in full.results.filter(rating="")
    ]
    rate_nodes(assessment=full, entries=blank, by=cast.lena)

    page = lena.get(full.get_absolute_url())
    left = lena.get(full.get_absolute_url(), {"show": "not-rated"})

    assert page.context["next_step"] == "rate"
    assert page.context["rate_url"] == full.url_of("1.1.1")
    assert left.context["shown_count"] == 2


def test_home_and_confirm_name_what_a_full_assessment_only_carries(
    signed_in, cast, full, element
):
    save(element, Rating.COMPLIANT, by=cast.lena, sampled=False)
    cass = signed_in(cast.cass)
    slugs = [full.organisation.slug, full.slug]

    home = text_of(cass.get(reverse("overview:home", args=slugs[:1])))
    page = text_of(cass.get(reverse("assessments:confirm", args=slugs)))

    assert "1 of 57 elements assessed, 1 carried from 2026, 55 not yet." in home
    assert "1 of 57 elements assessed, 1 carried from 2026." in page
    assert "Not assessed at this visit: 1.1.2." in page
