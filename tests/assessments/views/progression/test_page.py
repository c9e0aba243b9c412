"""Every element by year, with counts and charts, for who may see which years."""

from django.urls import reverse

from assessments.models import Assessment
from tests.assessments.past import assess
from tests.assessments.views.progression.pages import refs, row, url
from tests.factories import AssessmentFactory, CertificationFactory
from tests.pages import rows_of, text_of


def test_every_element_stands_there_with_every_year(lena, past):
    page = lena.get(url())

    assert len(refs(page)) == 57
    assert row(page, "1.1.1") == [
        "C Compliant, assessed",
        "C Compliant, carried forward from 2014",
        "X CP ▲ Compliance Plus, sampled, up from Compliant",
        "CP Compliance Plus, carried forward from 2016",
    ]


def test_a_fall_without_a_sample_says_both(lena, past):
    fallen = row(lena.get(url()), "1.1.3")[2]

    assert "down from Compliance Plus" in fallen
    assert "not known whether it was examined" in fallen


def test_an_element_that_nobody_rated_says_so(lena, past):
    assert row(lena.get(url()), "5.1.1") == ["– Not rated"] * 4


def test_the_years_lead_to_their_assessments_and_open_ones_say_so(lena, past):
    page = lena.get(url())

    assert "2017 not confirmed" in text_of(page)
    for assessment in past.assessments.all():
        assert assessment.get_absolute_url() in page.text


def test_a_member_of_the_governing_body_sees_confirmed_years_only(vik, past):
    page = vik.get(url())

    assert "2017" not in page.text
    assert len(row(page, "1.1.1")) == 3


def test_a_member_of_the_governing_body_learns_nothing_of_open_years_elsewhere(
    vik, past
):
    for address in (url("comparison"), url("progression_export", format="csv")):
        assert b"2017" not in vik.get(address).content


def test_self_assessments_are_not_in_the_progression(lena, cast, past):
    ratings = {"1.1.1": "NC"}
    kind = Assessment.Kind.SELF
    assess(past, 2018, ratings, by=cast.lena, kind=kind, is_confirmed=False)

    assert "2018" not in lena.get(url()).text


def test_an_assessment_without_a_rating_is_not_a_year_yet(lena, past):
    AssessmentFactory(certification=past, year=2019, slug="2019-review")

    assert "2019" not in lena.get(url()).text


def test_the_counts_are_those_of_elements(lena, past):
    text = text_of(lena.get(url()))

    assert "2 Compliance Plus 1 more than in 2016" in text
    assert "1 Compliant 1 fewer than in 2016" in text
    assert "1 Partial compliance as in 2016" in text


def test_the_numbers_of_the_charts_stand_in_a_table(lena, past):
    page = lena.get(url())

    assert ["2016", "1", "2", "1", "0", "53", "1"] in rows_of(page)
    assert ["2014", "1", "2", "1", "0", "53", "all"] in rows_of(page)
    assert page.text.count('class="cse-chart ') == 2


def test_without_ratings_the_officer_is_led_to_the_import(lena, certification):
    page = lena.get(url())

    assert "No ratings yet" in page.text
    assert reverse("assessments:imports", args=["ashby"]) in page.text


def test_without_confirmed_years_the_governing_body_is_told_so(
    vik, cast, certification
):
    codes = {"1.1.1": "C"}
    assess(certification, 2014, codes, by=cast.lena, is_confirmed=False)

    assert "No confirmed years yet" in vik.get(url()).text


def test_each_certification_has_a_progression_of_its_own(lena, cast, past):
    other = CertificationFactory(
        organisation=cast.ashby, standard=past.standard, scope="Libraries"
    )
    assess(other, 2020, {"1.1.1": "NC"}, by=cast.lena)

    first, second = (lena.get(url(certification=each.pk)) for each in (past, other))

    assert len(row(first, "1.1.1")) == 4
    assert row(second, "1.1.1") == [
        "NC Non-compliance, not known whether it was examined"
    ]
    assert f'<option value="{other.pk}" selected>' in second.text
    assert f"certification={other.pk}" in second.text


def test_another_organisations_certification_is_not_to_be_had(lena, cast, past):
    foreign = CertificationFactory(organisation=cast.elsewhere, standard=past.standard)
    assess(foreign, 2021, {"1.1.1": "NC"}, by=cast.sam)

    page = lena.get(url(certification=foreign.pk))

    assert "2021" not in page.text


def test_the_page_costs_four_queries_beyond_signing_in(lena, past, queries_for):
    session_and_user = 2

    assert queries_for(lena, url()) == session_and_user + 4


def test_the_page_costs_the_same_for_many_years(lena, cast, past, queries_for):
    few = queries_for(lena, url())
    for year in range(2018, 2026):
        assess(past, year, {"1.1.1": "C"}, by=cast.lena, sampled=["1.1.1"])

    assert queries_for(lena, url()) == few


def test_the_page_costs_the_same_for_many_elements(
    cast, lena, queries_for, assessment_with
):
    counts = []
    for nodes in (5, 200):
        chosen = assessment_with(nodes=nodes).certification_id
        counts.append(queries_for(lena, url(certification=chosen)))

    assert counts[0] == counts[1]


def test_the_page_has_no_wide_letter_of_its_own(lena, past):
    """One would make all of its text take twice the room, each time that it is put together."""
    page = lena.get(url())

    assert "Compliance Plus, sampled, up from" in page.text
    assert page.text.isascii()
