"""What evidence supports, over the years."""

import pytest
from django.utils import timezone

from assessments.models import Assessment, StandardNode
from assessments.services.assessments import start_assessment
from assessments.tree import Kind
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from evidence.models import EvidenceLink
from evidence.readings import evidence_by_node, evidence_counts, evidence_for
from evidence.services.items import withdraw_item
from evidence.services.links import (
    Mark,
    edit_link,
    link_to_element,
    link_to_elements,
    unlink,
)
from tests.factories import (
    StandardNodeFactory,
    confirmed,
    make_assessment_with,
)


@pytest.fixture
def earlier(cast, certification) -> Assessment:
    """Ashby's review of 2025."""
    return start_assessment(
        certification=certification,
        year=2025,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )


@pytest.fixture
def link(cast, document, open_assessment, node) -> EvidenceLink:
    """Evidence 1 supports 1.3.4 in 2026, on page 4."""
    return link_to_element(
        item=document,
        assessment=open_assessment,
        node=node,
        mark=Mark("page 4"),
        by=cast.lena,
    )


def test_an_item_supports_many_elements_over_several_years(
    cast, document, open_assessment, earlier, tree
):
    nodes = [tree.by_ref[ref].id for ref in ("1.3.4", "2.1.1")]
    places = [(year, node) for year in (earlier, open_assessment) for node in nodes]

    new = link_to_elements(
        item=document, places=places, mark=Mark("page 4", is_strongest=True), by=cast.mo
    )

    assert len(new) == 4
    links = EvidenceLink.objects.values_list("assessment", "node")
    assert set(links) == {(year.pk, node) for year, node in places}
    assert set(EvidenceLink.objects.values_list("locator", "is_strongest")) == {
        ("page 4", True)
    }


def test_linking_again_keeps_the_link_that_is_there(
    cast, document, open_assessment, node, link
):
    again = link_to_elements(
        item=document,
        places=[(open_assessment, node.id), (open_assessment, node.id)],
        mark=Mark("page 9"),
        by=cast.mo,
    )

    assert again == []
    assert EvidenceLink.objects.get().locator == "page 4"


def test_a_confirmed_assessment_may_still_get_evidence(
    cast, document, open_assessment, node
):
    confirm = confirmed(open_assessment, by=cast.cass)

    link_to_element(
        item=document, assessment=confirm, node=node, mark=Mark(), by=cast.mo
    )

    assert evidence_counts(confirm) == {node.id: 1}


def test_linking_stands_in_the_change_log_at_its_element(
    cast, document, open_assessment, node, link
):
    event = Event.objects.about(document).first()

    assert (event.verb, event.by) == ("linked", cast.lena)
    assert (event.assessment_id, event.node_id) == (open_assessment.pk, node.id)
    assert event.changes == {"locator": ["", "page 4"]}


def test_another_organisations_assessment_is_refused(cast, document):
    foreign = make_assessment_with(nodes=1, organisation=cast.elsewhere)
    node_id = foreign.results.get().node_id

    with pytest.raises(RuleBroken, match="Choose elements"):
        link_to_elements(
            item=document, places=[(foreign, node_id)], mark=Mark(), by=cast.lena
        )


def test_an_element_of_another_standard_is_refused(cast, document, open_assessment):
    node_id = (
        make_assessment_with(nodes=1, organisation=cast.ashby).results.get().node_id
    )

    with pytest.raises(RuleBroken, match="Choose elements"):
        link_to_elements(
            item=document,
            places=[(open_assessment, node_id)],
            mark=Mark(),
            by=cast.lena,
        )


def test_a_criterion_and_another_organisations_sub_element_are_refused(
    cast, document, open_assessment, tree
):
    parent = StandardNode.objects.get(pk=tree.by_ref["1.3.4"].id)
    foreign = StandardNodeFactory.create(
        standard=parent.standard,
        organisation=cast.elsewhere,
        parent=parent,
        kind=Kind.SUB_ELEMENT.value,
        ref="1.3.4.1",
    )

    for node_id in (foreign.pk, tree.by_ref["1"].id):
        with pytest.raises(RuleBroken, match="Choose elements"):
            link_to_elements(
                item=document,
                places=[(open_assessment, node_id)],
                mark=Mark(),
                by=cast.lena,
            )
    assert not EvidenceLink.objects.exists()


