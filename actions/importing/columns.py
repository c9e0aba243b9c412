"""What a column of a plan holds, by its heading. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cse_tracker.core.tables.sheets import CellValue, cell_text

# Longer cells are text of the table or a title above it.
HEADING_CHARACTERS = 60


class Column(StrEnum):
    """What a cell says about an action, or about one note on it."""

    NUMBER = "number"
    TITLE = "title"
    DONE_LOOKS_LIKE = "done_looks_like"
    REFS = "refs"
    OWNER = "owner"
    SERVICE = "service"
    PRIORITY = "priority"
    STARTS_ON = "starts_on"
    DUE_ON = "due_on"
    STATUS = "status"
    ORIGIN = "origin"
    RESOURCE_NOTE = "resource_note"
    EVIDENCE = "evidence"
    ADDED_ON = "added_on"
    DONE_ON = "done_on"
    FINISHED_ON = "finished_on"
    WITHDRAWN_ON = "withdrawn_on"
    NOTES = "notes"
    # Of the sheet of progress.
    DAY = "day"
    WHO = "who"
    KIND = "kind"
    TEXT = "text"

    @property
    def label(self) -> str:
        """The heading under which we export it ourselves."""
        return LABELS[self]


LABELS = {
    Column.NUMBER: "Number",
    Column.TITLE: "Action",
    Column.DONE_LOOKS_LIKE: "What done looks like",
    Column.REFS: "Elements",
    Column.OWNER: "Owner",
    Column.SERVICE: "Service",
    Column.PRIORITY: "Priority",
    Column.STARTS_ON: "Start date",
    Column.DUE_ON: "Due date",
    Column.STATUS: "Status",
    Column.ORIGIN: "Comes from",
    Column.RESOURCE_NOTE: "What it needs",
    Column.EVIDENCE: "Evidence",
    Column.ADDED_ON: "Added on",
    Column.DONE_ON: "Done on",
    Column.FINISHED_ON: "Finished on",
    Column.WITHDRAWN_ON: "Withdrawn on",
    Column.NOTES: "Progress notes",
    Column.DAY: "Day",
    Column.WHO: "Who",
    Column.KIND: "Kind",
    Column.TEXT: "Text",
}
DATES = (
    Column.STARTS_ON,
    Column.DUE_ON,
    Column.ADDED_ON,
    Column.DONE_ON,
    Column.FINISHED_ON,
    Column.WITHDRAWN_ON,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A meaning that a heading may have."""

    column: Column
    # Only where the cells below read like it.
    if_it_fits: bool = False
    # Of several headings that mean only one thing the lowest wins.
    rank: int = 0


