"""Adding evidence by itself, for an element, and newer versions."""

from datetime import date

import pytest
from django.utils import timezone

from evidence.models import EvidenceItem, EvidenceLink
from evidence.services.items import withdraw_item
from tests.evidence.files import upload
from tests.factories import ServiceFactory
from tests.pages import form_of, text_of

NEW = "/o/ashby/evidence/new/"
NEW_LINK = f"{NEW}?kind=link"
ADDRESS = "https://www.ashby.example/standards"


@pytest.fixture
def mo(signed_in, cast):
    return signed_in(cast.mo)


@pytest.fixture
def for_element(open_assessment) -> str:
    return f"{NEW}?assessment={open_assessment.slug}&element=1.3.4"


def test_a_document_comes_with_what_it_shows(mo, cast):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    owner = cast.lena.memberships.get()
    form = form_of(mo.get(NEW))
    said = {"title": "Survey", "description": "Nine in ten are happy"}
    dates = {"expires_on_day": "1", "expires_on_month": "3", "expires_on_year": "2027"}

    page = mo.post(
        NEW,
        form.sending(
            file=upload(), service=housing.pk, owner=owner.pk, **said, **dates
        ),
        follow=True,
    )

    item = EvidenceItem.objects.get()
    assert "The evidence is in the library" in text_of(page)
    assert (item.title, item.description) == ("Survey", "Nine in ten are happy")
    assert (item.service, item.owner) == (housing, owner)
    version = item.versions.get()
    assert (version.as_at, version.expires_on) == (date(2026, 3, 3), date(2027, 3, 1))
    assert version.added_by == cast.mo


def test_a_link_is_added_by_its_address(mo):
    form = form_of(mo.get(NEW_LINK))

    page = mo.post(NEW_LINK, form.sending(title="Standards", url=ADDRESS), follow=True)

    assert ADDRESS in text_of(page)
    assert EvidenceItem.objects.get().kind == "link"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://ashby.example/",
        "not an address",
    ],
)
def test_an_address_that_is_none_of_the_webs_is_refused(mo, url):
    form = form_of(mo.get(NEW_LINK))

    page = mo.post(NEW_LINK, form.sending(title="Standards", url=url))

    # Once in the summary and once at the field.
    refusal = "Enter a web address in the correct format"
    assert text_of(page).count(refusal) == 2
    assert not EvidenceItem.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Enter the title"),
        ({"as_at_day": ""}, "As at date must include a day"),
        ({"as_at_day": "4"}, "As at date must be today or in the past"),
        (
            {"expires_on_day": "1", "expires_on_month": "1", "expires_on_year": "2026"},
            "Expiry date must not be before the as at date",
        ),
        ({"url": ""}, "Enter the web address"),
    ],
)
def test_what_will_not_do_is_explained(mo, changes, message):
    form = form_of(mo.get(NEW_LINK))

    page = mo.post(
        NEW_LINK, form.sending(**{"title": "Standards", "url": ADDRESS} | changes)
    )

    assert message in text_of(page)
    assert "<title>Error: " in page.content.decode()
    assert not EvidenceItem.objects.exists()


def test_no_file_is_asked_for_in_words(mo):
    page = mo.post(NEW, form_of(mo.get(NEW)).sending(title="Survey"))

    assert "Select the document" in text_of(page)


def test_evidence_for_an_element_is_linked_to_it_and_leads_back(
    mo, for_element, open_assessment
):
    page = mo.get(for_element)
    assert "It will support 1.3.4" in text_of(page)

    answer = mo.post(
        for_element,
        form_of(page).sending(
            title="Survey", file=upload(), locator="page 4", is_strongest="on"
        ),
    )

    link = EvidenceLink.objects.get()
    assert answer.url == open_assessment.url_of("1.3.4")
    assert (link.assessment, link.node.ref) == (open_assessment, "1.3.4")
    assert (link.locator, link.is_strongest) == ("page 4", True)


def test_switching_to_a_link_keeps_the_element(mo, for_element, open_assessment):
    page = mo.get(for_element)

    switched = f"?assessment={open_assessment.slug}&amp;element=1.3.4&amp;kind=link"
    assert f'href="{switched}"' in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?assessment=1999-review&element=1.3.4",
        "?assessment=2026-review&element=9.9.9",
        "?assessment=2026-review&element=1.3",
        "?assessment=2026-review&element=%27",
        "?assessment=2026-review&element=%00",
        "?assessment=%00&element=1.3.4",
    ],
)
def test_a_place_that_does_not_exist_is_not_found(mo, open_assessment, query):
    assert mo.get(NEW + query).status_code == 404


def test_another_organisations_assessment_is_not_found(mo, cast, assessment_with):
    foreign = assessment_with(nodes=1, organisation=cast.elsewhere)

    page = mo.get(f"{NEW}?assessment={foreign.slug}&element=1.1.1")

    assert page.status_code == 404


def test_another_organisations_member_and_service_are_refused(mo, cast):
    sam = cast.sam.memberships.get()
    service = ServiceFactory.create(organisation=cast.elsewhere)
    form = form_of(mo.get(NEW_LINK))

    page = mo.post(
        NEW_LINK,
        form.sending(title="Standards", url=ADDRESS, owner=sam.pk, service=service.pk),
    )

    assert "from the list" in text_of(page)
    assert not EvidenceItem.objects.exists()


def test_a_newer_file_is_added_to_a_document(mo, document):
    address = "/o/ashby/evidence/1/new-version/"

    page = mo.post(
        address,
        form_of(mo.get(address)).sending(file=upload("letter.docx")),
        follow=True,
    )

    assert "The new version is saved" in text_of(page)
    assert document.versions.count() == 2


def test_a_newer_version_that_is_sent_twice_is_added_once(mo, link_item):
    address = "/o/ashby/evidence/1/new-version/"
    data = form_of(mo.get(address)).sending(url="https://new.example/")

    mo.post(address, data)
    mo.post(address, data)

    assert link_item.versions.count() == 2


def test_a_version_of_withdrawn_evidence_is_refused_in_words(
    mo, cast, document, stored_files
):
    withdraw_item(item=document, seen_version=1, now=timezone.now(), by=cast.lena)
    address = "/o/ashby/evidence/1/new-version/"

    page = mo.post(address, form_of(mo.get(address)).sending(file=upload()))

    assert "Restore it first" in text_of(page)
    assert len(stored_files()) == 1


@pytest.mark.parametrize("address", [NEW, NEW_LINK, "/o/ashby/evidence/1/new-version/"])
def test_only_who_may_add_evidence_gets_the_form(signed_in, cast, document, address):
    assert signed_in(cast.cass).get(address).status_code == 403
    assert signed_in(cast.cass).post(address, {"title": "Mine"}).status_code == 403
    assert signed_in(cast.vik).get(address).status_code == 403
    assert signed_in(cast.sam).get(address).status_code == 404
