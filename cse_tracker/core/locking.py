"""Optimistic locking: nobody's newer value is overwritten unseen.

One row is written by a conditional UPDATE; many rows are locked, compared and written
together. Checking first and saving afterwards would be a race.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F

from cse_tracker.core.errors import Clash, Conflict, RuleBroken


class Versioned(models.Model):
    """A row that several people may edit. ``version`` rises by one with each save."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


AnyRow = TypeVar("AnyRow", bound=models.Model)
Row = TypeVar("Row", bound=Versioned)


def save_if_unchanged(row: Row, seen_version: int, **values: Any) -> Row:
    """Write ``values`` if the row still has ``seen_version``; return the fresh row.

    Raises Conflict, with the row as it stands now, if someone saved in between; RuleBroken if
    it is gone.
    """
    manager = type(row)._base_manager
    written = manager.filter(pk=row.pk, version=seen_version).update(
        **values, version=F("version") + 1
    )
    current = as_it_stands(manager.all(), row)
    if not written:
        raise Conflict([Clash(current, values)])
    return current


def as_it_stands(rows: models.QuerySet[AnyRow], row: AnyRow) -> AnyRow:
    """The row as ``rows`` has it now. Raises RuleBroken if somebody removed it."""
    current = rows.filter(pk=row.pk).first()
    if current is None:
        raise RuleBroken("This was removed meanwhile, so nothing is saved.")
    return current


def lock_unchanged(
    rows: models.QuerySet[Row],
    seen: Mapping[int, int],
    attempted: Mapping[int, Mapping[str, Any]],
) -> list[Row]:
    """Lock the rows named in ``seen`` (id to version) and return them, ordered by id.

    Call inside a transaction; the caller writes the rows and raises their version. Rows that
    ``rows`` does not contain are left out. Raises Conflict naming every row that differs.
    """
    transaction.get_connection().validate_no_broken_transaction()
    locked = list(
        rows.filter(pk__in=list(seen)).order_by("pk").select_for_update(of=("self",))
    )
    clashes = [
        Clash(row, attempted.get(row.pk, {}))
        for row in locked
        if row.version != seen[row.pk]
    ]
    if clashes:
        raise Conflict(clashes)
    return locked