# In the order of preference; each has to match the whole heading, without signs and brackets.
_SYNONYMS: list[tuple[Column, str]] = [
    (
        Column.NUMBER,
        (
            r"(?:(?:action|item|rec|recommendation|row|task) )?(?:number|numbers|no|nos|nr|num|id)"
            r"|item|ref(?:erence)? (?:no|number)"
        ),
    ),
    (
        Column.TITLE,
        (
            r"actions?(?: (?:points?|items?|plan|title|descriptions?|required|needed|agreed|"
            r"planned|proposed|to take|to be taken|we will take))?"
            r"|(?:recommended|agreed|proposed|planned|required|key|improvement) actions?"
        ),
    ),
    (
        Column.TITLE,
        (
            r"what|what (?:will|is to|needs to|must|has to) be done|what (?:we|you) will do"
            r"|what (?:we|you) (?:need|have) to do|what will (?:we|you) do"
            r"|what (?:are we|we are|were) going to do"
        ),
    ),
    (Column.TITLE, r"tasks?|activity|activities|tasks? description"),
    (Column.TITLE, r"recommendations?(?: made)?"),
    (Column.TITLE, r"title|descriptions?(?: of (?:the )?action)?|improvements?"),
    (
        Column.DONE_LOOKS_LIKE,
        (
            r"(?:what )?done looks like|done when|definition of done|measures? of success"
            r"|success (?:measures?|criteria|criterion|indicators?|looks like)"
            r"|what (?:success|good) looks like|how (?:will )?we(?: will)? know.*"
            r"|(?:desired |expected |intended |planned )?(?:outcomes?|results?)|kpis?|measures?"
        ),
    ),
    (
        Column.OWNER,
        (
            r"(?:(?:action|task|lead) )?owners?|who(?: is responsible| leads| will do it)?"
            r"|by whom|responsible|responsibility|accountable|assigned to|assignee|named officer"
            r"|(?:responsible|accountable|lead|named) (?:officer|person|people|lead|manager|name)s?"
            r"|(?:persons?|people|officers?|managers?)(?: is| are)? (?:responsible|accountable)"
            r"|leads?"
        ),
    ),
    (
        Column.SERVICE,
        (
            r"(?:(?:lead|responsible|owning) )?(?:services?|departments?|dept|directorates?|teams?"
            r"|divisions?|business units?|sections?)(?: area)?"
        ),
    ),
    (Column.PRIORITY, r"priority(?: level| rating)?|priorities|importance|urgency"),
    (
        Column.STARTS_ON,
        r"starts?(?: on| date)?|(?:planned |actual )?start(?: date)?|date started|from",
    ),
    (
        Column.DUE_ON,
        (
            r"due(?: on| by| date)?|date due|by when|when|deadlines?|target(?: completion)? dates?"
            r"|(?:target|expected|planned) completion(?: date)?|(?:to be )?completed? by|by"
            r"|finish(?: by| date)|timescales?|time ?frames?|timing|(?:planned )?end(?: date)?"
        ),
    ),
    (Column.STATUS, r"(?:(?:current|action|progress) )?status|state"),
    (Column.STATUS, r"b?rag(?: status| rating)?|traffic lights?"),
    (
        Column.ORIGIN,
        r"comes from|sources?(?: of (?:the )?action)?|origin|arising from|raised by",
    ),
    (
        Column.RESOURCE_NOTE,
        (
            r"what it needs|resources?(?: (?:required|needed|implications?))?|costs?|budget"
            r"|funding|support (?:needed|required)"
        ),
    ),
    (Column.EVIDENCE, r"evidence(?: of completion| required| links?| files?)?|proof"),
    (
        Column.ADDED_ON,
        (
            r"added(?: on)?|date (?:added|raised|identified|logged|created)|raised(?: on)?"
            r"|created(?: on)?|logged(?: on)?"
        ),
    ),
    (
        Column.DONE_ON,
        (
            r"done on|date (?:done|completed?)|completed on"
            r"|actual (?:completion|end|finish)(?: date)?"
        ),
    ),
    (Column.FINISHED_ON, r"closed(?: on| date)?|finished on|date (?:closed|finished)"),
    (Column.WITHDRAWN_ON, r"withdrawn(?: on)?"),
    (
        Column.NOTES,
        (
            r"(?:progress |notes? |updates? |comments? )?(?:and |or )?"
            r"(?:notes?|updates?|comments?|commentary|remarks?)|position"
            r"|progress (?:notes?|updates?|reports?|comments?|to date|made|so far)"
            r"|(?:latest|current|quarterly|monthly) (?:updates?|position|progress|comments?|notes?)"
        ),
    ),
    (
        Column.REFS,
        (
            r"(?:cse )?(?:sub )?(?:elements?|criteri(?:on|a))(?: (?:refs?|references?|no|number))?"
            r"|cse(?: refs?| references?)?|standards?(?: refs?)?"
        ),
    ),
]
# Headings that mean one thing or another: the first that the cells below allow.
_AMBIGUOUS: list[tuple[str, list[Candidate]]] = [
    (
        r"refs?|references?|action refs?",
        [Candidate(Column.NUMBER, if_it_fits=True), Candidate(Column.REFS)],
    ),
    (
        r"progress",
        [Candidate(Column.STATUS, if_it_fits=True), Candidate(Column.NOTES)],
    ),
    (
        r"targets?",
        [Candidate(Column.DUE_ON, if_it_fits=True), Candidate(Column.DONE_LOOKS_LIKE)],
    ),
    (
        r"completion(?: date)?|date of completion|dates?",
        [
            Candidate(Column.DUE_ON, if_it_fits=True),
            Candidate(Column.DONE_ON, if_it_fits=True),
        ],
    ),
    (
        r"completed?|done|finished",
        [
            Candidate(Column.DONE_ON, if_it_fits=True),
            Candidate(Column.STATUS, if_it_fits=True),
        ],
    ),
]
_OF_PROGRESS: list[tuple[Column, str]] = [
    (
        Column.NUMBER,
        r"(?:action )?(?:number|no|nr|id)|action(?: ref)?|ref|reference",
    ),
    (Column.DAY, r"day|date|on|as at|date of (?:note|update)"),
    (Column.WHO, r"who|by|author|name|said by|written by"),
    (Column.KIND, r"kind|type"),
    (Column.TEXT, r"text|words|notes?|updates?|progress(?: notes?)?|comments?|entry"),
]


def candidates(value: CellValue) -> list[Candidate]:
    """What the heading may mean in a plan; empty for text that is no heading we know."""
    heading = plain_heading(value)
    for pattern, found in _AMBIGUOUS:
        if re.fullmatch(pattern, heading):
            return found
    return list(_meanings(heading))


def progress_column_or_none(value: CellValue) -> Column | None:
    """What the heading means in a sheet of progress."""
    heading = plain_heading(value)
    for column, pattern in _OF_PROGRESS:
        if re.fullmatch(pattern, heading):
            return column
    return None


def plain_heading(value: CellValue) -> str:
    """The words of a heading in small letters, without signs and what stands in brackets."""
    text = cell_text(value).strip()
    if text == "#":
        return "number"
    if len(text) > HEADING_CHARACTERS:
        return ""
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text.casefold())
    return " ".join(re.findall(r"\w+", text.replace("'", "").replace("’", "")))


def _meanings(heading: str) -> Iterator[Candidate]:
    for rank, (column, pattern) in enumerate(_SYNONYMS):
        if heading and re.fullmatch(pattern, heading):
            yield Candidate(column, rank=rank)
            return
