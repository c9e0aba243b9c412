"""The standard's tree, kept per process. Only shared nodes are cached, never a tenant's."""

from functools import lru_cache

from assessments.models import Standard, StandardNode
from assessments.tree import Node, Tree
from cse_tracker.accounts.models import Organisation


def shared_tree(standard: Standard) -> Tree:
    """Criteria, sub-criteria and elements of a standard: no query once it was read."""
    return _read_shared_tree(standard.pk, standard.revision)


def tree_for(organisation: Organisation, standard: Standard) -> Tree:
    """The standard with the organisation's own sub-elements: one query."""
    own = (
        StandardNode.objects.filter(standard=standard).added_by(organisation).as_nodes()
    )
    return shared_tree(standard).with_nodes(own) if own else shared_tree(standard)


@lru_cache(maxsize=8)
def _read_shared_tree(standard_id: int, revision: int) -> Tree:
    nodes: list[Node] = (
        StandardNode.objects.filter(standard=standard_id).shared().as_nodes()
    )
    return Tree(nodes)


def forget_trees() -> None:
    """Read every tree anew, for a process whose database was replaced under it."""
    _read_shared_tree.cache_clear()
