"""“Response as above” and “see 3.3.2” become the response that they point to."""

import pytest
from django.urls import reverse

from assessments.models import Finding, Response
from assessments.services.responses import add_response, answered_findings
from tests.factories import FindingFactory
from tests.pages import text_of

QUESTION = "Select whether to use the response that these words point to"


@pytest.fixture
def as_lena(signed_in, cast):
    return signed_in(cast.lena)


@pytest.fixture
def url(open_assessment):
    def of(name, *args):
        slugs = [open_assessment.organisation.slug, open_assessment.slug]
        return reverse(f"assessments:{name}", args=[*slugs, *args])

    return of


@pytest.fixture
def finding_at(open_assessment):
    def make(ref, **fields):
        node = open_assessment.certification.standard.nodes.get(ref=ref)
        return FindingFactory(assessment=open_assessment, node=node, **fields)

    return make


@pytest.fixture
def answer(finding_at, cast):
    """A response to 1.3.4, which stands above 3.3.2."""
    text = "We will **ask** twice a year."
    return add_response(findings=[finding_at("1.3.4")], text=text, by=cast.mo)


@pytest.fixture
def finding(finding_at):
    return finding_at("3.3.2")


def responses_to(finding):
    return Finding.objects.with_responses().get(pk=finding.pk).responses


@pytest.mark.parametrize("words", ["Response as above", "see 1.3.4"])
def test_words_that_point_are_asked_about_and_saved_by_nobody(
    as_lena, url, finding, answer, words
):
    page = as_lena.post(url("response_create", finding.pk), {"text": words})

    assert QUESTION in text_of(page)
    assert "Yes, use the response to 1.3.4: We will ask twice a year." in text_of(page)
    assert responses_to(finding) == []


def test_the_response_they_point_to_is_linked(as_lena, url, finding, answer):
    posted = {"text": "see 1.3.4", "answer_with": str(answer.pk)}
    as_lena.post(url("response_create", finding.pk), posted)

    assert responses_to(finding) == [answer]
    assert Response.objects.count() == 1


def test_the_words_may_stay(as_lena, url, finding, answer):
    posted = {"text": "see 1.3.4", "answer_with": "own"}
    as_lena.post(url("response_create", finding.pk), posted)

    assert [each.text for each in responses_to(finding)] == ["see 1.3.4"]


@pytest.mark.parametrize("words", ["see 4.1.1", "See 1.3.4 and more", "see 9.9.9"])
def test_words_that_point_nowhere_are_saved(as_lena, url, finding, answer, words):
    as_lena.post(url("response_create", finding.pk), {"text": words})

    assert [each.text for each in responses_to(finding)] == [words]


def test_what_points_on_itself_is_passed_over(as_lena, url, finding_at, answer, cast):
    between = finding_at("2.1.1")
    add_response(findings=[between], text="As above", by=cast.mo)
    last = finding_at("3.3.2")

    page = as_lena.post(url("response_create", last.pk), {"text": "as above"})

    assert "Yes, use the response to 1.3.4" in text_of(page)
    assert "Yes, use the response to 2.1.1" not in text_of(page)


def test_a_response_of_another_assessment_cannot_be_chosen(
    as_lena, url, finding, answer
):
    foreign = add_response(findings=[FindingFactory()], text="Theirs", by=None)
    posted = {"text": "see 1.3.4", "answer_with": str(foreign.pk)}
    as_lena.post(url("response_create", finding.pk), posted)

    assert responses_to(finding) == []


def test_a_new_comment_is_answered_by_the_response_above(
    as_lena, url, open_assessment, answer
):
    posted = {"kind": "improvement", "comment": "Ask", "response": "As above"}
    page = as_lena.post(url("finding_create", "3.3.2"), posted)
    assert QUESTION in text_of(page)

    as_lena.post(
        url("finding_create", "3.3.2"), posted | {"answer_with": str(answer.pk)}
    )

    made = Finding.objects.get(comment="Ask")
    assert responses_to(made) == [answer]


def test_imported_words_that_point_are_replaced_for_every_comment_they_answer(
    as_lena, url, finding, finding_at, answer, cast
):
    other = finding_at("4.1.1")
    pointing = add_response(findings=[finding, other], text="See 1.3.4", by=cast.mo)
    page = as_lena.get(finding.finding_set.assessment.url_of("3.3.2"))
    assert "Use the response that these words point to" in text_of(page)

    keys = [str(each.pk) for each in answered_findings(pointing)]
    posted = {
        "text": "See 1.3.4",
        "version": pointing.version,
        "findings": keys,
        "seen_findings": ",".join(keys),
        "answer_with": str(answer.pk),
    }
    as_lena.post(url("response_edit", pointing.pk), posted)

    assert responses_to(finding) == responses_to(other) == [answer]
    pointing.refresh_from_db()
    assert pointing.withdrawn_at


def test_a_ref_in_a_text_leads_to_its_element(as_lena, finding_at, open_assessment):
    finding_at("3.3.2", comment="- As **1.3.4** says\n- but not 9.9.9 or 1.1.1.1")

    page = as_lena.get(open_assessment.url_of("3.3.2")).content.decode()

    link = f'<a class="govuk-link" href="{open_assessment.url_of("1.3.4")}"'
    assert f"<li>As <strong>{link}>1.3.4</a></strong> says</li>" in page
    assert "but not 9.9.9 or 1.1.1.1</li>" in page
