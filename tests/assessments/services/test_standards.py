"""Loading the standard's data file, once and again."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from assessments.models import Standard, StandardNode
from assessments.services.standards import load_standard
from assessments.standard_tree import shared_tree
from assessments.tree import Kind
from cse_tracker.accounts.models import Event
from tests.factories import make_standard, shipped_standard

pytestmark = pytest.mark.django_db

FILE = shipped_standard()
NODES = 5 + 15 + 57


def rows():
    return list(StandardNode.objects.order_by("pk").values())


def with_node(ref, **changes):
    """The shipped file with one node changed, and so with another digest."""
    nodes = tuple(replace(n, **changes) if n.ref == ref else n for n in FILE.nodes)
    return replace(FILE, nodes=nodes, sha256="1" * 64)


def test_loading_brings_every_node_below_its_parent():
    standard = load_standard(file=FILE)

    assert standard.nodes.count() == NODES
    element = standard.nodes.select_related("parent__parent").get(ref="3.4.2")
    assert (element.parent.ref, element.parent.parent.ref) == ("3.4", "3")
    assert element.statement.startswith("We ")


def test_loading_twice_changes_nothing():
    first = load_standard(file=FILE)
    before = rows()

    again = load_standard(file=FILE)

    assert rows() == before
    assert (again.pk, again.revision) == (first.pk, 1)
    assert Standard.objects.count() == 1


def test_the_command_may_be_repeated(capsys):
    call_command("load_standard")
    before = rows()

    call_command("load_standard")

    assert rows() == before
    assert len(before) == NODES


def test_organisations_that_go_by_the_standard_are_told_of_new_wording(certification):
    before = certification.standard.content_sha256

    load_standard(file=with_node("1.1.1", title="Said anew"))

    event = Event.objects.filter(organisation=certification.organisation).latest("pk")
    assert event.verb == "reworded"
    assert event.changes == {"content_sha256": [before, "1" * 64]}


def test_new_wording_arrives_and_every_page_sees_it():
    standard = load_standard(file=FILE)
    assert (
        shared_tree(standard).by_ref["1.1.1"].title == "Knowing who our customers are"
    )

    newer = load_standard(file=with_node("1.1.1", title="Who our customers are"))

    assert newer.revision == 2
    assert shared_tree(newer).by_ref["1.1.1"].title == "Who our customers are"
    assert newer.nodes.count() == NODES


def test_a_file_that_lost_a_ref_is_refused_and_nothing_changes():
    load_standard(file=FILE)
    before = rows()
    kept = tuple(node for node in FILE.nodes if node.ref != "5.3.3")

    with pytest.raises(ValueError, match=r"no longer has 5\.3\.3"):
        load_standard(file=replace(FILE, nodes=kept, sha256="2" * 64))

    assert rows() == before


def test_loading_leaves_an_organisations_sub_elements_alone(open_assessment):
    standard = open_assessment.certification.standard
    own = StandardNode.objects.create(
        standard=standard,
        organisation=open_assessment.organisation,
        parent=standard.nodes.get(ref="1.3.3"),
        kind=Kind.SUB_ELEMENT.value,
        ref="1.3.3.1",
        title="Ours",
    )

    load_standard(file=with_node("1.3.3", title="Other words"))

    own.refresh_from_db()
    assert own.title == "Ours"


def test_the_factory_makes_what_loading_makes():
    def shape(standard):
        fields = ("kind", "parent__ref", "title", "statement", "guidance")
        return {row[0]: row[1:] for row in standard.nodes.values_list("ref", *fields)}

    loaded = shape(load_standard(file=FILE))
    made = shape(make_standard(replace(FILE, edition="factory")))

    assert made == loaded
