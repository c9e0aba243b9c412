"""What bringing a plan in would do, given what the organisation has already. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import count, groupby

from actions.importing.columns import Column
from actions.importing.problems import PlanProblem
from actions.importing.rows import Kept, PlanReading, PlanRow, plain, plain_title
from actions.importing.words import ANSWERS_COMMENT, FROM_ASSESSOR
from cse_tracker.core.importing.problems import Problem, problem

# What may be chosen for a service that the organisation does not have, beside one of its own.
LEAVE_OUT = ""
ADD = "add"
_EMAIL = re.compile(r"[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+")
Ids = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class KnownAction:
    """An action of the organisation, also a withdrawn one."""

    number: int
    title: str
    due_on: date | None


@dataclass(frozen=True)
class Record:
    """What the organisation has that a plan can name; ids by plain name."""

    actions: Sequence[KnownAction] = ()
    # By number, the title of an action whose import was undone.
    undone: Mapping[int, str] = field(default_factory=dict)
    # By full name and by e-mail address.
    members: Ids = field(default_factory=dict)
    services: Ids = field(default_factory=dict)
    evidence: Ids = field(default_factory=dict)
    # By ref of an element, the comments on it that an action may answer.
    findings: Ids = field(default_factory=dict)

    @cached_property
    def by_title(self) -> dict[str, list[KnownAction]]:
        """The actions by plain title."""
        found: dict[str, list[KnownAction]] = {}
        for known in self.actions:
            found.setdefault(plain_title(known.title), []).append(known)
        return found


@dataclass(frozen=True)
class Choices:
    """What the person decided in the preview."""

    # Bring in too what looks like an action that is there.
    known_too: bool = False
    # By plain name of an unknown service: LEAVE_OUT, ADD, or the id of one as text.
    services: Mapping[str, str] = field(default_factory=dict)
    # The elements whose comments the actions on them answer.
    linked: Collection[str] = ()
    # The places in the file, from 0, of the actions that don't come in.
    left_out: Collection[int] = ()


@dataclass(frozen=True)
class PlannedAction:
    """One action as the import would make it. ``known`` is the number of its double."""

    row: PlanRow
    # 0 for one that is left out.
    number: int
    known: int | None
    owner_id: int | None
    service_id: int | None
    # To be added under this name.
    new_service: str
    evidence_ids: tuple[int, ...]
    # Of its elements, those whose comments it answers and those whose it might.
    linked: tuple[str, ...]
    offered: tuple[str, ...]
    finding_ids: tuple[int, ...]
    # All that has no place of its own.
    kept: tuple[Kept, ...]

    @property
    def is_included(self) -> bool:
        return self.number > 0

    @property
    def origin(self) -> str:
        """Where it comes from, as the models say it, if it answers no comment."""
        is_told = self.row.origin != ANSWERS_COMMENT
        return self.row.origin if is_told else "alone"

    @property
    def lacks_comment(self) -> bool:
        """Whether it is said to answer a comment, and does not."""
        return self.row.origin == ANSWERS_COMMENT and not self.linked


@dataclass(frozen=True)
class Plan:
    """Every action of the file with what would become of it."""

    actions: tuple[PlannedAction, ...]
    # As the file names them, in its order.
    unknown_services: tuple[str, ...]
    # Refs that actions of the file name and that have comments to answer.
    offered: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def included(self) -> list[PlannedAction]:
        return [action for action in self.actions if action.is_included]

    @property
    def known(self) -> list[PlannedAction]:
        return [action for action in self.actions if action.known is not None]


def plan_of(reading: PlanReading, record: Record, choices: Choices) -> Plan:
    """What committing with these choices would do."""
    rows = reading.rows
    doubles = [_double_or_none(row, record) for row in rows]
    included = [
        place not in choices.left_out and (choices.known_too or double is None)
        for place, double in enumerate(doubles)
    ]
    numbers = _numbers(rows, included, record)
    actions = tuple(
        _planned(row, number, double, record, choices)
        for row, number, double in zip(rows, numbers, doubles, strict=True)
    )
    named = {ref for row in rows for ref in row.refs}
    return Plan(
        actions,
        tuple(_unknown_services(rows, record)),
        tuple(ref for ref in record.findings if ref in named),
        tuple(_problems(actions, record)),
    )


def owners_of(owner: str, members: Ids) -> Sequence[int]:
    """The members whose name it is, or whose address stands in it."""
    for address in _EMAIL.findall(owner):
        if found := members.get(plain(address)):
            return found
    return members.get(plain(owner), ())


def _planned(
    row: PlanRow,
    number: int,
    known: int | None,
    record: Record,
    choices: Choices,
) -> PlannedAction:
    owners = owners_of(row.owner, record.members)
    own = record.services.get(plain(row.service), ())
    chosen = choices.services.get(plain(row.service), LEAVE_OUT)
    service_id = own[0] if own else int(chosen) if chosen.isdecimal() else None
    # One that was withdrawn answers nothing.
    asked = () if row.withdrawn_on else [r for r in row.refs if r in record.findings]
    linked = tuple(ref for ref in asked if ref in choices.linked)
    findings = (pk for ref in linked for pk in record.findings[ref])
    evidence = (_item_or_none(name, record) for name in row.evidence)
    new_service = row.service if chosen == ADD and not own else ""
    # A cell with an unknown ref is kept whole already.
    is_kept = any(each.label == Column.REFS.label for each in row.kept)
    return PlannedAction(
        row=row,
        number=number,
        known=known,
        owner_id=owners[0] if len(owners) == 1 else None,
        service_id=service_id,
        new_service=new_service,
        evidence_ids=tuple(dict.fromkeys(pk for pk in evidence if pk)),
        linked=linked,
        offered=tuple(ref for ref in asked if ref not in linked),
        finding_ids=tuple(dict.fromkeys(findings)),
        kept=(
            *row.kept,
            *_kept(
                number="" if row.number in {None, number} else str(row.number),
                refs=[] if is_kept else [r for r in row.refs if r not in linked],
                service="" if service_id or new_service else row.service,
                evidence=[n for n in row.evidence if not _item_or_none(n, record)],
                lacks_comment=row.origin == ANSWERS_COMMENT and not linked,
            ),
        ),
    )


def _kept(
    *,
    number: str,
    refs: Sequence[str],
    service: str,
    evidence: Sequence[str],
    lacks_comment: bool,
) -> Iterator[Kept]:
    """What could hang on the action and does not."""
    texts = {
        Column.NUMBER: number,
        Column.REFS: ", ".join(refs),
        Column.SERVICE: service,
        Column.EVIDENCE: "\n".join(evidence),
        Column.ORIGIN: FROM_ASSESSOR if lacks_comment else "",
    }
    return (Kept(column.label, text) for column, text in texts.items() if text)


def _item_or_none(name: str, record: Record) -> int | None:
    """The one item of evidence with that title."""
    found = record.evidence.get(plain(name), ())
    return found[0] if len(found) == 1 else None


def _double_or_none(row: PlanRow, record: Record) -> int | None:
    """The number of an action with the same title; one that shares its number or day first."""
    alike = record.by_title.get(plain_title(row.title), ())
    nearest = max(
        alike,
        key=lambda known: (known.number == row.number, known.due_on == row.due_on),
        default=None,
    )
    return nearest.number if nearest else None


def _numbers(
    rows: Sequence[PlanRow], included: Sequence[bool], record: Record
) -> list[int]:
    """Each included action's number: the file's if it is free, else the next free one.

    That of an action whose import was undone is free for the same action alone.
    """
    taken = {known.number for known in record.actions}
    kept: list[int] = []
    for row, is_included in zip(rows, included, strict=True):
        is_free = row.number not in taken and _is_undone_or_new(row, record)
        wanted = row.number if is_included and is_free else None
        kept.append(wanted or 0)
        taken.add(wanted or 0)
    following = count(max([*taken, *record.undone], default=0) + 1)
    return [
        number or (next(following) if is_included else 0)
        for number, is_included in zip(kept, included, strict=True)
    ]


def _is_undone_or_new(row: PlanRow, record: Record) -> bool:
    """Whether its number was given to nothing else."""
    title = record.undone.get(row.number or 0, row.title)
    return plain_title(title) == plain_title(row.title)


def _unknown_services(rows: Sequence[PlanRow], record: Record) -> Iterator[str]:
    """Each once, as its first row spells it."""
    seen = set(record.services) | {""}
    for row in rows:
        if plain(row.service) not in seen:
            seen.add(plain(row.service))
            yield row.service


def _problems(actions: Sequence[PlannedAction], record: Record) -> Iterator[Problem]:
    for action in actions:
        row = action.row
        if action.known is not None:
            message = f"“{row.title}” looks like action {action.known}."
            yield problem(PlanProblem.LOOKS_KNOWN, message, row.address)
        if len(owners_of(row.owner, record.members)) > 1:
            message = f"Several members are called “{row.owner}”."
            yield problem(PlanProblem.TWO_MEMBERS, message, row.address)
    yield from _renumbered(actions)
    yield from _answering_nothing(actions)
    yield from _named_once(actions, record)
    yield from _evidence_once(actions, record)


def _renumbered(actions: Sequence[PlannedAction]) -> Iterator[Problem]:
    """All of them together: there may be as many as actions."""
    changed = [
        action
        for action in actions
        if action.is_included and action.row.number not in {None, action.number}
    ]
    if changed:
        message = f"{', '.join(_moves(changed))}."
        yield problem(PlanProblem.NEW_NUMBER, message, changed[0].row.address)


def _moves(changed: Sequence[PlannedAction]) -> Iterator[str]:
    """Old number and new; numbers in a row that move by the same stand together."""
    pairs = [(each.row.number or 0, each.number) for each in changed]
    for _, group in groupby(
        enumerate(pairs), lambda item: (item[1][0] - item[0], item[1][1] - item[0])
    ):
        moved = [pair for _, pair in group]
        (old, new), (last_old, last_new) = moved[0], moved[-1]
        yield (
            f"{old} becomes {new}"
            if len(moved) == 1
            else f"{old} to {last_old} become {new} to {last_new}"
        )


def _answering_nothing(actions: Sequence[PlannedAction]) -> Iterator[Problem]:
    """All of them together, at the first."""
    lacking = [each for each in actions if each.is_included and each.lacks_comment]
    if lacking:
        message = f"“{FROM_ASSESSOR}” {_rows(len(lacking))}"
        yield problem(PlanProblem.NO_COMMENT, message, lacking[0].row.address)


def _named_once(actions: Sequence[PlannedAction], record: Record) -> Iterator[Problem]:
    """Owners and services that are not there, each at its first row."""
    owners = Counter(plain(action.row.owner) for action in actions)
    services = Counter(plain(action.row.service) for action in actions)
    for action in actions:
        row = action.row
        more = owners.pop(plain(row.owner), 0)
        if row.owner and more and not owners_of(row.owner, record.members):
            message = f"“{row.owner}” {_rows(more)}"
            yield problem(PlanProblem.NAMED_OWNER, message, row.address)
        more = services.pop(plain(row.service), 0)
        if row.service and more and not action.service_id and not action.new_service:
            message = f"“{row.service}” {_rows(more)}"
            yield problem(PlanProblem.UNKNOWN_SERVICE, message, row.address)


def _evidence_once(
    actions: Sequence[PlannedAction], record: Record
) -> Iterator[Problem]:
    """Evidence that is not there, each item at its first row."""
    counts = Counter(
        plain(name) for action in actions for name in set(action.row.evidence)
    )
    for action in actions:
        for name in action.row.evidence:
            more = counts.pop(plain(name), 0)
            if more and _item_or_none(name, record) is None:
                message = (
                    f"No item of evidence, or more than one, is called “{name[:80]}”"
                )
                message += f" {_rows(more)}." if more > 1 else "."
                yield problem(PlanProblem.UNKNOWN_EVIDENCE, message, action.row.address)


def _rows(number: int) -> str:
    return f"({number} row{'' if number == 1 else 's'})"
