import pytest
from django.urls import reverse

from assessments.models import Assessment
from tests.assessments.past import assess
from tests.factories import (
    AssessmentFactory,
    CertificationFactory,
    ResultFactory,
)
from tests.pages import rows_of, text_of

INITIAL = Assessment.Kind.INITIAL


@pytest.fixture
def past(cast, certification):
    """1.1.1 rose in 2016, 1.1.2 is partial, 1.1.3 fell without a sample; 2017 is not confirmed."""
    ratings = {"1.1.1": "C", "1.1.2": "PC", "1.1.3": "CP", "2.1.1": "C"}
    changes = [{}, {"1.1.1": "CP", "1.1.3": "C"}, {"2.1.1": "CP"}]
    assess(certification, 2014, ratings, by=cast.lena, kind=INITIAL)
    assess(certification, 2015, changes[0], by=cast.lena, sampled=["1.1.2"])
    assess(certification, 2016, changes[1], by=cast.lena, sampled=["1.1.1"])
    assess(
        certification,
        2017,
        changes[2],
        by=cast.lena,
        sampled=["2.1.1"],
        is_confirmed=False,
    )
    return certification


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def vik(cast, signed_in):
    return signed_in(cast.vik)


def url(name="progression", **parameters):
    return reverse(f"assessments:{name}", args=["ashby"], query=parameters)


def row(page, ref) -> list[str]:
    """The words in the cells of one element's row, without its head."""
    [found] = [
        cells[1:] for cells in rows_of(page) if cells and cells[0].startswith(f"{ref} ")
    ]
    return found


def refs(page) -> list[str]:
    """The refs of the elements in the table."""
    heads = [cells[0].split()[0] for cells in rows_of(page) if cells and cells[0]]
    return [head for head in heads if head.count(".") == 2]


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


def test_two_years_are_compared_at_element_level(lena, past):
    page = lena.get(url("comparison", earlier="2014-initial", later="2016-review"))

    text = text_of(page)
    assert "2014 to 2016: 1 up, 1 down, 2 unchanged" in text
    assert "Sub-elements are not compared" in text


def test_the_latest_two_years_are_compared_if_nobody_chose(lena, past):
    assert "2016 to 2017: 1 up, 0 down, 3 unchanged" in text_of(
        lena.get(url("comparison"))
    )


def test_an_open_year_is_named_in_a_comparison(lena, past):
    assert "2017 not confirmed" in text_of(lena.get(url("comparison")))


def test_a_comparison_across_a_missing_year_warns(lena, cast, past):
    assess(past, 2019, {"1.1.1": "C"}, by=cast.lena, sampled=["1.1.1"])

    text = text_of(lena.get(url("comparison")))

    assert "There is no assessment for 2018" in text
    assert "CHK-501" in text


def test_an_element_that_no_longer_applies_is_told_apart(lena, cast, past):
    later = AssessmentFactory(certification=past, year=2018, slug="2018-review")
    tree = {node.ref: node for node in past.standard.nodes.all()}
    ResultFactory(assessment=later, node=tree["1.1.1"], applicable=False)
    ResultFactory(assessment=later, node=tree["1.1.2"], rating="C")
    ResultFactory(assessment=later, node=tree["5.1.1"], rating="C")

    text = text_of(lena.get(url("comparison")))

    assert "CP Compliance Plus does not apply in 2018" in text
    assert "Newly rated: 1" in text


def test_the_later_year_must_come_after_the_earlier(lena, past):
    page = lena.get(url("comparison", earlier="2016-review", later="2015-review"))

    assert "<title>Error: Compare two years" in page.text
    assert "Later year must be after the earlier year" in page.text


def test_one_year_cannot_be_compared_yet(lena, cast, certification):
    assess(certification, 2014, {"1.1.1": "C"}, by=cast.lena)

    assert "Only one year so far" in lena.get(url("comparison")).text


@pytest.mark.parametrize("name", ["comparison", "progression_export"])
def test_nothing_to_compare_or_download_without_ratings(lena, certification, name):
    page = lena.get(url(name))

    assert page.status_code == (404 if name == "progression_export" else 200)


def test_the_table_is_downloaded_as_it_was_narrowed(lena, past):
    file = lena.get(url("progression_export", format="csv", show="partial"))

    text = file.content.decode("utf-8-sig")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        'filename="progression-ashby-borough-council.csv"'
        in (file.headers["Content-Disposition"])
    )
    assert "1.1.2,Element," in text
    assert "1.1.1," not in text


def test_the_workbook_is_offered_as_a_file(lena, past):
    file = lena.get(url("progression_export", format="xlsx"))

    assert file.content.startswith(b"PK")
    assert file.headers["Cache-Control"] == "no-store"
