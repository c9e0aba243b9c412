"""What an assessor sees of the assessment they are invited to, until when, and what is noted."""

from datetime import date

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.http import HttpResponseNotModified
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from assessments.access import assessment_view
from assessments.models import Assessment, AssessorLook, Finding
from assessments.ratings import Rating
from assessments.services.assessments import start_assessment
from assessments.services.assessors import end_invitation
from assessments.services.findings import add_finding, withdraw_finding
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.responses import add_response
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import DataVersion, Event
from cse_tracker.accounts.permissions import Permission
from evidence.services.details import ItemDetails, VersionDates
from evidence.services.items import add_document, add_version
from evidence.services.links import Mark, link_to_element
from evidence.services.versions import checked_file
from tests.factories import confirmed, invited_assessor
from tests.pages import text_of

REF = "1.1.3"
AS_AT = VersionDates(as_at=date(2026, 5, 1))


@pytest.fixture
def tess(open_assessment, signed_in):
    """May rate and comment."""
    return signed_in(invited_assessor(open_assessment).user)


@pytest.fixture
def reader(open_assessment, signed_in):
    return signed_in(invited_assessor(open_assessment, may_rate=False).user)


def node(assessment, ref=REF):
    tree = tree_for(assessment.organisation, assessment.certification.standard)
    return tree.by_ref[ref]


def comment(assessment, cast, words):
    return add_finding(
        assessment=assessment,
        node=node(assessment),
        kind=Finding.Kind.IMPROVEMENT,
        comment=words,
        by=cast.lena,
    )


def rate(assessment, cast, rating):
    result = assessment.results.get(node__ref=REF)
    entry = RatingEntry(result.pk, result.version, rating, sampled=True)
    rate_nodes(assessment=assessment, entries=[entry], by=cast.lena)


def document(assessment, cast, title="Minutes"):
    item = add_document(
        organisation=cast.ashby,
        details=ItemDetails(title=title),
        upload=checked_file(ContentFile(b"First", name="first.txt")),
        dates=AS_AT,
        by=cast.lena,
    )
    link_to_element(
        item=item,
        assessment=assessment,
        node=node(assessment),
        mark=Mark(),
        by=cast.lena,
    )
    return item


def past_year(certification, cast, year=2025, kind=Assessment.Kind.REVIEW):
    return start_assessment(
        certification=certification, year=year, kind=kind, by=cast.lena
    )


# The last day of the invitation is 30 June (summer time), or 31 December.
@pytest.mark.parametrize(
    ("until", "moment", "status"),
    [
        (date(2026, 6, 30), "2026-06-30 22:30Z", 200),
        (date(2026, 6, 30), "2026-06-30 23:30Z", 404),
        (date(2026, 12, 31), "2026-12-31 23:30Z", 200),
        (date(2026, 12, 31), "2027-01-01 00:30Z", 404),
    ],
)
def test_the_last_day_is_a_day_in_the_united_kingdom(
    open_assessment, signed_in, until, moment, status
):
    with time_machine.travel("2026-06-01 12:00Z"):
        tess = invited_assessor(open_assessment, until=until).user

    with time_machine.travel(moment):
        page = signed_in(tess).get(open_assessment.get_absolute_url())

    assert page.status_code == status


def test_an_ended_invitation_closes_the_door_at_the_next_request(
    open_assessment, signed_in, cast
):
    invited = invited_assessor(open_assessment)
    client = signed_in(invited.user)
    assert client.get(open_assessment.url_of(REF)).status_code == 200

    end_invitation(access=invited.access, now=timezone.now(), by=cast.ada)

    assert client.get(open_assessment.url_of(REF)).status_code == 404
    assert client.get(cast.ashby.get_absolute_url()).status_code == 404


def test_who_may_rate_rates_and_comments_under_their_own_name(tess, open_assessment):
    url = open_assessment.url_of(REF)
    tess.post(url, {"version": 1, "rating": "CP", "sampled": "on"})
    address = ["ashby", open_assessment.slug, REF]
    tess.post(
        reverse("assessments:finding_create", args=address),
        {"kind": "strength", "comment": "Well done."},
    )

    assert open_assessment.results.get(node__ref=REF).rating == Rating.PLUS
    assert Finding.objects.get().comment == "Well done."
    verbs = Event.objects.filter(by__full_name="Tess Vane").values_list(
        "verb", flat=True
    )
    assert {"rated", "added"} <= set(verbs)


