"""Pages of the assessor's comments: entered, corrected, moved, withdrawn, listed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Finding
from assessments.ratings import Rating
from assessments.services.findings import withdraw_finding
from assessments.services.responses import add_response
from tests.factories import FindingFactory, confirmed


@pytest.fixture
def as_lena(signed_in, cast):
    return signed_in(cast.lena)


@pytest.fixture
def url(open_assessment):
    """``url("finding_edit", 7)`` is an address of the open assessment."""

    def of(name, *args):
        slugs = [open_assessment.organisation.slug, open_assessment.slug]
        return reverse(f"assessments:{name}", args=[*slugs, *args])

    return of


@pytest.fixture
def finding(open_assessment):
    return FindingFactory(
        assessment=open_assessment,
        node=open_assessment.certification.standard.nodes.get(ref="1.3.3"),
        comment="You may wish to ask fewer questions.",
    )


def comments(assessment):
    found = Finding.objects.standing().filter(finding_set=assessment.finding_set)
    return [(each.kind, each.comment) for each in found]


def words(page):
    return page.content.decode()


def payload(**changes):
    return {
        "kind": "improvement",
        "comment": "Consider a shorter survey.",
        "response": "",
        "submission_key": "8f0d1df5-9b8c-4f5c-9c57-6a3c1a2b3c4d",
    } | changes


def test_a_comment_and_its_response_are_entered_in_one_form(
    as_lena, url, open_assessment
):
    page = as_lena.post(
        url("finding_create", "1.3.3"),
        payload(response="We will cut it to five questions."),
    )

    finding = Finding.objects.with_responses().get()
    assert (finding.node.ref, finding.comment) == (
        "1.3.3",
        "Consider a shorter survey.",
    )
    assert [each.text for each in finding.responses] == [
        "We will cut it to five questions."
    ]
    assert page.url == f"{open_assessment.url_of('1.3.3')}#finding-{finding.pk}"


def test_a_double_click_enters_one_comment(as_lena, url, open_assessment):
    first = as_lena.post(url("finding_create", "1.3.3"), payload(response="Yes."))
    second = as_lena.post(url("finding_create", "1.3.3"), payload(response="Yes."))

    assert len(comments(open_assessment)) == 1
    assert second.url == first.url


def test_pasted_line_ends_are_kept_as_one_character(as_lena, url, open_assessment):
    as_lena.post(url("finding_create", "1.3.3"), payload(comment="One\r\n\r\nTwo"))

    assert comments(open_assessment) == [("improvement", "One\n\nTwo")]


def test_a_comment_about_no_element_leads_to_the_list(as_lena, url, open_assessment):
    page = as_lena.post(url("general_finding_create"), payload())

    finding = Finding.objects.get()
    assert finding.node is None
    assert page.url == f"{url('general_findings')}#finding-{finding.pk}"


def test_after_saving_one_goes_where_next_says(as_lena, url):
    page = as_lena.post(f"{url('finding_create', '1.3.3')}?next=/o/ashby/", payload())

    assert page.url == "/o/ashby/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_next_never_leads_away_from_us(as_lena, url, elsewhere):
    page = as_lena.post(f"{url('finding_create', '1.3.3')}?next={elsewhere}", payload())

    assert page.url.startswith("/o/ashby/assessments/")


def test_a_partial_compliance_asks_why(as_lena, url, open_assessment):
    open_assessment.results.filter(node__ref="1.3.3").update(
        rating=Rating.PARTIAL.value
    )

    page = as_lena.get(url("finding_create", "1.3.3"))

    assert page.context["form"]["kind"].value() == "compliance"
    assert "What the element asks" in words(page)


@pytest.mark.parametrize(
    ("kind", "response"), [("compliance", "We will."), ("improvement", "")]
)
def test_a_missing_comment_is_named_at_its_field(
    as_lena, url, open_assessment, kind, response
):
    page = as_lena.post(
        url("finding_create", "1.3.3"),
        payload(kind=kind, comment=" ", response=response),
    )

    assert page.context["form"].errors["comment"] == ["Enter the assessor's comment"]
    assert "<title>Error: " in words(page)
    assert comments(open_assessment) == []


def test_a_row_of_a_report_may_have_a_response_alone(as_lena, url, open_assessment):
    as_lena.post(
        url("finding_create", "1.3.3"), payload(comment="", response="As above.")
    )

    assert comments(open_assessment) == [("improvement", "")]


def test_an_element_that_is_not_there_is_not_found(as_lena, url):
    assert as_lena.get(url("finding_create", "9.9.9")).status_code == 404


def test_a_comment_is_corrected(as_lena, url, finding, open_assessment):
    edit_url = url("finding_edit", finding.pk)
    assert "You may wish to ask fewer questions." in words(as_lena.get(edit_url))

    page = as_lena.post(
        edit_url, {"kind": "strength", "comment": "A good survey.", "version": 1}
    )

    assert comments(open_assessment) == [("strength", "A good survey.")]
    assert page.url == f"{open_assessment.url_of('1.3.3')}#finding-{finding.pk}"


def test_the_second_to_correct_sees_both_texts_and_chooses(
    as_lena, url, finding, open_assessment
):
    edit_url = url("finding_edit", finding.pk)
    seen = {"kind": "improvement", "version": 1}
    as_lena.post(edit_url, seen | {"comment": "Words of the first."})

    refused = as_lena.post(edit_url, seen | {"comment": "Words of the second."})

    assert refused.status_code == 409
    assert "Words of the first." in words(refused)
    assert "Words of the second." in words(refused)
    assert comments(open_assessment) == [("improvement", "Words of the first.")]

    as_lena.post(
        edit_url,
        {
            "kind": "improvement",
            "comment": "Words of the second.",
            "version": 2,
            "settling": "1",
            "keep-comment": "both",
        },
    )
    assert comments(open_assessment) == [
        ("improvement", "Words of the first.\n\nWords of the second.")
    ]


def test_own_words_stay_when_it_was_changed_once_more_and_confirmed_meanwhile(
    as_lena, url, finding, open_assessment, cast
):
    Finding.objects.update(comment="Words of the first, again.", version=3)
    confirmed(open_assessment, by=cast.cass)

    page = as_lena.post(
        url("finding_edit", finding.pk),
        {
            "kind": "improvement",
            "comment": "Words of the second.",
            "version": 2,
            "settling": "1",
            "keep-comment": "merged",
            "keep-comment-merged": "Words of both.",
        },
    )

    assert page.status_code == 409
    assert "confirmed" in words(page)
    assert "Words of both." in words(page)


def test_a_confirmed_assessment_sends_the_form_back_with_the_reason(
    as_lena, url, finding, open_assessment, cast
):
    confirmed(open_assessment, by=cast.cass)

    for name, args in (
        ("finding_create", ["1.3.3"]),
        ("finding_edit", [finding.pk]),
        ("finding_withdraw", [finding.pk]),
    ):
        page = as_lena.get(url(name, *args), follow=True)
        assert "Ask an approver to unlock it." in words(page)


def test_words_typed_while_somebody_confirmed_stay_on_the_page(
    as_lena, url, open_assessment, cast
):
    confirmed(open_assessment, by=cast.cass)

    page = as_lena.post(
        url("finding_create", "1.3.3"), payload(comment="Half an hour of typing")
    )

    assert "Ask an approver to unlock it." in words(page)
    assert "Half an hour of typing" in words(page)
    assert comments(open_assessment) == []


def test_withdrawing_asks_once_and_can_be_undone(
    as_lena, url, finding, open_assessment
):
    withdraw_url = url("finding_withdraw", finding.pk)
    assert "Withdraw this comment?" in words(as_lena.get(withdraw_url))
    assert len(comments(open_assessment)) == 1

    as_lena.post(withdraw_url, {"version": 1})
    assert comments(open_assessment) == []
    assert "Restore" in words(as_lena.get(url("general_findings")))

    as_lena.post(url("finding_restore", finding.pk), {"version": 2})
    assert len(comments(open_assessment)) == 1


def test_a_comment_changed_since_is_not_withdrawn_unseen(
    as_lena, url, finding, open_assessment
):
    Finding.objects.filter(pk=finding.pk).update(version=2)

    page = as_lena.post(
        url("finding_withdraw", finding.pk), {"version": 1}, follow=True
    )

    assert "Someone changed this after you opened it." in words(page)
    assert len(comments(open_assessment)) == 1


def test_a_comment_moves_up(as_lena, url, finding, open_assessment):
    below = FindingFactory(
        assessment=open_assessment, node=finding.node, comment="Second"
    )

    as_lena.post(url("finding_move", below.pk), {"to": "1"})

    assert comments(open_assessment)[0] == ("improvement", "Second")


@pytest.mark.parametrize("place", ["", "x", "-1", "1.5"])
def test_a_place_that_is_none_moves_nothing(
    as_lena, url, finding, open_assessment, place
):
    before = comments(open_assessment)

    assert (
        as_lena.post(url("finding_move", finding.pk), {"to": place}).status_code == 302
    )

    assert comments(open_assessment) == before


def test_a_finding_of_another_assessment_is_not_found_here(as_lena, url):
    foreign = FindingFactory()

    assert as_lena.get(url("finding_edit", foreign.pk)).status_code == 404
    assert as_lena.post(url("finding_restore", foreign.pk)).status_code == 404


def test_a_manager_reads_comments_but_does_not_enter_them(
    signed_in, cast, url, finding
):
    as_mo = signed_in(cast.mo)

    page = as_mo.get(url("general_findings"))
    assert "You may wish to ask fewer questions." in words(page)
    assert f'"{url("finding_edit", finding.pk)}?' not in words(page)
    assert as_mo.get(url("finding_create", "1.3.3")).status_code == 403
    assert as_mo.post(url("finding_withdraw", finding.pk)).status_code == 403


def test_the_governing_body_sees_no_comments(signed_in, cast, url, open_assessment):
    as_vik = signed_in(cast.vik)
    confirmed(open_assessment, by=cast.cass)

    assert as_vik.get(url("general_findings")).status_code == 403


def test_a_stranger_cannot_tell_that_the_comment_exists(signed_in, cast, url, finding):
    as_sam = signed_in(cast.sam)

    assert as_sam.get(url("general_findings")).status_code == 404
    assert as_sam.get(url("finding_edit", finding.pk)).status_code == 404
    assert as_sam.post(url("finding_move", finding.pk), {"to": "1"}).status_code == 404


def test_the_list_is_in_the_order_of_the_standard(as_lena, url, open_assessment):
    for ref in ("2.1.1", "1.3.3"):
        node = open_assessment.certification.standard.nodes.get(ref=ref)
        FindingFactory(assessment=open_assessment, node=node)
    FindingFactory(assessment=open_assessment, node=None)

    groups = as_lena.get(url("general_findings")).context["groups"]

    assert [group.node.ref if group.node else "" for group in groups] == [
        "",
        "1.3.3",
        "2.1.1",
    ]


def test_the_list_is_narrowed_by_its_address(as_lena, url, finding, open_assessment):
    FindingFactory(assessment=open_assessment, kind="strength", comment="A fine desk")

    page = as_lena.get(url("general_findings"), {"kind": "strength"})
    assert "A fine desk" in words(page)
    assert finding.comment not in words(page)
    assert "1 of 2 comments" in words(page)

    page = as_lena.get(url("general_findings"), {"decision": "act"})
    assert "No comment is like that" in words(page)


def test_a_filter_that_cannot_be_lists_all(as_lena, url, finding):
    page = as_lena.get(url("general_findings"), {"kind": "nonsense"})

    assert finding.comment in words(page)


def test_an_empty_list_says_what_to_do(as_lena, url):
    assert "Open an element to enter" in words(as_lena.get(url("general_findings")))


def test_comments_are_shown_as_text(as_lena, url, open_assessment):
    FindingFactory(assessment=open_assessment, comment="<script>alert(1)</script>")

    page = words(as_lena.get(url("general_findings")))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_list_costs_the_same_for_many_comments(
    as_lena, url, open_assessment, cast, queries_for
):
    def enter(count):
        nodes = list(
            open_assessment.certification.standard.nodes.filter(kind="element")
        )
        for number in range(count):
            node = nodes[number % len(nodes)]
            pair = FindingFactory.create_batch(2, assessment=open_assessment, node=node)
            add_response(findings=pair, text="For both.", by=cast.mo)
        gone = FindingFactory(assessment=open_assessment)
        withdraw_finding(finding=gone, seen_version=1, now=timezone.now(), by=cast.lena)

    enter(3)
    few = queries_for(as_lena, url("general_findings"))
    enter(40)
    many = queries_for(as_lena, url("general_findings"))

    assert few == many
    assert many <= 12
