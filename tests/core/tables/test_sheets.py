"""Plain cells: how they are named and read."""

from datetime import date, datetime

import pytest

from cse_tracker.core.tables.sheets import (
    Sheet,
    Uncalculated,
    cell_at,
    cell_text,
    column_letter,
)


@pytest.mark.parametrize(
    ("column", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")]
)
def test_columns_are_named_as_spreadsheets_name_them(column, letter):
    assert column_letter(column) == letter


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("X CP", "X CP"),
        (2014, "2014"),
        (1.1, "1.1"),
        (True, "TRUE"),
        (date(2003, 2, 1), "2003-02-01"),
        (datetime(2003, 2, 1), "2003-02-01"),  # noqa: DTZ001
        (Uncalculated("=A1"), "=A1"),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(value, text):
    assert cell_text(value) == text


def test_a_cell_beyond_the_end_of_its_row_is_blank():
    assert cell_at(("a",), 2) is None


def test_rows_are_numbered_as_in_the_file_and_blank_ones_are_passed_over():
    sheet = Sheet("Annex", (("a",), (), ("b",)))

    assert list(sheet.numbered_rows()) == [(1, ("a",)), (3, ("b",))]
