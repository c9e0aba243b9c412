"""Lists sorted by a column: the order stands in the address as ``sort=due`` or ``sort=-due``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import F
from django.db.models.expressions import OrderBy


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


def order_of(
    chosen: str, orders: Mapping[str, Sequence[str]]
) -> list[OrderBy | str] | None:
    """What to order by, reversed for ``-key``; None if ``chosen`` is no key.

    What is blank comes last either way, on every database.
    """
    fields = orders.get(chosen.removeprefix("-"))
    if fields is None:
        return None
    if chosen.startswith("-"):
        return [F(field).desc(nulls_last=True) for field in fields]
    return [F(field).asc(nulls_last=True) for field in fields]


def _heading(key: str, label: str, chosen: str) -> Heading:
    if not key:
        return Heading(label)
    if chosen == key:
        return Heading(label, f"-{key}", "ascending")
    return Heading(label, key, "descending" if chosen == f"-{key}" else "")
