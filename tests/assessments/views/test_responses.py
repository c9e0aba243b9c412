"""Pages of the organisation's responses: written, agreed, shared, withdrawn."""

import pytest
from django.urls import reverse

from assessments.models import Finding, Response
from assessments.services.responses import add_response, answered_findings
from tests.factories import AssessmentFactory, FindingFactory, confirmed


@pytest.fixture
def as_mo(signed_in, cast):
    return signed_in(cast.mo)


@pytest.fixture
def url(open_assessment):
    """``url("response_edit", 7)`` is an address of the open assessment."""

    def of(name, *args):
        slugs = [open_assessment.organisation.slug, open_assessment.slug]
        return reverse(f"assessments:{name}", args=[*slugs, *args])

    return of


@pytest.fixture
def finding_at(open_assessment):
    def make(ref):
        node = open_assessment.certification.standard.nodes.get(ref=ref)
        return FindingFactory(assessment=open_assessment, node=node)

    return make


@pytest.fixture
def finding(finding_at):
    return finding_at("1.3.4")


@pytest.fixture
def answer(finding, cast):
    return add_response(
        findings=[finding], text="We will ask twice a year.", by=cast.mo
    )


def responses_to(finding):
    return Finding.objects.with_responses().get(pk=finding.pk).responses


def words(page):
    return page.content.decode()


def edited(answer, **changes):
    """What the form of a response posts: unchanged but for ``changes``."""
    keys = [str(finding.pk) for finding in answered_findings(answer)]
    return {
        "text": answer.text,
        "version": answer.version,
        "findings": keys,
        "seen_findings": ",".join(keys),
    } | changes


def test_a_manager_answers_a_comment(as_mo, url, finding, open_assessment):
    page = as_mo.post(
        url("response_create", finding.pk), {"text": "We will publish it."}
    )

    assert [each.text for each in responses_to(finding)] == ["We will publish it."]
    assert page.url == f"{open_assessment.url_of('1.3.4')}#finding-{finding.pk}"


def test_the_page_shows_the_comment_it_answers(as_mo, url, finding):
    assert finding.comment in words(as_mo.get(url("response_create", finding.pk)))


def test_a_double_click_answers_once(as_mo, url, finding):
    sent = {"text": "Once", "submission_key": "8f0d1df5-9b8c-4f5c-9c57-6a3c1a2b3c4d"}

    as_mo.post(url("response_create", finding.pk), sent)
    as_mo.post(url("response_create", finding.pk), sent)

    assert len(responses_to(finding)) == 1


def test_a_response_without_words_is_asked_for(as_mo, url, finding):
    page = as_mo.post(url("response_create", finding.pk), {"text": " "})

    assert page.context["form"].errors["text"] == ["Enter the recommended response"]


def test_a_response_given_above_is_offered_below(as_mo, url, answer, finding_at):
    below = finding_at("5.1.1")
    page = as_mo.get(url("response_create", below.pk))
    assert "1.3.4: We will ask twice a year." in words(page)

    as_mo.post(url("response_use", below.pk), {"response": answer.pk})

    assert responses_to(below) == [answer]


def test_the_list_says_what_else_a_response_answers(
    as_mo, url, answer, finding_at, cast
):
    below = finding_at("5.1.1")
    as_mo.post(url("response_use", below.pk), {"response": answer.pk})

    page = words(as_mo.get(url("general_findings")))

    assert page.count("Also answers") == 2
    assert f"#finding-{below.pk}" in page


def test_a_response_of_another_assessment_is_not_offered(
    as_mo, url, finding, open_assessment, cast
):
    other = AssessmentFactory(certification=open_assessment.certification)
    foreign = add_response(
        findings=[FindingFactory(assessment=other)], text="Elsewhere", by=cast.mo
    )

    page = as_mo.get(url("response_create", finding.pk))
    assert "Elsewhere" not in words(page)
    as_mo.post(url("response_use", finding.pk), {"response": foreign.pk})
    assert responses_to(finding) == []
    assert as_mo.get(url("response_edit", foreign.pk)).status_code == 404


