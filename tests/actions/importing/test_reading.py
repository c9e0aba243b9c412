"""Plans as people keep them, with faults planted in them that must be named by their cell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from actions.importing.problems import ProblemKind
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

    def expect(self, kind: ProblemKind, row: dict[str, object], name: str) -> None:
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
    draft.expect(ProblemKind.NO_TITLE, row, draft.columns[first])


def asap(draft, row):
    row["due"] = "asap"
    draft.expect(ProblemKind.BAD_DATE, row, "due")


def only_a_month(draft, row):
    row["due"] = "June 2026"
    draft.expect(ProblemKind.LAST_DAY, row, "due")


def year_of_2108(draft, row):
    row["due"] = "31/05/2108"
    draft.expect(ProblemKind.FAR_DAY, row, "due")


def starts_too_late(draft, row):
    row["start"] = "2027-01-01"
    row["due"] = "2026-05-31"
    draft.expect(ProblemKind.WRONG_ORDER, row, "start")


def unknown_status(draft, row):
    row["status"] = "Purple"
    draft.expect(ProblemKind.BAD_STATUS, row, "status")


def unknown_priority(draft, row):
    row["priority"] = "Whenever"
    draft.expect(ProblemKind.BAD_PRIORITY, row, "priority")


def unknown_ref(draft, row):
    row["refs"] = "1.1.1, 9.9.9"
    draft.expect(ProblemKind.UNKNOWN_REF, row, "refs")


def ref_as_date(draft, row):
    row["refs"] = datetime(2004, 3, 1)  # noqa: DTZ001  (a spreadsheet's date)
    draft.expect(ProblemKind.REF_AS_DATE, row, "refs")


def long_title(draft, row):
    row["title"] = "Ask more people " * 20
    draft.expect(ProblemKind.LONG_TITLE, row, "title")


def long_owner(draft, row):
    row["owner"] = "Jo Partner " * 20
    draft.expect(ProblemKind.TOO_LONG, row, "owner")


def other_number(draft, row):
    row["number"] = "A-17"
    draft.expect(ProblemKind.OTHER_NUMBER, row, "number")


def formula(draft, row):
    row["notes"] = "=A1&A2"
    draft.expect(ProblemKind.NO_VALUE, row, "notes")


def section(draft, row):
    row.clear()
    row["title"] = "Criterion 2: The culture of the organisation"
    draft.expect(ProblemKind.ROW_NOT_READ, row, "title")


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


@pytest.mark.slow
@given(drafts())
@settings(max_examples=40, deadline=None)
def test_a_plan_is_read_wherever_its_columns_stand_and_whatever_they_are_called(draft):
    reading = read(draft)

    assert told(reading) == []
    for number, row in enumerate(reading.rows, 1):
        assert (row.number, row.title) == (number, f"Ask {number} people")
        assert (row.owner, row.service, row.priority) == (
            "Jo Partner",
            "Harbour",
            "high",
        )
        assert (row.starts_on, row.due_on) == (date(2026, 1, 1), date(2026, 5, 31))
        assert row.status == dict(STATUS)[str(draft.rows[number - 1]["status"])]
        assert row.refs == (draft.rows[number - 1]["refs"],)
        assert [note.text for note in row.notes] == [f"Asked {number} so far."]
        assert (row.done_looks_like, row.kept) == ("Half of them answer", ())


@pytest.mark.slow
@given(drafts(), st.lists(st.sampled_from(FAULTS), unique=True, min_size=1, max_size=2))
@settings(max_examples=60, deadline=None)
def test_each_fault_is_named_by_its_cell_and_nothing_else_is(draft, faults):
    for row, fault in zip(draft.rows, faults, strict=False):
        fault(draft, row)

    assert told(read(draft)) == sorted(draft.expected)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_what_is_left_out_of_an_action_is_kept_beside_it(fault):
    draft = Draft(
        list(HEADINGS), {name: words[0] for name, words in HEADINGS.items()}, above=0
    )
    row: dict[str, object] = {"title": "Ask people", "owner": "Jo", "due": "2026-05-31"}
    draft.rows = [row, {"title": "Another", "owner": "Jo"}]
    fault(draft, row)

    reading = read(draft)

    explanation = ProblemKind(draft.expected[0][0]).explanation
    kept = [each.text for row in reading.rows for each in row.kept]
    assert bool(kept) == (
        "kept in a comment" in explanation
        or fault is ref_as_date
        or fault is long_title
    )


def plan_of(*rows, name="Plan", hidden=False) -> Sheet:
    return Sheet(name, tuple(tuple(row) for row in rows), hidden)


def reading_of(*sheets: Sheet) -> PlanReading:
    reading = read_plan_or_none(sheets, TREE, today=TODAY)
    assert reading
    return reading


def test_columns_and_sheets_without_a_meaning_are_named():
    reading = reading_of(
        plan_of(
            ["Action", "Owner", "Shoe size", None],
            ["Ask", "Jo", 9, "stray"],
        ),
        plan_of(["Lunch"], ["Soup"], name="Menu"),
        plan_of(["Action", "Owner"], ["Secret", "Jo"], name="Old", hidden=True),
    )

    assert [
        (each.code, str(each.address), each.message) for each in reading.problems
    ] == [
        ("column_not_read", "sheet Plan, row 1, column C", "“Shoe size”: 1 cell."),
        (
            "column_not_read",
            "sheet Plan, row 1, column D",
            "Column D, no heading: 1 cell.",
        ),
        ("sheet_not_read", "sheet Menu", "No row of it has the headings of a plan."),
        ("sheet_not_read", "sheet Old", "It is hidden."),
    ]


def test_parts_of_a_plan_on_several_sheets_are_one_plan():
    reading = reading_of(
        plan_of(["Action", "Owner"], ["Ask", "Jo"], name="Criterion 1"),
        plan_of(["Task", "Who"], ["Tell", "Mo"], name="Criterion 2"),
    )

    assert [(row.sheet, row.title, row.owner) for row in reading.rows] == [
        ("Criterion 1", "Ask", "Jo"),
        ("Criterion 2", "Tell", "Mo"),
    ]


def test_a_column_of_progress_is_the_status_only_if_it_reads_like_one():
    said = [
        ["Action", "Progress"],
        ["Ask", "Two services agreed"],
        ["Tell", "Complete"],
    ]
    rated = [["Action", "Progress"], ["Ask", "Amber"], ["Tell", "Complete"]]

    [first, second] = (reading_of(plan_of(*rows)).rows[0] for rows in (said, rated))

    assert (first.status, [note.text for note in first.notes]) == (
        "not_started",
        ["Two services agreed"],
    )
    assert (second.status, second.notes) == ("at_risk", ())


def test_a_ref_column_of_plain_numbers_numbers_the_actions():
    [row] = reading_of(plan_of(["Ref", "Action"], ["12", "Ask"])).rows

    assert (row.number, row.refs) == (12, ())


def test_a_cell_may_hold_several_refs_and_words_around_them():
    [row] = reading_of(
        plan_of(["Action", "Element"], ["Ask", "1.3.4. Targets;\n2.1.6"])
    ).rows

    assert row.refs == ("1.3.4", "2.1.6")


def test_a_day_of_completion_without_a_status_says_that_it_is_done():
    reading = reading_of(
        plan_of(
            ["Action", "Completed on", "Closed on"],
            ["Ask", "2026-01-05", None],
            ["Tell", None, "2026-01-06"],
        )
    )

    assert [(row.status, row.done_on, row.finished_on) for row in reading.rows] == [
        ("done", date(2026, 1, 5), None),
        ("closed", None, date(2026, 1, 6)),
    ]
    assert {each.code for each in reading.problems} == {"read_as"}


def test_a_day_of_completion_at_an_open_action_is_told_and_kept():
    reading = reading_of(
        plan_of(["Action", "Status", "Completed on"], ["Ask", "On track", "2026-01-05"])
    )

    assert [each.code for each in reading.problems] == ["not_finished"]
    assert reading.rows[0].kept[0].text == "2026-01-05"


def test_a_day_in_the_future_of_what_is_over_becomes_today():
    reading = reading_of(
        plan_of(["Action", "Status", "Closed on"], ["Ask", "Closed", "2030-01-05"])
    )

    assert [each.code for each in reading.problems] == ["future_day"]
    assert reading.rows[0].finished_on == TODAY


def test_progress_of_another_plan_and_on_days_that_cannot_be_is_told():
    reading = reading_of(
        plan_of(["No", "Action"], [1, "Ask"], [1, "Tell"]),
        plan_of(
            ["Action number", "Day", "Who", "Kind", "Text"],
            [1, "2026-02-01", "Mo", "reported progress", "Begun"],
            [1, "soon", None, "shouted", "Loud"],
            [1, "2030-01-01", None, None, "Early"],
            [9, "2026-02-01", None, None, "Lost"],
            [1, "2026-02-01", "Mo", None, None],
            name="Progress",
        ),
    )

    assert [(note.kind, note.text, note.day) for note in reading.rows[0].notes] == [
        ("progress", "Begun", date(2026, 2, 1)),
        ("progress", "Loud", None),
        ("progress", "Early", None),
    ]
    assert reading.rows[1].notes == ()
    assert told(reading) == [
        ("note_day", "sheet Progress, row 3, column B"),
        ("note_day", "sheet Progress, row 4, column B"),
        ("note_without_action", "sheet Progress, row 5, column A"),
        ("number_twice", "sheet Plan, row 3"),
        ("other_kind", "sheet Progress, row 3, column D"),
        ("row_not_read", "sheet Progress, row 6, column E"),
    ]


def test_what_stands_in_the_file_twice_is_told():
    reading = reading_of(
        plan_of(["Action", "Due"], ["Ask", "2026-05-01"], ["ask ", "1/5/2026"])
    )

    assert [(each.code, str(each.address)) for each in reading.problems] == [
        ("same_twice", "sheet Plan, row 3")
    ]
    assert len(reading.rows) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["Day", "Dish"], ["Monday", "Soup"]],
        [["Action"], ["Ask"]],
        [["Action", "Owner"]],
    ],
)
def test_a_table_that_is_no_plan_is_none(rows):
    assert read_plan_or_none([plan_of(*rows)], TREE, today=TODAY) is None


def test_a_reading_is_kept_as_json_and_back():
    reading = reading_of(
        plan_of(
            ["Action", "Due", "Notes", "Ref", "Start"],
            ["Ask", "2026-05-01", "Begun", "1.3.4", "asap"],
        )
    )
    problems = [each.to_json() for each in reading.problems]

    assert PlanReading.from_json(reading.to_json(), problems) == reading


@pytest.mark.parametrize(
    "text",
    [
        *("9" * 40_000, "1." * 19_000 + "123", "a" + " " * 39_000 + "b"),
        *("31/" * 13_000, "-" * 40_000, "(" * 40_000, "a@" * 20_000),
    ],
    ids=lambda text: text[:4],
)
def test_a_cell_full_of_one_sign_takes_no_time_and_stays_whole(text):
    header = [
        "Number",
        "Action",
        "Owner",
        "Service",
        "Due",
        "Status",
        "Ref",
        "Priority",
    ]
    progress = plan_of(["Number", "Day", "Text"], [text, text, "Said"], name="Progress")

    reading = reading_of(plan_of(header, [text] * len(header)), progress)

    [row] = reading.rows
    kept = {each.label: each.text for each in row.kept}
    assert all(
        kept[name] == text for name in ("Action", "Owner", "Service", "Due date")
    )
    assert max(len(each.message) for each in reading.problems) < 250


def test_overdue_is_read_as_going_on_because_it_is_computed():
    reading = reading_of(
        plan_of(["Action", "Status"], ["Ask", "Overdue"], ["Tell", "overdue"])
    )

    assert {row.status for row in reading.rows} == {"on_track"}
    assert [each.message for each in reading.problems] == [
        (
            "“Overdue” is read as “On track” (2 rows). "
            "Whether it is overdue is computed from its due date."
        )
    ]
