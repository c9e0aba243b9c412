"""The organisation's own rating beside the assessor's, and the gap between them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.ratings import Rating


@dataclass(frozen=True, slots=True)
class Gap:
    """How an organisation rated a node itself, and how the assessor did."""

    own: Rating
    assessors: Rating | None

    @property
    def ranks(self) -> int:
        """Ranks by which the assessor rated higher; negative where lower, 0 while unrated."""
        return self.assessors.rank - self.own.rank if self.assessors else 0

    @property
    def words(self) -> str:
        """The gap as a sentence would say it; empty while the assessor has not rated."""
        if self.assessors is None:
            return ""
        if self.ranks == 0:
            return "as the assessor"
        return (
            "higher than the assessor" if self.ranks < 0 else "lower than the assessor"
        )


def gaps(own: Mapping[int, Rating], assessors: Mapping[int, Rating]) -> dict[int, Gap]:
    """Node id to the gap, for each node that the organisation rated itself."""
    return {
        node_id: Gap(rating, assessors.get(node_id)) for node_id, rating in own.items()
    }
