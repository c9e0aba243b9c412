"""What is downloaded is read again word for word, whatever the words look like."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.exporting import HEAD, PROGRESS_HEAD
from actions.importing.actions import NAME_CHARACTERS, TITLE_CHARACTERS
from actions.importing.reading import read_plan_or_none
from actions.importing.rows import PlanNote, PlanRow
from actions.importing.words import (
    FINISHED,
    IN_PROGRESS,
    NOTE_LABELS,
    ORIGIN_LABELS,
    PRIORITY_LABELS,
    STATUS_LABELS,
)
from assessments.tree import Kind, Node, Tree
from cse_tracker.core.tables.delimited import read_delimited
from cse_tracker.core.tables.writing import Table, write_csv, write_xlsx
from cse_tracker.core.tables.xlsx import read_xlsx

TODAY = date(2026, 3, 3)
TREE = Tree(
    Node(number, ref, Kind.ELEMENT, ref)
    for number, ref in enumerate(["1.3.4", "2.1.6", "1.3.4.1"], 1)
)
# What forms let in: no control characters but line ends, no blanks around it.
SIGNS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
) | st.sampled_from("\n\t'=+-@;,|\"\uff1d\uff0b\uff0d\uff20")
AWKWARD = ["=1+1", "'=1", "''=1", "-", "@x", "\uff1d1", "1.3.4", "Action", "2026-03-31"]


def words(most: int, *, least: int = 0) -> st.SearchStrategy[str]:
    texts = st.text(SIGNS, max_size=most).map(str.strip)
    awkward = st.sampled_from([*AWKWARD, "x" * most, "a;b;c\n" * 3 + "d"])
    return (texts | awkward).filter(lambda text: len(text) >= least)


DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
PAST = st.dates(date(2000, 1, 1), TODAY)
NOTES = st.builds(
    PlanNote, st.sampled_from(list(NOTE_LABELS)), words(300, least=1), PAST, words(150)
)


@st.composite
def plan_rows(draw) -> PlanRow:
    due = draw(st.none() | DAYS)
    early = due - timedelta(days=draw(st.integers(0, 400))) if due else draw(DAYS)
    status = draw(st.sampled_from(list(STATUS_LABELS)))
    is_open, is_over = status in IN_PROGRESS, status in FINISHED
    done = None if is_open else draw(PAST)
    return PlanRow(
        sheet="",
        row=0,
        title=draw(words(TITLE_CHARACTERS, least=1)),
        done_looks_like=draw(words(300)),
        refs=tuple(draw(st.sets(st.sampled_from([node.ref for node in TREE])))),
        owner=draw(words(NAME_CHARACTERS)),
        service=draw(words(100)),
        priority=draw(st.sampled_from(list(PRIORITY_LABELS))),
        origin=draw(st.sampled_from(list(ORIGIN_LABELS))),
        starts_on=draw(st.sampled_from([None, max(early, date(2000, 1, 1))])),
        due_on=due,
        status=status,
        resource_note=draw(words(300)),
        added_on=draw(PAST),
        done_on=done,
        finished_on=draw(PAST) if is_over else None,
        withdrawn_on=draw(st.none() | PAST),
        notes=tuple(draw(st.lists(NOTES, max_size=3))),
    )


PLANS = st.lists(plan_rows(), min_size=1, max_size=4).map(
    lambda rows: [replace(row, number=number * 7) for number, row in enumerate(rows, 1)]
)


def tables_of(rows: list[PlanRow]) -> list[Table]:
    """As ``actions.exporting`` words them."""
    plan = [
        [
            *(row.number, row.title, row.done_looks_like, ", ".join(row.refs)),
            *(row.owner, row.service, PRIORITY_LABELS[row.priority]),
            *(row.starts_on or "", row.due_on or "", STATUS_LABELS[row.status]),
            *(ORIGIN_LABELS[row.origin], row.resource_note, "", row.added_on or ""),
            *(row.done_on or "", row.finished_on or "", row.withdrawn_on or ""),
        ]
        for row in rows
    ]
    progress = [
        [row.number, note.day, note.who, NOTE_LABELS[note.kind], note.text]
        for row in rows
        for note in row.notes
    ]
    return [
        Table("Action plan", HEAD, plan, widths={}),
        Table("Progress", PROGRESS_HEAD, progress, widths={}),
    ]


def read_again(sheets) -> list[PlanRow]:
    reading = read_plan_or_none(sheets, TREE, today=TODAY)
    assert reading
    twice = {"same_twice"}
    assert [each for each in reading.problems if each.code not in twice] == []
    return [replace(row, sheet="", row=0) for row in reading.rows]


@pytest.mark.slow
@given(PLANS)
@settings(max_examples=60)
def test_a_workbook_is_read_as_it_was_written(rows):
    assert read_again(read_xlsx(write_xlsx(tables_of(rows)))) == rows


@pytest.mark.slow
@given(PLANS)
@settings(max_examples=60)
def test_separated_text_is_read_as_it_was_written_without_its_notes(rows):
    data = write_csv(tables_of(rows)[0])

    found = read_again([read_delimited(data, name="")])

    assert found == [replace(row, notes=()) for row in rows]