def test_who_may_only_read_is_refused_and_sees_no_form(reader, open_assessment):
    url = open_assessment.url_of(REF)

    answer = reader.post(url, {"version": 1, "rating": "CP", "sampled": "on"})

    assert answer.status_code == 403
    assert open_assessment.results.get(node__ref=REF).rating == ""
    words = text_of(reader.get(url))
    assert "Save and next" not in words
    assert "Add a comment" not in words


def test_a_confirmed_assessment_can_only_be_read(tess, open_assessment, cast):
    confirmed(open_assessment, by=cast.cass)
    url = open_assessment.url_of(REF)
    version = open_assessment.results.get(node__ref=REF).version

    answer = tess.post(url, {"version": version, "rating": "NC", "sampled": "on"})

    assert "Ask an approver to unlock it" in answer.text
    assert open_assessment.results.get(node__ref=REF).rating != Rating.NON
    page = tess.get(url)
    assert page.status_code == 200
    assert "Save and next" not in page.text


def test_the_organisations_answers_are_not_shown(tess, open_assessment, cast):
    finding = comment(open_assessment, cast, "Ask tenants too.")
    add_response(findings=[finding], text="We ask them in May.", by=cast.lena)
    address = ["ashby", open_assessment.slug]
    listing = reverse("assessments:general_findings", args=address)

    for url in (open_assessment.url_of(REF), listing):
        words = text_of(tess.get(url))
        assert "Ask tenants too." in words
        assert "We ask them in May." not in words
        assert "Will you act on it?" not in words


def test_the_list_of_comments_can_not_be_asked_for_decisions(
    tess, open_assessment, cast
):
    comment(open_assessment, cast, "Ask tenants too.")
    address = ["ashby", open_assessment.slug]
    listing = reverse("assessments:general_findings", args=address)

    page = tess.get(f"{listing}?decision=act")

    assert "Ask tenants too." in page.text
    assert "Decision" not in text_of(page)


def test_who_only_reads_is_not_shown_what_was_withdrawn(reader, open_assessment, cast):
    finding = comment(open_assessment, cast, "A slip of the pen.")
    withdraw_finding(finding=finding, seen_version=1, now=timezone.now(), by=cast.lena)
    address = ["ashby", open_assessment.slug]

    page = reader.get(reverse("assessments:general_findings", args=address))

    assert "A slip of the pen." not in page.text


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_of_other_years_the_ratings_that_are_confirmed_are_shown(
    is_confirmed, certification, cast, signed_in
):
    past = past_year(certification, cast)
    rate(past, cast, Rating.PARTIAL)
    comment(past, cast, "Words of last year.")
    if is_confirmed:
        past.refresh_from_db()
        confirmed(past, by=cast.cass)
    this_year = past_year(certification, cast, year=2026)
    tess = signed_in(invited_assessor(this_year).user)

    element, grid = (
        tess.get(url) for url in (this_year.url_of(REF), this_year.get_absolute_url())
    )

    for page in (element, grid):
        assert "Words of last year." not in page.text
        assert past.slug not in page.text
    assert ("2025 Partial" in text_of(element).replace("PC ", "")) is is_confirmed
    assert ("PC Partial compliance 2025" in text_of(grid)) is is_confirmed


def test_a_sub_element_of_another_year_is_not_there(tess, certification, cast):
    from assessments.services.sub_elements import add_sub_element

    past = past_year(certification, cast)
    parent = node(past, "1.3.4")
    add_sub_element(assessment=past, parent=parent, statement="Old", by=cast.lena)
    [this_year] = Assessment.objects.filter(year=2026)

    assert tess.get(this_year.url_of("1.3.4.1")).status_code == 404
    assert "1.3.4.1" not in tess.get(this_year.url_of("1.3.4")).text


