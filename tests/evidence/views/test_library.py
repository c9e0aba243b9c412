"""The library: what it shows, filters, sorts and counts."""

from datetime import date

import pytest
from django.utils import timezone

from assessments.models import Assessment
from assessments.services.assessments import start_assessment
from evidence.models import EvidenceItem
from evidence.services.details import ItemDetails, VersionDates
from evidence.services.items import add_document, add_link, add_version, withdraw_item
from evidence.services.links import Mark, link_to_elements
from evidence.services.versions import checked_file
from tests.evidence.files import upload
from tests.factories import ServiceFactory, StandardNodeFactory
from tests.pages import rows_of, text_of

LIST = "/o/ashby/evidence/"


@pytest.fixture
def add(cast):
    """``add("Title", as_at=…)`` adds a link, or a document with ``file_name``."""

    def add(title, file_name=None, as_at=date(2026, 2, 1), expires_on=None, **details):
        said = {
            "organisation": cast.ashby,
            "details": ItemDetails(title=title, **details),
            "dates": VersionDates(as_at=as_at, expires_on=expires_on),
            "by": cast.lena,
        }
        if file_name is None:
            return add_link(url="https://www.ashby.example/", **said)
        return add_document(upload=checked_file(upload(file_name)), **said)

    return add


@pytest.fixture
def support(cast, tree):
    """``support(item, assessment, "1.3.4")`` links them."""

    def support(item, assessment, *refs):
        places = [(assessment, tree.by_ref[ref].id) for ref in refs]
        link_to_elements(item=item, places=places, mark=Mark(), by=cast.lena)

    return support


@pytest.fixture
def titles(signed_in, cast):
    """``titles("?q=…")`` are the titles listed at that address, in order."""

    def titles(query="") -> list[str]:
        page = signed_in(cast.mo).get(LIST + query)
        assert page.status_code == 200
        return [row[1] for row in rows_of(page)]

    return titles


def test_the_library_says_what_there_is_and_what_it_supports(
    signed_in, cast, add, support, open_assessment
):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    item = add("Survey", "report.pdf", service=housing)
    support(item, open_assessment, "2.1.1", "1.3.4")

    [row] = rows_of(signed_in(cast.mo).get(LIST))

    assert row == [
        "1",
        "Survey",
        "Document",
        "1 February 2026",
        "Housing",
        "1.3.4, 2.1.1 2026",
    ]


def test_many_elements_are_counted_after_the_first_few(
    signed_in, cast, add, support, open_assessment
):
    refs = [f"1.3.{number}" for number in range(1, 6)] + ["1.1.1", "1.1.2", "1.1.3"]
    support(add("Survey"), open_assessment, *refs)

    [row] = rows_of(signed_in(cast.mo).get(LIST))

    assert row[5] == "1.1.1, 1.1.2, 1.1.3, 1.3.1, 1.3.2, 1.3.3 and 2 more 2026"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Link", "Report", "Photo"]),
        ("?kind=document", ["Report", "Photo"]),
        ("?kind=link", ["Link"]),
        ("?state=unlinked", ["Link"]),
        ("?state=expired", ["Report"]),
        ("?state=withdrawn", ["Gone"]),
        ("?element=1.3.4", ["Report", "Photo"]),
        ("?element=1.3", ["Report", "Photo"]),
        ("?element=2", ["Report"]),
        ("?element=1.3.41", []),
        ("?assessment=2025-review", ["Photo"]),
        ("?assessment=2026-review", ["Report"]),
        ("?assessment=2025-review&element=2", []),
        ("?q=WINDOW", ["Photo"]),
        ("?q=report.pdf", ["Report"]),
        ("?q=www.ashby", ["Link"]),
        ("?q=repor", ["Report"]),
        ("?q=nothing+of+the+kind", []),
    ],
)
def test_the_address_says_which_evidence_is_shown(
    titles, cast, add, support, open_assessment, certification, query, shown
):
    earlier = start_assessment(
        certification=certification,
        year=2025,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )
    photo = add("Photo", "photo.png", description="The broken window")
    report = add("Report", "report.pdf", expires_on=date(2026, 3, 2))
    add("Link", expires_on=date(2026, 3, 3))
    gone = add("Gone")
    withdraw_item(item=gone, seen_version=1, now=timezone.now(), by=cast.lena)
    support(photo, earlier, "1.3.4")
    support(report, open_assessment, "1.3.4", "2.1.1")

    assert titles(query) == shown


def test_an_element_is_not_found_by_the_beginning_of_its_number(
    titles, cast, add, open_assessment, tree
):
    longer = StandardNodeFactory.create(
        standard=open_assessment.certification.standard,
        parent_id=tree.by_ref["1.3"].id,
        ref="1.3.40",
    )
    places = [(open_assessment, longer.pk)]
    link_to_elements(item=add("Survey"), places=places, mark=Mark(), by=cast.lena)

    assert titles("?element=1.3.40") == ["Survey"]
    assert titles("?element=1.3.4") == []