def test_choosing_no_response_to_use_is_explained(as_mo, url, answer, finding_at):
    page = as_mo.post(url("response_use", finding_at("5.1.1").pk), {"response": ""})

    assert "Select the response that answers this comment too" in words(page)


def test_words_are_changed(as_mo, url, answer, finding):
    as_mo.post(url("response_edit", answer.pk), edited(answer, text="Every quarter."))

    assert [each.text for each in responses_to(finding)] == ["Every quarter."]


def test_the_comments_it_answers_are_ticked_and_unticked(
    as_mo, url, answer, finding, finding_at
):
    other = finding_at("5.1.1")

    as_mo.post(url("response_edit", answer.pk), edited(answer, findings=[other.pk]))

    assert answered_findings(answer) == [other]


def test_a_link_made_meanwhile_by_somebody_else_stays(as_mo, url, answer, finding_at):
    sent = edited(answer, text="New words")
    meanwhile = finding_at("5.1.1")
    as_mo.post(url("response_use", meanwhile.pk), {"response": answer.pk})

    as_mo.post(url("response_edit", answer.pk), sent)

    assert meanwhile in answered_findings(answer)


def test_a_response_to_nothing_is_refused(as_mo, url, answer, finding):
    page = as_mo.post(url("response_edit", answer.pk), edited(answer, findings=[]))

    assert "Select at least one comment that this answers" in words(page)
    assert answered_findings(answer) == [finding]


def test_the_second_to_change_the_words_sees_both(as_mo, url, answer, finding):
    edit_url = url("response_edit", answer.pk)
    mine = edited(answer, text="Words of the second")
    as_mo.post(edit_url, edited(answer, text="Words of the first"))

    refused = as_mo.post(edit_url, mine)

    assert refused.status_code == 409
    assert "Words of the first" in words(refused)
    assert "Words of the second" in words(refused)
    assert [each.text for each in responses_to(finding)] == ["Words of the first"]


def test_agreeing_marks_the_response(as_mo, url, answer):
    as_mo.post(url("response_agree", answer.pk), {"version": 1})

    assert "Agreed" in words(as_mo.get(url("general_findings")))
    answer.refresh_from_db()
    assert answer.state == Response.State.AGREED


def test_words_changed_since_are_not_agreed_unread(as_mo, url, answer):
    Response.objects.filter(pk=answer.pk).update(version=2)

    page = as_mo.post(url("response_agree", answer.pk), {"version": 1}, follow=True)

    assert "Someone changed this after you opened it." in words(page)
    answer.refresh_from_db()
    assert answer.state == Response.State.DRAFT


def test_a_response_is_withdrawn_and_restored(as_mo, url, answer, finding):
    withdraw_url = url("response_withdraw", answer.pk)
    assert "Withdraw this response?" in words(as_mo.get(withdraw_url))

    as_mo.post(withdraw_url, {"version": 1})
    assert responses_to(finding) == []
    assert "Restore" in words(as_mo.get(url("general_findings")))

    as_mo.post(url("response_restore", answer.pk), {"version": 2})
    assert responses_to(finding) == [answer]


def test_answers_are_written_after_confirmation_too(
    as_mo, url, finding, open_assessment, cast
):
    confirmed(open_assessment, by=cast.cass)

    as_mo.post(url("response_create", finding.pk), {"text": "After the visit"})

    assert [each.text for each in responses_to(finding)] == ["After the visit"]


def test_an_approver_reads_responses_but_does_not_write_them(
    signed_in, cast, url, answer, finding
):
    as_cass = signed_in(cast.cass)

    page = words(as_cass.get(url("general_findings")))
    assert answer.text in page
    assert url("response_edit", answer.pk) not in page
    assert as_cass.get(url("response_create", finding.pk)).status_code == 403
    assert as_cass.post(url("response_agree", answer.pk)).status_code == 403


def test_a_stranger_cannot_tell_that_the_response_exists(signed_in, cast, url, answer):
    as_sam = signed_in(cast.sam)

    assert as_sam.get(url("response_edit", answer.pk)).status_code == 404
    assert as_sam.post(url("response_withdraw", answer.pk)).status_code == 404
