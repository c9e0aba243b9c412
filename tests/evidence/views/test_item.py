"""One evidence item: its page, changing it, what it supports, two people."""

from dataclasses import replace

import pytest

from assessments.models import Assessment
from assessments.services.assessments import start_assessment
from evidence.models import EvidenceItem, EvidenceLink
from evidence.services.details import details_of
from evidence.services.items import edit_item
from evidence.services.links import (
    Mark,
    edit_link,
    link_to_element,
    link_to_elements,
    unlink,
)
from tests.pages import form_of, rows_of, text_of

PAGE = "/o/ashby/evidence/1/"
EDIT = f"{PAGE}edit/"
MORE = f"{PAGE}link/"


@pytest.fixture
def mo(signed_in, cast):
    return signed_in(cast.mo)


@pytest.fixture
def earlier(cast, certification) -> Assessment:
    return start_assessment(
        certification=certification,
        year=2025,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )


@pytest.fixture
def link(cast, document, open_assessment, node) -> EvidenceLink:
    return link_to_element(
        item=document,
        assessment=open_assessment,
        node=node,
        mark=Mark("page 4"),
        by=cast.lena,
    )


@pytest.fixture
def link_url(link) -> str:
    return f"{PAGE}links/{link.pk}/"


def test_the_page_says_what_it_supports_year_by_year(
    mo, cast, document, open_assessment, earlier, tree
):
    for year, ref, mark in [
        (earlier, "1.3.4", Mark()),
        (open_assessment, "2.1.1", Mark("page 4", is_strongest=True)),
    ]:
        link_to_element(
            item=document,
            assessment=year,
            node=tree.by_ref[ref],
            mark=mark,
            by=cast.lena,
        )

    page = mo.get(PAGE)

    words = text_of(page)
    assert words.index("2026 review") < words.index("2025 review")
    assert "page 4 Strongest" in words
    assert open_assessment.url_of("2.1.1") in page.content.decode()


def test_the_page_lists_the_versions_with_their_files_hash(mo, document):
    page = mo.get(PAGE)

    assert "report.pdf" in text_of(page)
    assert document.versions.get().sha256 in text_of(page)


def test_the_history_names_elements_files_and_people(mo, cast, document, link):
    words = text_of(mo.get(PAGE))

    assert "Lena Hart linked it to 1.3.4 in the 2026 review" in words
    assert "File or address: report.pdf" in words
    assert "Kept by: Lena Hart" in words


def test_links_made_at_once_are_one_entry_of_the_history(
    mo, cast, document, open_assessment, earlier, tree
):
    places = [
        (year, tree.by_ref[ref].id)
        for year in (open_assessment, earlier)
        for ref in ("2.1.1", "1.3.4")
    ]
    link_to_elements(item=document, places=places, mark=Mark("page 4"), by=cast.lena)

    words = text_of(mo.get(PAGE))

    assert words.count("Lena Hart linked it to 1.3.4 and 2.1.1 in the") == 2


def test_an_address_is_linked_without_telling_where_one_comes_from(mo, link_item):
    page = mo.get(PAGE).content.decode()

    assert 'href="https://www.ashby.example/standards" rel="noreferrer' in page


def test_a_change_is_saved_and_said(mo, document):
    page = mo.post(EDIT, form_of(mo.get(EDIT)).sending(title="Survey"), follow=True)

    assert "Evidence 1 is saved" in text_of(page)
    assert EvidenceItem.objects.get().title == "Survey"


def test_saving_without_a_change_keeps_every_value(mo, document):
    before = details_of(document)

    mo.post(EDIT, form_of(mo.get(EDIT)).sending())

    assert details_of(EvidenceItem.objects.get()) == before


def test_the_second_of_two_people_sees_both_and_chooses(mo, cast, document):
    form = form_of(mo.get(EDIT))
    details = replace(details_of(document), title="Lena's", description="Lena's words")
    edit_item(item=document, seen_version=1, details=details, by=cast.lena)

    page = mo.post(EDIT, form.sending(title="Mo's"))
    assert page.status_code == 409
    assert "There now [new: Lena's] You typed [new: Mo's]" in text_of(page)
    mo.post(EDIT, form_of(page).sending(**{"keep-title": "mine"}))

    saved = EvidenceItem.objects.get()
    assert (saved.title, saved.description) == ("Mo's", "Lena's words")


def test_withdrawing_can_be_undone(mo, document):
    withdraw = form_of(mo.get(PAGE), action=f"{PAGE}withdraw/")
    page = mo.post(withdraw.action, withdraw.sending(), follow=True)
    assert "Evidence 1 is withdrawn" in text_of(page)

    restore = form_of(page, action=f"{PAGE}restore/")
    mo.post(restore.action, restore.sending())

    assert EvidenceItem.objects.current().exists()


def test_elements_of_several_years_are_linked_in_one_form(
    mo, document, open_assessment, earlier, tree
):
    form = form_of(mo.get(MORE))
    chosen = {
        "years": [open_assessment.pk, earlier.pk],
        "elements_1": [tree.by_ref["1.3.4"].id],
        "elements_2": [tree.by_ref["2.1.1"].id, tree.by_ref["2.1.2"].id],
    }

    page = mo.post(MORE, form.sending(locator="page 4", **chosen), follow=True)

    assert "6 links are added" in text_of(page)
    assert EvidenceLink.objects.filter(locator="page 4").count() == 6