def test_the_service_filters_too(titles, cast, add):
    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    add("Repairs", service=housing)
    add("Letters")

    assert titles(f"?service={housing.pk}") == ["Repairs"]


def test_another_organisations_service_and_year_are_not_understood(
    signed_in, cast, add, assessment_with
):
    foreign_service = ServiceFactory.create(organisation=cast.elsewhere)
    foreign_year = assessment_with(nodes=1, organisation=cast.elsewhere)
    add("Letters")

    page = signed_in(cast.mo).get(
        f"{LIST}?service={foreign_service.pk}&assessment={foreign_year.slug}"
    )

    assert [row[1] for row in rows_of(page)] == ["Letters"]
    assert "Select the service from the list" in text_of(page)
    assert "Select the year from the list" in text_of(page)


def test_an_element_that_is_no_ref_is_explained(signed_in, cast, add):
    add("Letters")

    page = signed_in(cast.mo).get(f"{LIST}?element=complaints")

    assert "Element must be a number like 1.3.4 or 1.3" in text_of(page)
    assert [row[1] for row in rows_of(page)] == ["Letters"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["C", "A", "B"]),
        ("number", ["B", "A", "C"]),
        ("title", ["A", "B", "C"]),
        ("-title", ["C", "B", "A"]),
        ("as_at", ["C", "A", "B"]),
        ("-as_at", ["B", "A", "C"]),
        ("kind", ["A", "B", "C"]),
        ("nonsense", ["C", "A", "B"]),
    ],
)
def test_the_address_says_the_order(titles, add, sort, order):
    add("B", as_at=date(2026, 1, 3))
    add("A", "report.pdf", as_at=date(2026, 1, 2))
    add("C", as_at=date(2026, 1, 1))

    assert titles(f"?sort={sort}") == order


def test_the_newest_version_counts_for_as_at_and_expiry(titles, cast, add):
    old = add("Old", as_at=date(2024, 1, 1), expires_on=date(2025, 1, 1))
    add("Between", as_at=date(2025, 6, 1))
    assert titles("?state=expired") == ["Old"]

    add_version(
        item=old,
        source="https://www.ashby.example/",
        dates=VersionDates(as_at=date(2026, 1, 1)),
        by=cast.lena,
    )

    assert titles("?state=expired") == []
    assert titles("?sort=as_at") == ["Between", "Old"]


def test_the_counts_are_of_the_whole_library(
    signed_in, cast, add, support, open_assessment
):
    support(add("Report", "report.pdf"), open_assessment, "1.3.4")
    add("Photo", "photo.png", expires_on=date(2026, 3, 2))
    add("Link")

    words = text_of(signed_in(cast.mo).get(f"{LIST}?kind=link"))

    assert "Documents 2 Links 1 Support nothing yet 2 Expired 1" in words


def test_an_empty_library_says_what_to_do(signed_in, cast):
    assert "Add the documents and web pages" in text_of(signed_in(cast.mo).get(LIST))
    assert "once an officer or a manager" in text_of(signed_in(cast.cass).get(LIST))


def test_a_filter_without_a_match_is_not_called_an_empty_library(signed_in, cast, add):
    add("Letters")

    words = text_of(signed_in(cast.mo).get(f"{LIST}?q=kiosk"))

    assert "No evidence matches" in words
    assert "No evidence yet" not in words


def test_only_who_may_read_the_work_sees_the_library(signed_in, cast, add):
    add("Letters")

    assert signed_in(cast.vik).get(LIST).status_code == 403
    assert signed_in(cast.sam).get(LIST).status_code == 404
    assert "Add a document" not in text_of(signed_in(cast.cass).get(LIST))


def test_nothing_of_another_organisation_is_listed(signed_in, cast, add):
    add("Letters")

    page = signed_in(cast.sam).get("/o/elsewhere/evidence/")

    assert "Letters" not in text_of(page)


@pytest.mark.slow
def test_the_library_costs_the_same_for_many_items(
    queries_for, signed_in, cast, add, support, open_assessment
):
    def fill(count):
        for number in range(count):
            item = add(f"Item {number}", owner=cast.mo.memberships.get())
            support(item, open_assessment, "1.3.4", "2.1.1")

    mo = signed_in(cast.mo)
    mo.get(LIST)
    fill(5)
    few = queries_for(mo, LIST)
    fill(195)

    assert EvidenceItem.objects.count() == 200
    assert queries_for(mo, LIST) == few
    assert few <= 12


@pytest.mark.parametrize("value", ["%00", "9" * 30, "-1", "%27%22%3C", "%E2%80%AE", ""])
def test_no_address_brings_the_page_down(signed_in, cast, open_assessment, value):
    names = ["q", "element", "assessment", "kind", "service", "state", "sort", "page"]
    query = "&".join(f"{name}={value}" for name in names)

    page = signed_in(cast.mo).get(f"{LIST}?{query}")

    assert page.status_code == 200
