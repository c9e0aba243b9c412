"""When a closed action asks for another look at its element. It changes no rating. Pure."""

from datetime import date

from cse_tracker.core.dates import long_date


def is_unseen(closed_on: date, *, found_in: int, visited_on: date | None) -> bool:
    """Whether no visit can have seen what was done: the rating was found before the closing.

    ``found_in`` is the year of the visit that found the rating, ``visited_on`` its last day;
    None: not known, and then an action that was closed in that year counts as not seen.
    """
    if visited_on is None:
        return closed_on.year >= found_in
    return closed_on >= visited_on


def closed_in_words(number: int, closed_on: date, *, ref: str, element_ref: str) -> str:
    """ "Action 3 on it was closed on 3 March 2026", or on the clause of the element."""
    place = "it" if ref == element_ref else ref
    return f"Action {number} on {place} was closed on {long_date(closed_on)}"
