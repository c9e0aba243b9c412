"""The action plan's tables: what is open by element, what was closed, what was declined. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cse_tracker.core.dates import long_date
from cse_tracker.core.rich_text.tree import Blocks, Bold, Break, Paragraph, Part, Text
from reports.blocks import Cell, Row, Table
from reports.plan.facts import FinishedAction, Group, OpenAction, PlanFacts

# About half of a page, as the columns of texts print it.
LINES_KEPT_TOGETHER, CHARACTERS_IN_A_LINE = 20, 40
NO_ELEMENT = "About no element"
HEAD = (
    "Number",
    "Element",
    "What will be done",
    "Owner",
    "Priority",
    "Dates",
    "Status",
)
PROGRESS = "Latest progress"


def open_table(name: str, groups: Sequence[Group], facts: PlanFacts) -> Table:
    """The open actions of one criterion, those about one element together."""
    has_progress = facts.options.with_progress
    head = (*HEAD, PROGRESS) if has_progress else HEAD
    return Table(
        caption=f"Open actions: {name}",
        widths=(7, 7, 0, 12, 7, 14, 12, 20)
        if has_progress
        else (7, 7, 0, 16, 8, 15, 14),
        head=(_head(head),),
        body=tuple(_open_rows(groups, head, facts)),
        kind="findings",
    )


def closed_table(facts: PlanFacts) -> Table:
    """What was closed, the latest first."""
    head = ("Number", "Element", "What was done", "Owner", "Was due", "Closed")
    rows = (
        (*_what(action), _owner(action), _day(action.due_on), _day(action.finished_on))
        for action in facts.closed
    )
    return Table(
        caption="Closed actions",
        widths=(7, 7, 0, 16, 15, 15),
        head=(_head(head),),
        body=tuple(_row(cells, head) for cells in rows),
        kind="findings",
    )


def declined_table(facts: PlanFacts) -> Table:
    """What will not be done after all, and why, the latest first."""
    head = ("Number", "Element", "What was planned", "Owner", "Declined", "Reason")
    rows = (
        (
            (
                *_what(action),
                _owner(action),
                _day(action.finished_on),
                Cell(rich=plain_blocks(action.reason)),
            ),
            is_long(action.reason),
        )
        for action in facts.declined
    )
    return Table(
        caption="Declined actions",
        widths=(7, 7, 0, 16, 15, 30),
        head=(_head(head),),
        body=tuple(_row(cells, head, long=long) for cells, long in rows),
        kind="findings",
    )


def plain_blocks(text: str) -> Blocks:
    """A plain text as paragraphs: every mark in it is a word, every line stays a line."""
    parts = text.replace("\r\n", "\n").strip().split("\n\n")
    return tuple(Paragraph(tuple(_lines(part))) for part in parts if part.strip())


def is_long(*texts: str) -> bool:
    """Whether a row with these takes so much of a page that it may go on over its end."""
    return max(map(_line_count, texts)) > LINES_KEPT_TOGETHER


def _line_count(text: str) -> int:
    return sum(1 + len(line) // CHARACTERS_IN_A_LINE for line in text.splitlines())


def _lines(paragraph: str) -> Iterator[Part]:
    for place, line in enumerate(paragraph.strip().split("\n")):
        if place:
            yield Break()
        yield Text(line)


def _head(names: Iterable[str]) -> Row:
    return Row(tuple(Cell(name, heads="column") for name in names))


def _row(cells: Iterable[Cell], head: Sequence[str], *, long: bool = False) -> Row:
    labelled = (
        replace(cell, label=name) for cell, name in zip(cells, head, strict=True)
    )
    return Row(tuple(labelled), kind="long" if long else "")


def _open_rows(
    groups: Sequence[Group], head: Sequence[str], facts: PlanFacts
) -> Iterator[Row]:
    for group in groups:
        if group.title:
            name = f"{group.ref} {group.title}"
            yield Row((Cell(name, heads="group", span=len(head)),), kind="group")
        for action in group.actions:
            progress = action.progress.text if action.progress else ""
            long = is_long(action.done_looks_like, progress)
            yield _row(_open_cells(action, facts), head, long=long)


def _open_cells(action: OpenAction, facts: PlanFacts) -> Iterator[Cell]:
    yield Cell(str(action.number), heads="row")
    yield _refs(action)
    yield Cell(rich=(_bold(action.title), *plain_blocks(action.done_looks_like)))
    yield _owner(action)
    yield Cell(action.priority)
    yield Cell(rich=tuple(_dates(action)))
    yield Cell(rich=tuple(_status(action, facts.as_at)))
    if facts.options.with_progress:
        yield _progress(action)


def _what(action: FinishedAction) -> tuple[Cell, Cell, Cell]:
    number = Cell(str(action.number), heads="row")
    return number, _refs(action), Cell(rich=(_bold(action.title),))


def _refs(action: OpenAction | FinishedAction) -> Cell:
    if action.refs:
        return Cell(", ".join(action.refs))
    return Cell("None", kind="absent")


def _owner(action: OpenAction | FinishedAction) -> Cell:
    """The person, where the paper names people, and the service; else whether it has an owner."""
    names = [name for name in (action.owner, action.service) if name]
    if not names:
        return Cell("Not named" if action.has_owner else "No owner", kind="absent")
    return Cell(rich=tuple(map(_said, names)))


def _dates(action: OpenAction) -> Iterator[Paragraph]:
    if action.starts_on:
        yield _said(f"Start: {long_date(action.starts_on)}")
    yield _said(f"Due: {long_date(action.due_on)}" if action.due_on else "No due date")
    if action.moved:
        yield _said(action.moved)


def _status(action: OpenAction, as_at: date) -> Iterator[Paragraph]:
    yield _said(action.status)
    if action.is_overdue and action.due_on:
        days = (as_at - action.due_on).days
        yield _bold(f"Overdue by {days} {'day' if days == 1 else 'days'}")


def _progress(action: OpenAction) -> Cell:
    if action.progress is None:
        return Cell("Nothing reported yet", kind="absent")
    day = _bold(long_date(action.progress.day))
    return Cell(rich=(day, *plain_blocks(action.progress.text)))


def _day(day: date | None) -> Cell:
    return Cell(long_date(day)) if day else Cell("No due date", kind="absent")


def _said(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def _bold(words: str) -> Paragraph:
    return Paragraph((Bold((Text(words),)),))
