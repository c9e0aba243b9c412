"""The standard laid out for reading and searched. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessments.tree import Kind, Node, Tree


@dataclass(frozen=True, slots=True)
class YearRating:
    """What one year says of a sub-element. ``code`` is empty where it has no rating."""

    label: str
    code: str
    is_carried: bool


@dataclass(frozen=True)
class SubElementPart:
    """A sub-element and the years in which it was rated, oldest first."""

    node: Node
    years: Sequence[YearRating] = ()


@dataclass(frozen=True)
class ElementPart:
    """An element with its guidance, one entry a bullet, and its sub-elements."""

    node: Node
    sub_elements: list[SubElementPart] = field(default_factory=list)

    @property
    def guidance(self) -> list[str]:
        return self.node.guidance.splitlines()


@dataclass(frozen=True)
class SubCriterionPart:
    node: Node
    elements: list[ElementPart]


@dataclass(frozen=True)
class CriterionPart:
    node: Node
    sub_criteria: list[SubCriterionPart]


def lay_out_standard(
    tree: Tree, years: Mapping[int, Sequence[YearRating]], search: str = ""
) -> list[CriterionPart]:
    """The whole standard, or what of it mentions ``search``; empty headings are left out.

    ``years`` has the ratings of sub-elements by node id. An element is found by its own words
    or by those of a sub-element.
    """
    criteria = [_criterion(tree, node, years, search) for node in tree.criteria]
    return [part for part in criteria if part.sub_criteria]


def element_count(criteria: Sequence[CriterionPart]) -> int:
    """How many elements were laid out."""
    return sum(len(sub.elements) for part in criteria for sub in part.sub_criteria)


def element_part(
    tree: Tree, node: Node, years: Mapping[int, Sequence[YearRating]]
) -> ElementPart:
    """One element with all its sub-elements."""
    return ElementPart(
        node,
        [
            SubElementPart(child, years.get(child.id, ()))
            for child in tree.children(node)
            if child.kind is Kind.SUB_ELEMENT
        ],
    )


def mentions(node: Node, search: str) -> bool:
    """Whether a node has every word of ``search``, in any order, capitals or not.

    What looks like a ref finds that ref and what is below it: ``1.3`` finds 1.3.1, not 2.1.3.
    """
    text = f"{node.title}\n{node.statement}\n{node.guidance}".lower()
    return all(_has(node.ref, text, word) for word in search.lower().split())


def _has(ref: str, text: str, word: str) -> bool:
    looks_like_a_ref = word[0].isdigit() and word.replace(".", "").isdigit()
    if looks_like_a_ref:
        return f"{ref}.".startswith(f"{word.rstrip('.')}.")
    return word in text


def _criterion(
    tree: Tree, criterion: Node, years: Mapping[int, Sequence[YearRating]], search: str
) -> CriterionPart:
    sub_criteria = [
        SubCriterionPart(
            sub_criterion, list(_found(tree, sub_criterion, years, search))
        )
        for sub_criterion in tree.children(criterion)
    ]
    return CriterionPart(criterion, [part for part in sub_criteria if part.elements])


def _found(
    tree: Tree,
    sub_criterion: Node,
    years: Mapping[int, Sequence[YearRating]],
    search: str,
) -> Iterator[ElementPart]:
    for element in tree.children(sub_criterion):
        part = element_part(tree, element, years)
        nodes = [element, *(sub.node for sub in part.sub_elements)]
        if any(mentions(node, search) for node in nodes):
            yield part
