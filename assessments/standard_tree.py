"""The standard's tree, kept per process. Only shared nodes are cached, never a tenant's."""

from functools import lru_cache

from assessments.models import Standard, StandardNode, Wording
from assessments.models.standard import NODE_FIELDS
from assessments.tree import Kind, Node, Tree, Words
from cse_tracker.accounts.models import Organisation


def shared_tree(standard: Standard) -> Tree:
    """Criteria, sub-criteria and elements of a standard: no query once it was read."""
    return _read_shared_tree(standard.pk, standard.revision)


def tree_for(organisation: Organisation, standard: Standard) -> Tree:
    """The standard as it is for one organisation: one query.

    With its own sub-elements, and in the words that it adopted from its own document.
    """
    found = _of_organisation(organisation, standard)
    own = [node for node in found if node.kind is Kind.SUB_ELEMENT]
    wording = {
        node.id: Words(node.statement, node.guidance)
        for node in found
        if node.kind is not Kind.SUB_ELEMENT
    }
    tree = shared_tree(standard)
    if wording:
        tree = tree.with_wording(wording)
    return tree.with_nodes(own) if own else tree


def _of_organisation(organisation: Organisation, standard: Standard) -> list[Node]:
    """Its sub-elements, and its wording under the ids of the elements it is for.

    A union, because each half has an index of its own; one condition over both has none.
    """
    own = StandardNode.objects.filter(standard=standard).added_by(organisation)
    wording = Wording.objects.of(organisation, standard).shown()
    rows = own.values_list(*NODE_FIELDS).union(
        wording.values_list(
            "node_id",
            "node__ref",
            "node__kind",
            "node__title",
            "statement",
            "guidance",
        ),
        all=True,
    )
    return [Node(pk, ref, Kind(kind), *texts) for pk, ref, kind, *texts in rows]


@lru_cache(maxsize=8)
def _read_shared_tree(standard_id: int, revision: int) -> Tree:
    nodes: list[Node] = (
        StandardNode.objects.filter(standard=standard_id).shared().as_nodes()
    )
    return Tree(nodes)


def forget_trees() -> None:
    """Read every tree anew, for a process whose database was replaced under it."""
    _read_shared_tree.cache_clear()
