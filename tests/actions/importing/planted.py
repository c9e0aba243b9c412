"""Plans as people keep them, made by chance, with faults planted in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from hypothesis import strategies as st
from openpyxl import Workbook

from actions.importing.problems import PlanProblem
from actions.importing.reading import read_plan_or_none
from actions.importing.rows import PlanReading
from assessments.tree import Kind, Node, Tree
from cse_tracker.core.tables.sheets import Sheet, column_letter
from cse_tracker.core.tables.xlsx import read_xlsx

TODAY = date(2026, 3, 3)
REFS = ["1.1.1", "1.3.4", "2.1.6", "4.2.2"]
TREE = Tree(Node(n, ref, Kind.ELEMENT, ref) for n, ref in enumerate(REFS, 1))
# The ways in which each heading stands in real plans.
HEADINGS = {
    "number": ["No.", "Number", "#", "Action no", "ID"],
    "title": [
        "Action",
        "What will be done",
        "Recommendation",
        "Task",
        "Actions required",
    ],
    "refs": ["Element", "Ref", "CSE ref", "CSE Element(s)", "Criterion"],
    "owner": ["Owner", "Responsible", "Lead officer", "Who", "Lead Officer(s)"],
    "service": ["Service", "Department", "Directorate", "Lead team"],
    "due": ["Due", "By when?", "Target date", "Deadline", "Due date (dd/mm/yyyy)"],
    "status": ["Status", "Progress", "RAG", "RAG status", "BRAG"],
    "priority": ["Priority", "PRIORITY", "Priority level"],
    "notes": ["Notes", "Update", "Progress notes", "Comments", "Latest position"],
    "success": ["Done looks like", "Success measure", "Outcome", "Done when"],
    "start": ["Start", "Start date"],
}
DUE = [
    *((datetime(2026, 5, 31), date(2026, 5, 31)), ("2026-05-31", date(2026, 5, 31))),  # noqa: DTZ001
    *(("31/05/2026", date(2026, 5, 31)), ("31 May 2026", date(2026, 5, 31))),
]
STATUS = [
    ("On track", "on_track"),
    ("At risk", "at_risk"),
    ("Not started", "not_started"),
]


@dataclass
class Draft:
    """A plan on one sheet: where its columns stand, its rows, and what must be told."""

    columns: list[str]
    headings: dict[str, str]
    above: int
    rows: list[dict[str, object]] = field(default_factory=list)
    expected: list[tuple[str, str]] = field(default_factory=list)

    def cell(self, row: dict[str, object], name: str) -> str:
        """The address as a problem names it."""
        number = self.above + 2 + self.rows.index(row)
        return f"sheet Plan, row {number}, column {self.letter(name)}"

    def letter(self, name: str) -> str:
        return column_letter(self.columns.index(name) + 1)

    def expect(self, kind: PlanProblem, row: dict[str, object], name: str) -> None:
        self.expected.append((kind.value, self.cell(row, name)))

    def sheets(self) -> list[Sheet]:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Plan"
        for number in range(self.above):
            sheet.append(["Our action plan"] if number == 0 else [])
        sheet.append([self.headings[name] for name in self.columns])
        for row in self.rows:
            sheet.append([row.get(name) for name in self.columns])
        file = BytesIO()
        book.save(file)
        return read_xlsx(file.getvalue())


Fault = Callable[[Draft, dict[str, object]], None]


def no_title(draft, row):
    row["title"] = None
    first = min(draft.columns.index(name) for name, value in row.items() if value)
    draft.expect(PlanProblem.NO_TITLE, row, draft.columns[first])


def asap(draft, row):
    row["due"] = "asap"
    draft.expect(PlanProblem.BAD_DATE, row, "due")


def only_a_month(draft, row):
    row["due"] = "June 2026"
    draft.expect(PlanProblem.LAST_DAY, row, "due")


def year_of_2108(draft, row):
    row["due"] = "31/05/2108"
    draft.expect(PlanProblem.FAR_DAY, row, "due")


def starts_too_late(draft, row):
    row["start"] = "2027-01-01"
    row["due"] = "2026-05-31"
    draft.expect(PlanProblem.WRONG_ORDER, row, "start")


def unknown_status(draft, row):
    row["status"] = "Purple"
    draft.expect(PlanProblem.BAD_STATUS, row, "status")


def unknown_priority(draft, row):
    row["priority"] = "Whenever"
    draft.expect(PlanProblem.BAD_PRIORITY, row, "priority")


def unknown_ref(draft, row):
    row["refs"] = "1.1.1, 9.9.9"
    draft.expect(PlanProblem.UNKNOWN_REF, row, "refs")


def ref_as_date(draft, row):
    row["refs"] = datetime(2004, 3, 1)  # noqa: DTZ001  (a spreadsheet's date)
    draft.expect(PlanProblem.REF_AS_DATE, row, "refs")


def long_title(draft, row):
    row["title"] = "Ask more people " * 20
    draft.expect(PlanProblem.LONG_TITLE, row, "title")


def long_owner(draft, row):
    row["owner"] = "Jo Partner " * 20
    draft.expect(PlanProblem.TOO_LONG, row, "owner")


def other_number(draft, row):
    row["number"] = "A-17"
    draft.expect(PlanProblem.OTHER_NUMBER, row, "number")


def formula(draft, row):
    row["notes"] = "=A1&A2"
    draft.expect(PlanProblem.NO_VALUE, row, "notes")


def section(draft, row):
    row.clear()
    row["title"] = "Criterion 2: The culture of the organisation"
    draft.expect(PlanProblem.ROW_NOT_READ, row, "title")


FAULTS: list[Fault] = [
    *(no_title, asap, only_a_month, year_of_2108, starts_too_late, unknown_status),
    *(unknown_priority, unknown_ref, ref_as_date, long_title, long_owner),
    *(other_number, formula, section),
]


@st.composite
def drafts(draw) -> Draft:
    columns = draw(st.permutations(list(HEADINGS)))
    headings = {name: draw(st.sampled_from(words)) for name, words in HEADINGS.items()}
    draft = Draft(columns, headings, above=draw(st.integers(0, 4)))
    for number in range(1, 7):
        draft.rows.append(
            {
                "number": number,
                "title": f"Ask {number} people",
                "refs": draw(st.sampled_from(REFS)),
                "owner": "Jo Partner",
                "service": "Harbour",
                "due": draw(st.sampled_from(DUE))[0],
                "status": draw(st.sampled_from(STATUS))[0],
                "priority": "High",
                "notes": f"Asked {number} so far.",
                "success": "Half of them answer",
                "start": "2026-01-01",
            }
        )
    return draft


def read(draft: Draft) -> PlanReading:
    reading = read_plan_or_none(draft.sheets(), TREE, today=TODAY)
    assert reading
    return reading


def told(reading: PlanReading) -> list[tuple[str, str]]:
    return sorted((each.code, str(each.address)) for each in reading.problems)
