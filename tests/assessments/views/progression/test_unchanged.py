"""A page that the browser holds is sent again only when it has changed."""

import pytest

from tests.assessments.past import assess
from tests.assessments.views.progression.pages import url
from tests.factories import CertificationFactory


def again(client, page, address=None):
    """The same request by a browser that kept the page."""
    tag = page.headers["ETag"]
    return client.get(address or url(), headers={"if-none-match": tag})


@pytest.fixture
def kept(lena, past):
    """The page as Lena's browser keeps it."""
    # The first answer sets the cookie that later ones go by.
    lena.get(url())
    return lena.get(url())


def test_an_unchanged_page_is_not_sent_again(lena, kept):
    answer = again(lena, kept)

    assert answer.status_code == 304
    assert answer.content == b""


def test_only_this_persons_browser_keeps_the_page_and_asks_each_time(lena, kept):
    for answer in (kept, again(lena, kept)):
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["ETag"] == kept.headers["ETag"]


def test_an_unchanged_page_costs_one_query_beyond_signing_in(
    lena, kept, django_assert_num_queries
):
    with django_assert_num_queries(3):
        again(lena, kept)


def test_a_changed_rating_brings_a_new_page(lena, cast, past, kept):
    assess(past, 2019, {"1.1.1": "NC"}, by=cast.lena)

    answer = again(lena, kept)

    assert answer.status_code == 200
    assert "Non-compliance" in answer.text


def test_another_organisations_changes_leave_the_page_as_it_was(lena, cast, past, kept):
    foreign = CertificationFactory(organisation=cast.elsewhere, standard=past.standard)
    assess(foreign, 2021, {"1.1.1": "NC"}, by=cast.sam)

    assert again(lena, kept).status_code == 304


def test_another_choice_is_another_page(lena, kept):
    assert again(lena, kept, url(show="changed")).status_code == 200


def test_another_persons_page_is_never_taken_for_ones_own(vik, kept):
    assert again(vik, kept).status_code == 200


def test_signing_in_again_brings_a_page_whose_forms_work(cast, lena, kept):
    """The page holds the token of the session's forms; an old one would refuse to sign out."""
    lena.cookies["csrftoken"] = "b" * 32

    assert again(lena, kept).status_code == 200
