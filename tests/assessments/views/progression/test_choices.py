"""Which elements the page shows, and how."""

import pytest

from tests.assessments.views.progression.pages import refs, row, url
from tests.pages import text_of


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("changed", ["1.1.1", "1.1.3", "2.1.1"]),
        ("partial", ["1.1.2"]),
        ("plus", ["1.1.1", "2.1.1"]),
    ],
)
def test_a_filter_shows_only_the_elements_it_names(lena, past, show, expected):
    page = lena.get(url(show=show))

    assert refs(page) == expected
    assert f"Showing {len(expected)} of 57 elements" in text_of(page)


def test_what_was_never_sampled_can_be_seen(lena, past):
    never = refs(lena.get(url(show="not-sampled")))

    assert len(never) == 54
    assert not {"1.1.1", "1.1.2", "2.1.1"} & set(never)


def test_filters_come_together_and_stay_in_the_form(lena, past):
    page = lena.get(url(show="changed", criterion="2"))

    assert refs(page) == ["2.1.1"]
    assert '<option value="changed" selected>' in page.text
    assert '<option value="2" selected>' in page.text


def test_a_filter_that_finds_nothing_offers_the_way_back(lena, past):
    page = lena.get(url(show="plus", criterion="5"))

    assert "No element matches" in page.text
    assert f'href="{url()}"' in page.text


def test_a_criterion_is_folded_away_and_keeps_its_counts(lena, past):
    page = lena.get(url(fold="1"))

    assert refs(page)[0] == "2.1.1"
    assert row(page, "1 Customer Insight Show rows")[0] == "1 CP 1 C 1 PC 8 not rated"
    assert 'href="?#criterion-1"' in page.text


def test_all_criteria_fold_at_once(lena, past):
    page = lena.get(url(fold="1.2.3.4.5"))

    assert refs(page) == []
    assert "Show all rows" in page.text


def test_statements_are_shown_on_request(lena, past, standard):
    statement = standard.nodes.get(ref="1.1.1").statement

    assert statement not in text_of(lena.get(url()))
    assert " ".join(statement.split()) in text_of(lena.get(url(statements="on")))


def test_an_old_link_with_nonsense_in_it_still_works(lena, past):
    page = lena.get(url(show="?", criterion="9", fold="x.y", certification="0"))

    assert len(refs(page)) == 57
