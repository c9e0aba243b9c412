"""What an action plan says, from plain facts."""

from dataclasses import replace
from datetime import date

import pytest

from reports.blocks import Heading, PaperContent, Paragraph, Table
from reports.options import PaperOptions
from reports.plan.compose import compose_plan
from reports.plan.facts import Progress
from reports.rich_html import rich_html
from tests.reports.plan.samples import (
    EVERYTHING,
    TODAY,
    finished_action,
    group,
    open_action,
    plan_of,
)


def blocks_of(content: PaperContent, kind: type) -> list:
    return [block for block in content.blocks if isinstance(block, kind)]


def tables(content: PaperContent) -> dict[str, Table]:
    return {table.caption: table for table in blocks_of(content, Table)}


def texts(content: PaperContent) -> list[str]:
    return [block.text for block in blocks_of(content, Paragraph)]


def rows(table: Table) -> list[dict[str, str]]:
    """Each ordinary row by the headings of its cells."""
    return [
        {cell.label: rich_html(cell.rich) or cell.text for cell in row.cells}
        for row in table.body
        if row.kind != "group"
    ]


def row_of(action, **values) -> dict[str, str]:
    content = compose_plan(plan_of(group(action), **values))
    [row] = rows(tables(content)["Open actions: Criterion 1: Title of 1"])
    return row


def test_it_says_whose_plan_it_is_and_the_day_on_every_page():
    content = compose_plan(plan_of(service="Housing"))

    assert content.title == "Action plan: Housing"
    assert content.organisation == "Ashby Borough Council"
    assert content.subtitle == "As at 22 November 2026"
    assert content.stamp == ""


def test_the_summary_counts_what_asks_for_attention():
    facts = plan_of(
        group(
            open_action(1, is_overdue=True, moved="Moved once, 30 days"),
            open_action(2, is_due_soon=True),
            open_action(3, is_due_soon=True),
            open_action(4, is_waiting=True),
            open_action(5),
        ),
        closed_count=3,
        declined_count=2,
        since=date(2026, 9, 1),
    )

    content = compose_plan(facts)

    assert texts(content)[:2] == [
        (
            "5 actions are open: 1 is overdue, 2 are due in the next 30 days and 1 is said "
            "to be done and waiting to be checked."
        ),
        (
            "3 actions were closed and 2 were declined since the last action plan, of "
            "1 September 2026. The due date of 1 open action was moved since it was first set."
        ),
    ]
    figures = tables(content)["The plan in figures"]
    assert [cell.text for cell in figures.body[0].cells] == list("5121132")
    assert [cell.text for cell in figures.head[0].cells[-2:]] == [
        "Closed since the last plan",
        "Declined since the last plan",
    ]


def test_a_plan_with_nothing_open_says_so():
    content = compose_plan(plan_of())

    assert texts(content) == [
        "No actions are open.",
        "No actions were closed in the last 12 months, since 22 November 2025.",
        "None.",
        "No actions were declined.",
    ]


def test_a_plan_in_which_nothing_presses_says_that_none_is_overdue():
    content = compose_plan(plan_of(group(open_action())))

    assert texts(content)[0] == "1 action is open, and none is overdue."


def test_actions_stand_by_criterion_and_element_and_those_about_none_last():
    facts = plan_of(
        group(open_action(1)),
        group(open_action(2), ref="1.1.2"),
        group(open_action(3), ref="2.1.1"),
        group(open_action(4, refs=()), ref=""),
        options=PaperOptions(),
    )

    content = compose_plan(facts)

    assert [heading.text for heading in blocks_of(content, Heading)] == [
        "Criterion 1: Title of 1",
        "Criterion 2: Title of 2",
        "About no element",
    ]
    first = tables(content)["Open actions: Criterion 1: Title of 1"]
    assert [row.cells[0].text for row in first.body] == [
        "1.1.1 Title of 1.1.1",
        "1",
        "1.1.2 Title of 1.1.2",
        "2",
    ]
    assert [row.kind for row in first.body] == ["group", "", "group", ""]
    [last] = rows(tables(content)["Open actions: About no element"])
    assert last["Element"] == "None"


