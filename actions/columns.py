"""Which columns the list of actions shows. The address says so. Pure."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """``key`` stands in the address; ``order`` is what its heading sorts by, if anything."""

    key: str
    label: str
    order: str = ""


# Always there, first.
FIXED = [Column("number", "Number", "number"), Column("title", "Action", "title")]
OPTIONAL = [
    Column("elements", "Elements"),
    Column("owner", "Owner", "owner"),
    Column("service", "Service", "service"),
    Column("priority", "Priority", "priority"),
    Column("start", "Start", "start"),
    Column("due", "Due", "due"),
    Column("moved", "Due date moved"),
    Column("status", "Status", "status"),
    Column("closed", "Closed on"),
    Column("origin", "Comes from"),
]
USUAL = {"elements", "owner", "service", "due", "status"}


def chosen_columns(asked: Collection[str]) -> list[Column]:
    """The columns to show, in their usual order; the usual ones where none that exists is asked."""
    known = {column.key for column in [*FIXED, *OPTIONAL]}
    wanted = known.intersection(asked) or USUAL
    return [*FIXED, *(column for column in OPTIONAL if column.key in wanted)]
