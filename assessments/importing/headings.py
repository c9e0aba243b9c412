"""Whether a heading row carries the name that the standard gives its ref. Pure."""

import re
from difflib import SequenceMatcher

from assessments.tree import Node, Tree

# As alike as two spellings of one name; typing errors stay below it.
SAME_NAME = 0.9


def named_instead_or_none(title: str, node: Node, tree: Tree) -> Node | None:
    """The node of the same level that ``title`` really names, None if it may be ``node``.

    A name that is close to none of the standard's names is the organisation's own wording.
    """
    named = _plain(title)
    if named == _plain(node.title):
        return None
    others = [other for other in tree if other.kind is node.kind and other is not node]
    likeness = {other.ref: _likeness(named, _plain(other.title)) for other in others}
    best = max(others, key=lambda other: likeness[other.ref], default=None)
    if best is None or likeness[best.ref] < SAME_NAME:
        return None
    return best if likeness[best.ref] > _likeness(named, _plain(node.title)) else None


def _likeness(one: str, other: str) -> float:
    """1 for the same name, 0 for nothing in common; exact only where it may matter."""
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= SAME_NAME else 0


def _plain(name: str) -> str:
    words = re.findall(r"\w+", name.casefold().replace("&", " and "))
    return " ".join(words[1:] if words[:1] == ["the"] else words)
