"""The appendix's two tables: a row for each point, its element named in each. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from assessments.ratings import Rating
from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.tree import Blocks, Bold, Paragraph, Text
from reports.appendix.answers import NOTHING, answers_words, decided_words
from reports.appendix.facts import Point, Subject
from reports.blocks import Cell, Row, Table
from reports.options import PaperOptions

GENERAL = "General"
COMMENTS, RESPONSES = "Assessor's comments", "Recommended responses"
NO_COMMENT = "No comment recorded."
# About half of a page, as the columns of texts print it.
LINES_KEPT_TOGETHER, CHARACTERS_IN_A_LINE = 20, 50
# Stands in the row of an element about which nothing was said.
NO_POINT = Point(0, "")


def partials_table(subjects: Sequence[Subject], options: PaperOptions) -> Table:
    """Four columns: what was chosen of decisions and actions takes the fourth."""
    decided = decided_heading(options)

    def with_decision(subject: Subject, place: int, point: Point) -> tuple[Cell, ...]:
        name = _name(subject, place, notes=_notes(subject))
        words = decided_words(point, options) or NOTHING
        return (
            Cell(rich=name, heads="row"),
            _comment(point),
            _answers(point, options),
            Cell(rich=words),
        )

    def plain(subject: Subject, place: int, point: Point) -> tuple[Cell, ...]:
        ref = Cell(subject.ref or GENERAL, heads="row")
        name = _name(subject, place, with_ref=False, notes=_notes(subject))
        return (ref, Cell(rich=name), _comment(point), _answers(point, options))

    head = (
        ("Element", COMMENTS, RESPONSES, decided)
        if decided
        else ("Ref", "Element", COMMENTS, RESPONSES)
    )
    return Table(
        caption="Partial compliances: the assessor's comments and our responses",
        widths=(20, 0, 0, 20) if decided else (7, 20, 0, 0),
        head=(_head(*head),),
        body=tuple(_rows(subjects, with_decision if decided else plain, head)),
        kind="findings",
    )


def improvements_table(subjects: Sequence[Subject], options: PaperOptions) -> Table:
    """Three columns: decisions and actions follow the response."""

    def cells(subject: Subject, place: int, point: Point) -> tuple[Cell, ...]:
        name = Cell(rich=_name(subject, place), heads="row")
        decided = decided_words(point, options)
        return (name, _comment(point), _answers(point, options, then=decided))

    decided = decided_heading(options)
    last = f"{RESPONSES}, {decided.lower()}" if decided else RESPONSES
    head = ("Element", COMMENTS, last)
    return Table(
        caption="Areas for improvement: the assessor's comments and our responses",
        widths=(20, 0, 0),
        head=(_head(*head),),
        body=tuple(_rows(subjects, cells, head)),
        kind="findings",
    )


def decided_heading(options: PaperOptions) -> str:
    """What the place of decisions and actions is called; empty without either."""
    if options.with_decisions:
        return "Decision and actions" if options.with_actions else "Decision"
    return "Actions" if options.with_actions else ""


def _head(*names: str) -> Row:
    return Row(tuple(Cell(name, heads="column") for name in names))


def _rows(
    subjects: Sequence[Subject],
    cells: Callable[[Subject, int, Point], tuple[Cell, ...]],
    head: tuple[str, ...],
) -> Iterator[Row]:
    for subject in subjects:
        for place, point in enumerate(subject.points or (NO_POINT,), 1):
            row = zip(cells(subject, place, point), head, strict=True)
            yield Row(
                tuple(replace(cell, label=label) for cell, label in row),
                kind="long" if is_long(point) else "",
            )


def is_long(point: Point) -> bool:
    """Whether its row takes so much of a page that it may go on over the page's end.

    A shorter row stays whole: the part of it on a second page would have lost its element.
    """
    answers = "\n".join(answer.text for answer in point.answers)
    return max(_lines(point.comment), _lines(answers)) > LINES_KEPT_TOGETHER


def _lines(text: str) -> int:
    return sum(1 + len(line) // CHARACTERS_IN_A_LINE for line in text.splitlines())


def _name(
    subject: Subject, place: int, *, with_ref: bool = True, notes: Iterable[str] = ()
) -> Blocks:
    """The element in each of its rows, so that no row can lose it; all about it in the first."""
    # A sub-element's title may be cut short; its statement is the whole clause.
    short = subject.statement if _is_part(subject) else subject.title
    words = [subject.ref if with_ref else "", short or ("" if subject.ref else GENERAL)]
    name = [Paragraph((Bold((Text(" ".join(filter(None, words))),)),))]
    lines = []
    if place == 1:
        lines = ["" if _is_part(subject) else subject.statement, *notes]
    if len(subject.points) > 1:
        lines.append(f"Comment {place} of {len(subject.points)}")
    return (*name, *(Paragraph((Text(line),)) for line in lines if line))


def _is_part(subject: Subject) -> bool:
    return bool(subject.ref and subject.statement) and not subject.is_element


def _notes(subject: Subject) -> Iterator[str]:
    """What the heading "Partial compliances" doesn't say about the element, or says otherwise."""
    if subject.ref and subject.rating is not Rating.PARTIAL:
        yield f"Rated {subject.rating.label}" if subject.rating else "Not rated"
    if subject.carried_from:
        yield f"Not examined this time: the comment is from the {subject.carried_from}"


def _comment(point: Point) -> Cell:
    words = read(point.comment)
    return Cell(rich=words) if words else Cell(NO_COMMENT, kind="absent")


def _answers(point: Point, options: PaperOptions, *, then: Blocks = ()) -> Cell:
    """The responses, and what is ``then`` said in the same cell."""
    words = answers_words(point.answers)
    if words or (then and point.decision == "no_action"):
        return Cell(rich=(*words, *then))
    nothing = "No response yet." if options.with_drafts else "No agreed response yet."
    if then:
        return Cell(rich=(Paragraph((Text(nothing),)), *then))
    return Cell(nothing, kind="absent")
