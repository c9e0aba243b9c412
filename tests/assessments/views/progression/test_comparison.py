"""Two years side by side."""

from tests.assessments.past import assess
from tests.assessments.views.progression.pages import url
from tests.factories import AssessmentFactory, ResultFactory
from tests.pages import text_of


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
