"""What is read from plans as people keep them."""

from datetime import date

import pytest

from actions.importing.reading import read_plan_or_none
from actions.importing.rows import PlanReading
from cse_tracker.core.tables.sheets import Sheet, Uncalculated
from tests.actions.importing.planted import TODAY, TREE, told


def plan_of(*rows, name="Plan", hidden=False) -> Sheet:
    return Sheet(name, tuple(tuple(row) for row in rows), hidden)


def reading_of(*sheets: Sheet) -> PlanReading:
    reading = read_plan_or_none(sheets, TREE, today=TODAY)
    assert reading
    return reading


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([None, "Section B: letters", None], "row_not_read"),
        ([None, "Part C", None], "row_not_read"),
        (["Total", 7, None], "row_not_read"),
        (["Grand total:", "7 actions", None], "row_not_read"),
        (["Total actions", 11, None], "row_not_read"),
        (["Subtotal", 2, None], "row_not_read"),
        ([None, "Total: 2 actions", None], "row_not_read"),
        ([None, "Sub-total", 2], "row_not_read"),
        ([None, None, "Total number of actions = 4"], "row_not_read"),
    ],
)
def test_a_heading_or_a_sum_between_the_rows_is_no_action(row, code):
    reading = reading_of(
        plan_of(["No", "Action", "Owner"], [1, "Ask", "Jo"], row),
    )

    assert [each.title for each in reading.rows] == ["Ask"]
    assert [each.code for each in reading.problems] == [code]


@pytest.mark.parametrize(
    "row", [["Total quality review", None], ["Total", "Jo"], ["Actions 2", "Jo"]]
)
def test_an_action_that_names_a_total_is_one(row):
    reading = reading_of(plan_of(["Action", "Owner"], row))

    assert [each.title for each in reading.rows] == row[:1]


def test_an_action_alone_in_its_row_is_one_though_it_begins_like_a_heading():
    reading = reading_of(plan_of(["Action", "Owner"], ["Part a queue in two", None]))

    assert [each.title for each in reading.rows] == ["Part a queue in two"]


@pytest.mark.parametrize("title", ["What are we going to do?", "What will we do"])
@pytest.mark.parametrize(
    "notes", ["Update / comments", "Comments & notes", "Progress and updates"]
)
def test_headings_in_the_words_of_a_team_are_read(title, notes):
    reading = reading_of(plan_of([title, "Who", notes], ["Ask", "Jo", "Begun"]))

    assert [row.title for row in reading.rows] == ["Ask"]
    assert [note.text for note in reading.rows[0].notes] == ["Begun"]
    assert not reading.problems


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (
            ["No", "Action", "Responsibility", None, "Timescale", None, "Status"],
            [None, None, "Lead officer", "Service", "Start", "End", None],
        ),
        (
            ["No", "Action", "Who", None, "Completion date", None, "RAG"],
            [None, None, "Lead", "Department", "Start", "Target", None],
        ),
        (
            ["Ref", None, "Who", None, "When", None, "Status"],
            [None, "What", "Owner", "Team", "Start", "Finish by", None],
        ),
        (
            ["Improvement plan", None, "Responsible", None, "Dates", None, None],
            ["No", "Task", "Officer", "Service", "Start", "Due", "Status"],
        ),
    ],
)
def test_headings_in_two_rows_are_read(upper, lower):
    row = [1, "Ask", "Jo", "Harbour", "2026-01-01", "2026-05-31", "On track"]

    reading = reading_of(plan_of(["Our plan"], upper, lower, row, upper, lower))

    [action] = reading.rows
    assert (action.number, action.title, action.owner) == (1, "Ask", "Jo")
    assert (action.service, action.status) == ("Harbour", "on_track")
    assert (action.starts_on, action.due_on) == (date(2026, 1, 1), date(2026, 5, 31))
    assert not reading.problems


def test_a_heading_and_that_of_its_group_are_read_together():
    reading = reading_of(
        plan_of(
            ["Action", "Completion", None, "Support", None],
            [None, "Target", "Actual", "Finance", "Sponsor"],
            ["Ask", "2026-05-31", "2026-03-01", "A little", "Lee"],
        )
    )

    [action] = reading.rows
    assert (action.due_on, action.done_on) == (date(2026, 5, 31), date(2026, 3, 1))
    assert {each.code: str(each.address) for each in reading.problems} == {
        "read_as": "sheet Plan, row 3, column C",
        "column_kept": "sheet Plan, row 2, column E",
    }


def test_a_first_action_in_the_words_of_headings_is_an_action():
    reading = reading_of(
        plan_of(["Action", "Owner", "Notes"], ["Train", "Team", "Progress"])
    )

    assert [each.title for each in reading.rows] == ["Train"]


def test_what_stands_in_a_column_without_a_meaning_is_kept_under_its_heading():
    reading = reading_of(
        plan_of(
            ["Action", "Owner", "Progress notes", "Notes", "Done?", None],
            ["Ask", "Jo", "Begun", "Slow\r\nbut sure", "Yes", "stray"],
            ["Tell", "Jo", "Begun", " ", Uncalculated("=A1"), None],
        )
    )

    ask, tell = reading.rows
    assert [(each.label, each.text) for each in ask.kept] == [
        ("“Notes”", "Slow\nbut sure"),
        ("“Done?”", "Yes"),
        ("Column F, no heading", "stray"),
    ]
    assert tell.kept == ()
    assert ("no_value", "sheet Plan, row 3, column E") in told(reading)


def test_a_row_that_says_something_in_such_a_column_alone_is_named():
    reading = reading_of(
        plan_of(
            ["Action", "Owner", "Theme"],
            ["Ask", "Jo", "Access"],
            [None, None, "Access " * 20],
        )
    )

    [row] = [each for each in reading.problems if each.code == "row_not_read"]
    assert str(row.address) == "sheet Plan, row 3, column A"
    assert row.message.startswith("“Access Access")
    assert len(row.message) < 150


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
        ("column_kept", "sheet Plan, row 1, column C", "“Shoe size”: 1 cell."),
        (
            "column_kept",
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
