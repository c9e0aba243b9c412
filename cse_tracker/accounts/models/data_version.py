"""How far an organisation's data has come: a number that every committed change raises.

The latest event id would not do: of two transactions, the one with the lower ids may end last.
So the database counts events itself, by a trigger, in the transaction that writes them.
"""

from typing import Self

from django.db import models
from django.db.models.expressions import RawSQL

from cse_tracker.accounts.models.organisation import Organisation

# Stands for an organisation where an event has none.
NOBODYS = 0


class DataVersionQuerySet(models.QuerySet["DataVersion"]):
    def of(self, organisation: Organisation) -> Self:
        """What was counted for one organisation."""
        return self.filter(organisation_id=organisation.pk)

    def version(self) -> int:
        """A number that rises with every event that these rows count, 0 without any."""
        return self.aggregate(version=models.Sum("number"))["version"] or 0


class DataVersion(models.Model):
    """A part of the count of one organisation's events about one kind of thing.

    Written by the trigger alone. Transactions at the same time count on rows of their own, so
    that none waits for another; what is read is always the sum.
    """

    # A plain number, like the event's other keys: nobody's row is locked by counting.
    organisation_id = models.BigIntegerField()
    target_type = models.CharField(max_length=60)
    number = models.BigIntegerField()

    objects = DataVersionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "target_type"],
                name="version_by_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_type} {self.number}"


def data_version_of(organisation_column: str) -> RawSQL:
    """An organisation's data version, None without events, as a part of another query.

    Every request asks, so the words are plain SQL: as a Subquery they take Django as long to
    put together as a whole query.
    """
    return RawSQL(  # noqa: S611 - the column's name is our own, never a person's text
        "SELECT SUM(number) FROM accounts_dataversion"  # noqa: S608
        f" WHERE organisation_id = {organisation_column}",
        [],
    )
