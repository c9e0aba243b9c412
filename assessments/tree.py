"""The standard as a tree: criteria, sub-criteria, elements, sub-elements. Pure."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple


class Kind(StrEnum):
    """The level of a node."""

    CRITERION = "criterion"
    SUB_CRITERION = "sub_criterion"
    ELEMENT = "element"
    SUB_ELEMENT = "sub_element"

    @property
    def label(self) -> str:
        return self.value.replace("_", "-").capitalize()

    @classmethod
    def of_ref(cls, ref: str) -> "Kind":
        """The level that a ref's depth says: ``1`` is a criterion, ``1.3.3.1`` a sub-element."""
        return list(cls)[ref.count(".")]


class Words(NamedTuple):
    """An element in the words of an organisation's document; empty where they are ours."""

    statement: str
    guidance: str


@dataclass(frozen=True, slots=True)
class Node:
    """One node as plain data. ``statement`` is empty above element level."""

    id: int
    ref: str
    kind: Kind
    title: str
    statement: str = ""
    guidance: str = ""

    @property
    def is_ratable(self) -> bool:
        return self.kind in {Kind.ELEMENT, Kind.SUB_ELEMENT}

    @property
    def words(self) -> Words:
        return Words(self.statement, self.guidance)

    @property
    def criterion_ref(self) -> str:
        return self.ref.split(".")[0]

    @property
    def parent_ref(self) -> str:
        """The ref above, empty for a criterion."""
        return self.ref.rpartition(".")[0]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


@lru_cache(maxsize=4096)
def ref_key(ref: str) -> tuple[int, ...]:
    """Sorts refs as people read them: 1.10 after 1.9, a parent before its children."""
    return tuple(int(part) for part in ref.split("."))


class Tree:
    """All nodes that count for one organisation, in reading order.

    ``adopted`` has the ids of those that are in the words of its own document.
    """

    def __init__(
        self, nodes: Iterable[Node], adopted: frozenset[int] = frozenset()
    ) -> None:
        self.nodes: tuple[Node, ...] = tuple(
            sorted(nodes, key=lambda node: ref_key(node.ref))
        )
        self.by_id = {node.id: node for node in self.nodes}
        self.by_ref = {node.ref: node for node in self.nodes}
        self.adopted = adopted

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def with_nodes(self, more: Iterable[Node]) -> "Tree":
        """This tree and an organisation's own sub-elements."""
        return Tree([*self.nodes, *more], self.adopted)

    def with_wording(self, wording: Mapping[int, Words]) -> "Tree":
        """This tree in the words that an organisation adopted, by node id."""
        nodes = [_worded(node, wording.get(node.id)) for node in self.nodes]
        return Tree(nodes, self.adopted | wording.keys())

    def only(self, is_wanted: Callable[[Node], bool]) -> "Tree":
        """This tree without the nodes that are not wanted."""
        return Tree(filter(is_wanted, self.nodes), self.adopted)

    @cached_property
    def criteria(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.kind is Kind.CRITERION)

    @cached_property
    def elements(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.kind is Kind.ELEMENT)

    @cached_property
    def _children(self) -> dict[str, list[Node]]:
        children: dict[str, list[Node]] = {}
        for node in self.nodes:
            children.setdefault(node.parent_ref, []).append(node)
        return children

    def children(self, node: Node) -> list[Node]:
        """The nodes directly below, in order."""
        return self._children.get(node.ref, [])

    @cached_property
    def _elements_by_criterion(self) -> dict[str, list[Node]]:
        elements: dict[str, list[Node]] = {}
        for element in self.elements:
            elements.setdefault(element.criterion_ref, []).append(element)
        return elements

    def elements_within(self, criterion: Node | None) -> Sequence[Node]:
        """The elements of one criterion in order, or all of them."""
        if criterion is None:
            return self.elements
        return self._elements_by_criterion.get(criterion.ref, [])

    def within(self, node: Node) -> list[Node]:
        """All nodes below, in reading order."""
        return [other for other in self.nodes if other.ref.startswith(f"{node.ref}.")]

    @cached_property
    def ratable(self) -> tuple[Node, ...]:
        """Elements and sub-elements, in the order in which they are rated."""
        return tuple(node for node in self.nodes if node.is_ratable)

    def next_ratable(self, node: Node, among: Container[int]) -> Node | None:
        """The first after ``node`` whose id is ``among`` those asked for; None after the last."""
        position = self.ratable.index(node) + 1
        following = self.ratable[position:]
        return next((each for each in following if each.id in among), None)

    def previous_ratable(self, node: Node, among: Container[int]) -> Node | None:
        """The last before ``node`` whose id is ``among`` those asked for."""
        before = self.ratable[: self.ratable.index(node)]
        return next((each for each in reversed(before) if each.id in among), None)

    def next_child_ref(self, node: Node) -> str:
        """The ref a new sub-element of ``node`` gets: one above the highest used."""
        used = [int(child.ref.rpartition(".")[2]) for child in self.children(node)]
        return f"{node.ref}.{max(used, default=0) + 1}"


def _worded(node: Node, words: Words | None) -> Node:
    if words is None:
        return node
    return replace(
        node,
        statement=words.statement or node.statement,
        guidance=words.guidance or node.guidance,
    )
