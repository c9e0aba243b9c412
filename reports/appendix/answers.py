"""What the organisation says to a point: responses, decision and actions as texts. Pure."""

from collections.abc import Iterable, Iterator

from cse_tracker.core.dates import long_date
from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.tree import Block, Blocks, Bold, Paragraph, Text
from reports.appendix.facts import Answer, PlannedAction, Point
from reports.options import PaperOptions

NOTHING: Blocks = (Paragraph((Text("None."),)),)
DECISIONS = {
    "act": "We will act on it.",
    "no_action": "We will not act on it.",
    "undecided": "Not decided yet.",
}


def answers_words(answers: Iterable[Answer]) -> Blocks:
    """The responses one after the other, each written out."""
    return tuple(block for answer in answers for block in _answer(answer))


def decided_words(point: Point, options: PaperOptions) -> Blocks:
    """The decision and the actions, as far as they were chosen."""
    decision = _decision(point) if options.with_decisions else ()
    actions = _actions(point) if options.with_actions else ()
    return (*decision, *actions)


def _answer(answer: Answer) -> Iterator[Block]:
    if not answer.is_agreed:
        yield _line("Draft response", "not agreed yet")
    yield from read(answer.text)
    if answer.refs:
        yield Paragraph((Text(f"The same response answers {_listed(answer.refs)}."),))


def _decision(point: Point) -> Iterator[Block]:
    if point.decision:
        yield _line("Decision", DECISIONS[point.decision])
        yield from read(point.reason)


def _actions(point: Point) -> Iterator[Block]:
    for action in point.actions:
        yield _line(f"Action {action.number}", f"{action.title}. {_details(action)}")
    if point.decision == "act" and not point.actions:
        yield Paragraph((Text("No action recorded yet."),))


def _details(action: PlannedAction) -> str:
    """By whom, by when, and how it stands."""
    people = ", ".join(filter(None, (action.owner, action.service)))
    due = f"due {long_date(action.due_on)}" if action.due_on else "no due date"
    details = [people or "no owner yet", due, action.status.lower()]
    sentence = "; ".join(details)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _line(name: str, words: str) -> Paragraph:
    return Paragraph((Bold((Text(f"{name}:"),)), Text(f" {words}")))


def _listed(refs: tuple[str, ...]) -> str:
    *most, last = refs
    return f"{', '.join(most)} and {last}" if most else last
