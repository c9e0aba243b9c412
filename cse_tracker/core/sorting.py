"""Lists sorted by a column: the order stands in the address as ``sort=due`` or ``sort=-due``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A column's heading. ``next_sort`` is what its link sets, empty where it can't sort."""

    label: str
    next_sort: str = ""
    direction: Literal["", "ascending", "descending"] = ""


def headings(columns: Sequence[tuple[str, str]], chosen: str) -> list[Heading]:
    """Headings of ``(key, label)`` columns; a key of "" can't sort. The column in order turns
    the order round.
    """
    return [_heading(key, label, chosen) for key, label in columns]


def order_of(chosen: str, orders: Mapping[str, Sequence[str]]) -> list[str] | None:
    """The fields to order by, reversed for ``-key``; None if ``chosen`` is no key."""
    fields = orders.get(chosen.removeprefix("-"))
    if fields is None:
        return None
    return (
        [_reversed(field) for field in fields] if chosen.startswith("-") else [*fields]
    )


def _heading(key: str, label: str, chosen: str) -> Heading:
    if not key:
        return Heading(label)
    if chosen == key:
        return Heading(label, f"-{key}", "ascending")
    return Heading(label, key, "descending" if chosen == f"-{key}" else "")


def _reversed(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"
