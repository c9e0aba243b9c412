"""What people say about an evidence item and its versions, as values."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from cse_tracker.accounts.models import Membership, Service
from cse_tracker.core.errors import RuleBroken
from evidence.models import EvidenceItem


@dataclass(frozen=True, kw_only=True)
class ItemDetails:
    """The fields of an item that people fill in."""

    title: str
    description: str = ""
    service: Service | None = None
    owner: Membership | None = None

    def as_values(self) -> dict[str, Any]:
        """By field, which is also by column."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, kw_only=True)
class VersionDates:
    """As at which day a version holds, and the last day on which it still does."""

    as_at: date
    expires_on: date | None = None

    def check(self) -> None:
        """Raise RuleBroken if it expires before it holds."""
        if self.expires_on is not None and self.expires_on < self.as_at:
            raise RuleBroken("The expiry date must not be before the date it is as at.")


def details_of(item: EvidenceItem) -> ItemDetails:
    """What stands in the row."""
    return ItemDetails(
        title=item.title,
        description=item.description,
        service=item.service,
        owner=item.owner,
    )
