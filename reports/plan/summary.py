"""The action plan's first lines: how much is open, late and finished, in words and figures. Pure."""

from dataclasses import dataclass

from cse_tracker.core.dates import long_date
from reports.blocks import Cell, Row, Table
from reports.plan.facts import PlanFacts
from reports.wording import counted, listed

WAITING = "said to be done and waiting to be checked"


@dataclass(frozen=True)
class Figures:
    """How many of the open actions stand where. One may be in several of these."""

    open: int
    overdue: int
    due_soon: int
    waiting: int
    moved: int


def figures_of(facts: PlanFacts) -> Figures:
    """Counted from the rows that the paper prints."""
    actions = facts.actions
    return Figures(
        open=len(actions),
        overdue=sum(action.is_overdue for action in actions),
        due_soon=sum(action.is_due_soon for action in actions),
        waiting=sum(action.is_waiting for action in actions),
        moved=sum(bool(action.moved) for action in actions),
    )


def in_one_sentence(figures: Figures) -> str:
    """What is open, and how much of it asks for attention."""
    if not figures.open:
        return "No actions are open."
    parts = [
        f"{number} {_is(number)} {words}"
        for number, words in (
            (figures.overdue, "overdue"),
            (figures.due_soon, "due in the next 30 days"),
            (figures.waiting, WAITING),
        )
        if number
    ]
    first = f"{counted(figures.open, 'action')} {_is(figures.open)} open"
    return f"{first}: {listed(parts)}." if parts else f"{first}, and none is overdue."


def since_then(facts: PlanFacts, figures: Figures) -> str:
    """What was finished, since when, and how many due dates moved ever."""
    closed = counted(facts.closed_count, "action")
    sentence = f"{closed} {_was(facts.closed_count)} closed"
    if declined := facts.declined_count:
        sentence += f" and {declined} {_was(declined)} declined"
    sentence += f" {period(facts)}."
    if figures.moved:
        date = "date" if figures.moved == 1 else "dates"
        first = "it was" if figures.moved == 1 else "they were"
        actions = counted(figures.moved, "open action")
        sentence += (
            f" The due {date} of {actions} {_was(figures.moved)} moved since {first} "
            "first set."
        )
    return sentence[0].upper() + sentence[1:]


def period(facts: PlanFacts) -> str:
    """Since when finished actions count: "since the last action plan, of 3 March 2026"."""
    if facts.since:
        return f"since the last action plan, of {long_date(facts.since)}"
    return f"in the last 12 months, since {long_date(facts.counted_from)}"


def figures_table(facts: PlanFacts, figures: Figures) -> Table:
    """The same numbers to look up."""
    since = "since the last plan" if facts.since else "in 12 months"
    columns = {
        "Open": figures.open,
        "Overdue": figures.overdue,
        "Due in the next 30 days": figures.due_soon,
        "Said to be done, to be checked": figures.waiting,
        "Due date ever moved": figures.moved,
        f"Closed {since}": facts.closed_count,
        f"Declined {since}": facts.declined_count,
    }
    return Table(
        caption="The plan in figures",
        widths=(0,) * len(columns),
        head=(Row(tuple(Cell(name, heads="column") for name in columns)),),
        body=(Row(tuple(Cell(str(n), label=name) for name, n in columns.items())),),
        kind="figures",
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
