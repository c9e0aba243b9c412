"""Several points in one cell, each with its own response in the cell beside it. Pure."""

from cse_tracker.core.rich_text.tree import Block, Points
from cse_tracker.core.rich_text.units import text_of, units_of


def pairs_in(comment: str, response: str) -> list[tuple[str, str]]:
    """Comment and response for each point where both cells number their points alike.

    What stands before the first number stays with the first point. Otherwise the two texts
    are one pair.
    """
    comments, responses = _by_number(comment), _by_number(response)
    if comments is None or responses is None or list(comments) != list(responses):
        return [(comment, response)]
    return [
        (text_of(comments[number]), text_of(responses[number])) for number in comments
    ]


def _by_number(text: str) -> dict[int, list[Block]] | None:
    """The parts of a text by their numbers; None unless it has points 1, 2 and so on."""
    found: dict[int, list[Block]] = {}
    before: list[Block] = []
    for unit in units_of(text):
        number = _number_of(unit)
        if number is not None:
            if number != len(found) + 1:
                return None
            found[number] = [*before, unit]
            before = []
        elif found:
            found[len(found)].append(unit)
        else:
            before.append(unit)
    return found if len(found) > 1 else None


def _number_of(unit: Block) -> int | None:
    return unit.items[0].number if isinstance(unit, Points) else None
