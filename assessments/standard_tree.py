"""The standard's tree, kept per process. Only shared nodes are cached, never a tenant's."""

from functools import lru_cache

from django.db import connection

from assessments.models import Standard, StandardNode
from assessments.tree import Kind, Node, Tree, Words
from cse_tracker.accounts.models import Organisation

# ``added_by`` and ``Wording.objects.of().shown()``. A union, because each half has an index of
# its own; one condition over both has none. In plain SQL, because nearly every page asks: to put
# this into words takes Django longer than the whole tree does.
OF_ORGANISATION = """
    SELECT id, ref, kind, title, statement, guidance
    FROM assessments_standardnode
    WHERE standard_id = %(standard)s AND organisation_id = %(organisation)s
    UNION ALL
    SELECT node.id, node.ref, node.kind, node.title, wording.statement, wording.guidance
    FROM assessments_wording wording
    JOIN assessments_standardnode node ON node.id = wording.node_id
    WHERE wording.organisation_id = %(organisation)s
        AND wording.language = %(language)s
        AND wording.withdrawn_at IS NULL
        AND node.standard_id = %(standard)s
"""


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
    """Its sub-elements, and its wording under the ids of the elements it is for."""
    asked: dict[str, int | str] = {
        "organisation": organisation.pk,
        "language": organisation.language,
        "standard": standard.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(OF_ORGANISATION, asked)
        rows = cursor.fetchall()
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