def test_the_latest_year_is_proposed(mo, document, open_assessment, earlier):
    assert form_of(mo.get(MORE)).values["years"] == [str(open_assessment.pk)]


def test_links_that_are_there_are_counted_and_kept(
    mo, document, link, open_assessment, tree
):
    chosen = {"elements_1": [tree.by_ref[ref].id for ref in ("1.3.4", "1.3.5")]}

    page = mo.post(MORE, form_of(mo.get(MORE)).sending(**chosen), follow=True)

    assert "1 link is added, 1 were there already" in text_of(page)
    again = mo.post(MORE, form_of(mo.get(MORE)).sending(**chosen), follow=True)
    assert "All of these were linked already" in text_of(again)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Select at least one element"),
        ({"years": None, "elements_1": ["1"]}, "Select at least one year"),
        ({"elements_1": ["999999"]}, "from the list"),
        ({"elements_1": ["abc"]}, "from the list"),
    ],
)
def test_what_is_missing_is_asked_for(mo, document, open_assessment, changes, message):
    page = mo.post(MORE, form_of(mo.get(MORE)).sending(**changes))

    assert message in text_of(page)
    assert not EvidenceLink.objects.exists()


def test_foreign_years_and_elements_are_refused(
    mo, cast, document, open_assessment, assessment_with, tree
):
    foreign = assessment_with(nodes=1, organisation=cast.elsewhere)
    own = {"elements_1": [tree.by_ref["1.3.4"].id]}
    form = form_of(mo.get(MORE))

    for changes in (
        own | {"years": [foreign.pk]},
        {"elements_1": [foreign.results.get().node_id]},
        {"elements_1": [tree.by_ref["1.3"].id]},
    ):
        page = mo.post(MORE, form.sending(**changes))
        assert "from the list" in text_of(page)
    assert not EvidenceLink.objects.exists()


def test_without_an_assessment_there_is_nothing_to_link_to(mo, document):
    assert "No assessment yet" in text_of(mo.get(MORE))


def test_where_to_look_can_be_changed(mo, link, link_url):
    form = form_of(mo.get(link_url))

    page = mo.post(
        link_url, form.sending(locator="page 5", is_strongest="on"), follow=True
    )

    assert "The link to 1.3.4 is saved" in text_of(page)
    saved = EvidenceLink.objects.get()
    assert (saved.locator, saved.is_strongest) == ("page 5", True)


def test_a_link_that_somebody_changed_shows_both(mo, cast, link, link_url):
    form = form_of(mo.get(link_url))
    mark = Mark("page 9", is_strongest=True)
    edit_link(link=link, seen=Mark("page 4"), mark=mark, by=cast.lena)

    page = mo.post(link_url, form.sending(locator="page 5"))

    assert page.status_code == 409
    assert "There now: page 9, among the strongest" in text_of(page)
    assert form_of(page).values["locator"] == ["page 5"]
    mo.post(link_url, form_of(page).sending())
    assert EvidenceLink.objects.get().locator == "page 5"


def test_a_link_can_be_removed_and_the_evidence_stays(mo, document, link_url):
    remove = form_of(mo.get(link_url), action=f"{link_url}remove/")

    page = mo.post(remove.action, remove.sending(), follow=True)

    assert "no longer linked to 1.3.4 in the 2026 review" in text_of(page)
    assert not EvidenceLink.objects.exists()
    assert EvidenceItem.objects.current().exists()


def test_a_link_that_is_gone_is_not_found(mo, link, link_url, cast):
    unlink(link=EvidenceLink.objects.get(), by=cast.lena)

    assert mo.get(link_url).status_code == 404
    assert mo.post(f"{link_url}remove/").status_code == 404


def test_a_link_is_reached_through_its_own_item_only(mo, link, link_item):
    assert mo.get(f"/o/ashby/evidence/2/links/{link.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["", "edit/", "link/", "withdraw/", "restore/"])
def test_a_stranger_cannot_tell_that_the_evidence_exists(
    signed_in, cast, document, address
):
    method = "post" if address in {"withdraw/", "restore/"} else "get"

    page = getattr(signed_in(cast.sam), method)(PAGE + address, {"version": 1})

    assert page.status_code == 404


def test_a_reader_may_look_but_not_change(signed_in, cast, document, link_url):
    reader = signed_in(cast.cass)

    assert reader.get(PAGE).status_code == 200
    assert "Change" not in rows_of(reader.get(PAGE))[-1]
    for address in (EDIT, MORE, link_url):
        assert reader.get(address).status_code == 403
        assert reader.post(address, {"title": "Mine"}).status_code == 403
    for address in (f"{PAGE}withdraw/", f"{PAGE}restore/", f"{link_url}remove/"):
        assert reader.post(address, {"version": 1}).status_code == 403


def test_the_page_costs_the_same_for_many_links(
    queries_for, mo, cast, document, link, open_assessment, tree
):
    mo.get(PAGE)
    few = queries_for(mo, PAGE)
    for node in tree.elements:
        link_to_element(
            item=document,
            assessment=open_assessment,
            node=node,
            mark=Mark(),
            by=cast.lena,
        )

    assert queries_for(mo, PAGE) == few
    assert few <= 14