def test_evidence_of_this_assessment_opens_and_other_evidence_does_not_exist(
    tess, open_assessment, certification, cast
):
    ours = document(open_assessment, cast)
    other = document(past_year(certification, cast), cast, title="Old minutes")

    assert tess.get(ours.get_absolute_url()).status_code == 200
    sent = tess.get(reverse("evidence:download", args=["ashby", ours.number, 1]))
    assert sent.getvalue() == b"First"
    assert tess.get(other.get_absolute_url()).status_code == 404
    download = reverse("evidence:download", args=["ashby", other.number, 1])
    assert tess.get(download).status_code == 404


def test_of_evidence_the_newest_version_is_shown_without_its_history(
    tess, open_assessment, certification, cast
):
    item = document(open_assessment, cast)
    past = past_year(certification, cast)
    link_to_element(
        item=item, assessment=past, node=node(past), mark=Mark(), by=cast.lena
    )
    newer = checked_file(ContentFile(b"Second", name="second.txt"))
    add_version(item=item, source=newer, dates=AS_AT, by=cast.lena)

    page = tess.get(item.get_absolute_url())

    assert "second.txt" in page.text
    assert "first.txt" not in page.text
    assert past.slug not in page.text
    assert "History" not in text_of(page)
    old = reverse("evidence:download", args=["ashby", item.number, 1])
    assert tess.get(old).status_code == 404


def test_signing_in_leads_to_the_one_assessment(tess, open_assessment, cast):
    answer = tess.get("/", follow=True)

    assert answer.redirect_chain[-1][0] == open_assessment.get_absolute_url()
    words = text_of(answer)
    assert "Papers" not in words
    assert "Change log" not in words


def test_of_several_assessments_one_chooses(
    open_assessment, certification, cast, signed_in
):
    tess = invited_assessor(open_assessment).user
    past = past_year(certification, cast)
    invited_assessor(past, user=tess, may_rate=False)

    page = signed_in(tess).get(cast.ashby.get_absolute_url())

    assert open_assessment.get_absolute_url() in page.text
    assert past.get_absolute_url() in page.text


def looked_at():
    return list(AssessorLook.objects.order_by("pk").values_list("what", flat=True))


def test_each_page_and_file_is_noted(tess, open_assessment, cast):
    item = document(open_assessment, cast)
    before = DataVersion.objects.of(cast.ashby).version()

    tess.get(open_assessment.get_absolute_url())
    tess.get(open_assessment.url_of(REF))
    tess.get(item.get_absolute_url())
    tess.get(reverse("evidence:download", args=["ashby", item.number, 1])).getvalue()

    assert looked_at() == [
        "All elements",
        f"Element {REF}",
        "Evidence 1: Minutes",
        "Evidence 1: Minutes (file)",
    ]
    assert DataVersion.objects.of(cast.ashby).version() == before


def test_a_page_that_the_browser_still_holds_is_a_look_too(open_assessment):
    url = open_assessment.get_absolute_url()
    request = RequestFactory().get(url)
    request.user = invited_assessor(open_assessment).user
    request.resolver_match = resolve(url)
    view = assessment_view(Permission.READ_RATINGS)(
        lambda request, assessment: HttpResponseNotModified()
    )

    view(request, organisation="ashby", assessment=open_assessment.slug)

    assert looked_at() == ["All elements"]


def test_what_is_refused_or_saved_is_no_look(reader, tess, open_assessment):
    reader.post(open_assessment.url_of(REF), {"version": 1, "rating": "CP"})
    tess.post(
        open_assessment.url_of(REF), {"version": 1, "rating": "C", "sampled": "on"}
    )

    assert looked_at() == []


def test_members_are_not_noted(open_assessment, cast, signed_in):
    signed_in(cast.lena).get(open_assessment.url_of(REF))

    assert looked_at() == []


def test_an_assessor_is_no_member_among_others(tess, cast, signed_in):
    page = signed_in(cast.ada).get("/o/ashby/members/")

    assert "Tess Vane" not in page.text
    assert 'value="assessor"' not in page.text