def test_one_wrong_element_links_none(cast, document, open_assessment, tree):
    places = [
        (open_assessment, tree.by_ref["1.3.4"].id),
        (open_assessment, tree.by_ref["1"].id),
    ]

    with pytest.raises(RuleBroken):
        link_to_elements(item=document, places=places, mark=Mark(), by=cast.lena)

    assert not EvidenceLink.objects.exists()


def test_where_to_look_can_be_changed(cast, link):
    mark = Mark("page 5", is_strongest=True)

    saved = edit_link(link=link, seen=Mark("page 4"), mark=mark, by=cast.mo)

    assert (saved.locator, saved.is_strongest) == ("page 5", True)
    assert Event.objects.about(link.item).first().changes == {
        "locator": ["page 4", "page 5"],
        "is_strongest": [False, True],
    }


def test_the_second_of_two_people_is_told(cast, link):
    edit_link(link=link, seen=Mark("page 4"), mark=Mark("page 5"), by=cast.lena)

    with pytest.raises(Conflict) as refused:
        edit_link(link=link, seen=Mark("page 4"), mark=Mark("page 6"), by=cast.mo)

    assert refused.value.clashes[0].current.locator == "page 5"
    assert EvidenceLink.objects.get().locator == "page 5"


def test_changing_a_link_that_was_removed_is_refused_in_words(cast, link):
    unlink(link=EvidenceLink.objects.get(), by=cast.lena)

    with pytest.raises(RuleBroken, match="removed this link"):
        edit_link(link=link, seen=Mark("page 4"), mark=Mark("page 6"), by=cast.mo)


def test_an_item_can_stop_supporting_an_element(cast, link, open_assessment, node):
    unlink(link=EvidenceLink.objects.get(), by=cast.mo)

    assert evidence_for(open_assessment, node) == []
    event = Event.objects.about(link.item).first()
    assert (event.verb, event.node_id) == ("unlinked", node.id)
    assert event.changes == {"locator": ["page 4", ""]}


def test_removing_a_link_twice_happens_once(cast, link):
    unlink(link=EvidenceLink.objects.get(), by=cast.mo)

    unlink(link=link, by=cast.lena)

    assert Event.objects.about(link.item).filter(verb="unlinked").count() == 1


def test_withdrawn_evidence_supports_nothing(cast, document, link, open_assessment):
    withdrawn = withdraw_item(
        item=document, seen_version=1, now=timezone.now(), by=cast.lena
    )

    assert evidence_by_node(open_assessment) == {}
    assert evidence_counts(open_assessment) == {}
    with pytest.raises(RuleBroken, match="Restore it first"):
        link_to_elements(item=withdrawn, places=[], mark=Mark(), by=cast.lena)


def test_the_strongest_evidence_of_an_element_comes_first(
    cast, document, link_item, open_assessment, earlier, node, tree
):
    def say(item, year, ref, mark):
        link_to_element(
            item=item, assessment=year, node=tree.by_ref[ref], mark=mark, by=cast.lena
        )

    say(document, open_assessment, "1.3.4", Mark("page 4"))
    say(link_item, open_assessment, "1.3.4", Mark(is_strongest=True))
    say(document, open_assessment, "2.1.1", Mark())
    say(document, earlier, "1.3.4", Mark())

    by_node = evidence_by_node(open_assessment)

    assert [support.item for support in by_node[node.id]] == [link_item, document]
    assert by_node[node.id][1].newest.file_name == "report.pdf"
    assert evidence_for(open_assessment, node) == by_node[node.id]
    assert evidence_counts(open_assessment) == {
        node.id: 2,
        tree.by_ref["2.1.1"].id: 1,
    }


def test_reading_evidence_takes_two_queries_for_any_number(
    cast, document, open_assessment, tree, django_assert_num_queries
):
    places = [(open_assessment, node.id) for node in tree.elements]
    link_to_elements(item=document, places=places, mark=Mark(), by=cast.lena)

    with django_assert_num_queries(2):
        by_node = evidence_by_node(open_assessment)
        addresses = [
            support.item.get_absolute_url()
            for supports in by_node.values()
            for support in supports
        ]

    assert len(addresses) == 57
