"""Two years side by side: what went up, down, was gained or lost. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.checks.visit_rules import missing_years
from assessments.progression import Progression, ProgressionRow
from assessments.ratings import Rating


@dataclass(frozen=True, slots=True)
class Movement:
    """One element between two years. ``known_in`` is the year the earlier rating stems from."""

    row: ProgressionRow
    before: Rating
    after: Rating
    known_in: int

    @property
    def ranks(self) -> int:
        """How many ranks it gained; negative where it fell."""
        return self.after.rank - self.before.rank


@dataclass(frozen=True)
class Comparison:
    """Element-level differences between two years, each list in reading order."""

    earlier: int
    later: int
    # Calendar years between the two for which no assessment is shown.
    missing_years: tuple[int, ...]
    movements: tuple[Movement, ...]
    # Rated later, with nothing known before; and the other way round.
    newly_rated: tuple[ProgressionRow, ...]
    no_longer_rated: tuple[ProgressionRow, ...]

    @property
    def up(self) -> list[Movement]:
        return [move for move in self.movements if move.ranks > 0]

    @property
    def down(self) -> list[Movement]:
        return [move for move in self.movements if move.ranks < 0]

    @property
    def unchanged(self) -> list[Movement]:
        return [move for move in self.movements if move.ranks == 0]

    @property
    def new_plus(self) -> list[Movement]:
        return self._became(Rating.PLUS)

    @property
    def lost_plus(self) -> list[Movement]:
        return self._ceased(Rating.PLUS)

    @property
    def retained_plus(self) -> list[Movement]:
        return [
            move for move in self.movements if move.before is move.after is Rating.PLUS
        ]

    @property
    def new_partial(self) -> list[Movement]:
        return self._became(Rating.PARTIAL)

    @property
    def closed_partial(self) -> list[Movement]:
        return [move for move in self._ceased(Rating.PARTIAL) if move.ranks > 0]

    @property
    def open_partial(self) -> list[Movement]:
        """Partial compliances in both years."""
        return [
            move
            for move in self.movements
            if move.before is move.after is Rating.PARTIAL
        ]

    @property
    def across_a_gap(self) -> list[Movement]:
        """Movements whose earlier rating stems from before the earlier year."""
        return [move for move in self.movements if move.known_in != self.earlier]

    def _became(self, rating: Rating) -> list[Movement]:
        return [
            m for m in self.movements if m.after is rating and m.before is not rating
        ]

    def _ceased(self, rating: Rating) -> list[Movement]:
        return [
            m for m in self.movements if m.before is rating and m.after is not rating
        ]


def compare_elements(progression: Progression, earlier: int, later: int) -> Comparison:
    """Compare two columns, by position, at element level.

    The earlier side is the last rating known by then; the later side is that year's own.
    Raises ValueError unless ``later`` stands after ``earlier``.
    """
    if not 0 <= earlier < later < len(progression.years):
        raise ValueError(f"Columns {earlier} and {later} are not in order")
    movements: list[Movement] = []
    newly: list[ProgressionRow] = []
    lost: list[ProgressionRow] = []
    for row in progression.element_rows:
        known = row.last_known(earlier)
        cell = row.cells[later]
        rating = cell.rating if cell else None
        if known and rating:
            known_in = progression.years[known[0]].year
            movements.append(Movement(row, known[1], rating, known_in))
        elif rating:
            newly.append(row)
        elif known:
            lost.append(row)
    first, last = progression.years[earlier].year, progression.years[later].year
    shown = {year.year for year in progression.years}
    return Comparison(
        earlier=first,
        later=last,
        missing_years=missing_years(first, last, shown),
        movements=tuple(movements),
        newly_rated=tuple(newly),
        no_longer_rated=tuple(lost),
    )


def refs(movements: Iterable[Movement]) -> list[str]:
    """The refs of some movements, for lists in texts."""
    return [move.row.node.ref for move in movements]
