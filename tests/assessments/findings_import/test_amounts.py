"""Twice as many rows cost twice the work: counted, as a clock would be unsure."""

from collections import Counter
from functools import partial

import pytest

from assessments.importing.findings import growing_text, pointers
from assessments.importing.findings.growing_text import GrowingText
from assessments.importing.findings.joining import RawRow, joined
from assessments.importing.findings.pointers import with_pointers
from assessments.importing.findings.rows import FindingRow
from cse_tracker.core.rich_text import units

LINES_OF_PRINT = {
    "one sentence": lambda number: f"and boat {number}",
    "bold words": lambda number: f"and **boat** {number}",
    "numbered points": lambda number: f"{number + 1}. Boat",
}


@pytest.fixture
def characters(monkeypatch):
    """How many characters were taken apart and written, by what did it."""
    counted = Counter()

    def counting(module, name, size_of):
        real = getattr(module, name)

        def count(given):
            result = real(given)
            counted[name] += size_of(given, result)
            return result

        monkeypatch.setattr(module, name, count)

    units._parsed.cache_clear()
    counting(units, "read", lambda text, _: len(text))
    counting(growing_text, "text_of", lambda _, text: len(text))
    return counted


def cut_up(line, count):
    """A cell that was cut into so many rows below its ref."""
    row = partial(RawRow, 1, kind=None, element="", response="")
    return [
        row(line=1, ref="1.1.1", comment="1. The harbour"),
        *(row(line=n + 1, ref="", comment=line(n)) for n in range(1, count)),
    ]


@pytest.mark.parametrize("name", LINES_OF_PRINT)
def test_a_cell_is_put_together_by_reading_and_writing_each_word_once(name, characters):
    work = []
    for count in (100, 200):
        rows = cut_up(LINES_OF_PRINT[name], count)
        characters.clear()
        [point] = joined(rows)
        work.append(characters.total() / sum(len(row.comment) for row in rows))
        assert len(point.lines) == count

    few, many = work
    assert many <= 1.1 * few
    assert many < 4


def test_responses_that_point_to_another_are_each_read_once(monkeypatch):
    read = Counter()
    real = pointers.pointer_in
    monkeypatch.setattr(
        pointers, "pointer_in", lambda text: read.update(["response"]) or real(text)
    )
    row = partial(FindingRow, ref="1.1.1", kind="compliance", rating="PC")
    rows = [row(1, comment="A.", response="Soon.")] + [
        row(key, comment="B.", response="Response as above.") for key in range(2, 301)
    ]

    tied = with_pointers(rows)

    assert {each.answered_by for each in tied[1:]} == {1}
    assert read["response"] == len(rows)


def test_a_response_points_to_the_nearest_above_of_its_ref_else_to_the_first_below():
    row = partial(FindingRow, kind="compliance", rating="PC", comment="Boats.")
    rows = [
        row(1, "1.1.1", response="See 2.2.2"),
        row(2, "1.1.1", response="Soon."),
        row(3, "1.1.1", response="Later."),
        row(4, "2.2.2", response="Never."),
        row(5, "3.3.2", response="See 1.1.1"),
        row(6, "3.3.2", response="Response as above."),
        row(7, "3.3.2", response="See 5.1.1"),
    ]

    tied = [each.answered_by for each in with_pointers(rows)]

    assert tied == [4, None, None, None, 3, 4, None]


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        (["Boats", ""], "Boats"),
        (["Boats wait", "in the bay."], "Boats wait in the bay."),
        (["Boats wait.", "Anglers wait."], "Boats wait.\n\nAnglers wait."),
        (["- Boats", "- Anglers", "and cod"], "- Boats\n- Anglers and cod"),
        (["- a\n  - inner", "and c"], "- a and c\n  - inner"),
        (
            ["", "**Boats**", "and", "ferries.\n\nEnd."],
            "**Boats** and ferries.\n\nEnd.",
        ),
    ],
)
def test_a_text_goes_on_where_it_was_cut(pieces, whole):
    first, *rest = pieces
    text = GrowingText(first)
    for piece in rest:
        text.add(piece)

    assert text.written() == whole
    assert text.length >= len(whole)