def test_a_row_tells_all_of_its_action():
    action = open_action(
        12,
        refs=("1.1.1", "1.1.2.1"),
        done_looks_like="Published.\nKnown to all.",
        starts_on=date(2026, 3, 1),
        due_on=date(2026, 11, 1),
        moved="Moved twice, 90 days",
        is_overdue=True,
        status="At risk",
        priority="High",
        progress=Progress(date(2026, 11, 2), "Half are done."),
    )

    assert row_of(action) == {
        "Number": "12",
        "Element": "1.1.1, 1.1.2.1",
        "What will be done": "<p><b>Do the thing of 12</b></p>"
        "<p>Published.<br>Known to all.</p>",
        "Owner": "<p>Mo Quill</p><p>Customer Services</p>",
        "Priority": "High",
        "Dates": "<p>Start: 1 March 2026</p><p>Due: 1 November 2026</p>"
        "<p>Moved twice, 90 days</p>",
        "Status": "<p>At risk</p><p><b>Overdue by 21 days</b></p>",
        "Latest progress": "<p><b>2 November 2026</b></p><p>Half are done.</p>",
    }


def test_what_is_not_known_is_said_in_words():
    row = row_of(open_action(owner="", service="", has_owner=False))

    assert row["Owner"] == "No owner"
    assert row["Dates"] == "<p>No due date</p>"
    assert row["Latest progress"] == "Nothing reported yet"


def test_an_owner_whom_the_paper_does_not_name_is_there():
    assert row_of(open_action(owner="", service=""))["Owner"] == "Not named"


def test_a_plan_without_progress_has_no_column_for_it():
    assert "Latest progress" not in row_of(open_action(), options=PaperOptions())


def test_what_was_closed_and_declined_follows_in_shorter_tables():
    facts = plan_of(
        closed=(finished_action(5, due_on=date(2026, 9, 1)),),
        declined=(finished_action(6, refs=("1.1.1",), reason="It costs too much."),),
    )

    found = tables(compose_plan(facts))

    assert rows(found["Closed actions"]) == [
        {
            "Number": "5",
            "Element": "None",
            "What was done": "<p><b>What 5 was about</b></p>",
            "Owner": "<p>Mo Quill</p><p>Customer Services</p>",
            "Was due": "1 September 2026",
            "Closed": "1 October 2026",
        }
    ]
    [declined] = rows(found["Declined actions"])
    assert (declined["Element"], declined["Reason"]) == (
        "1.1.1",
        "<p>It costs too much.</p>",
    )


def test_a_plan_ordered_without_them_has_no_place_for_them():
    content = compose_plan(plan_of(group(open_action()), options=PaperOptions()))

    assert not any("losed" in each.text for each in blocks_of(content, Heading))


@pytest.mark.parametrize("name", ["done_looks_like", "progress"])
def test_only_a_row_with_a_long_text_may_go_on_over_the_page(name):
    long = "And so on, and so on.\n" * 30
    value = Progress(TODAY, long) if name == "progress" else long
    facts = plan_of(group(open_action(1), open_action(2, **{name: value})))

    table = tables(compose_plan(facts))["Open actions: Criterion 1: Title of 1"]

    assert [row.kind for row in table.body] == ["group", "", "long"]


def test_marks_in_a_text_are_only_words():
    row = row_of(open_action(done_looks_like="**All** of [it](https://x.example)"))

    assert "**All** of [it](https://x.example)" in row["What will be done"]


def test_the_figures_are_those_of_the_rows_whatever_is_shown():
    facts = plan_of(group(open_action(is_overdue=True)), options=EVERYTHING)
    bare = replace(facts, options=PaperOptions())

    assert texts(compose_plan(facts))[:2] == texts(compose_plan(bare))[:2]
