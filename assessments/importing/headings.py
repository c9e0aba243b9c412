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
    own = _likeness(title, node.title)
    others = [other for other in tree if other.kind is node.kind and other is not node]
    best = max(others, key=lambda other: _likeness(title, other.title), default=None)
    if best is None:
        return None
    likeness = _likeness(title, best.title)
    return best if likeness >= SAME_NAME and likeness > own else None


def _likeness(one: str, other: str) -> float:
    """1 for the same name, 0 for nothing in common; case and punctuation don't count."""
    return SequenceMatcher(None, _plain(one), _plain(other)).ratio()


def _plain(name: str) -> str:
    words = re.findall(r"\w+", name.casefold().replace("&", " and "))
    return " ".join(words[1:] if words[:1] == ["the"] else words)
