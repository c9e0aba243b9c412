import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from cse_tracker.core.tables.writing import Table, write_csv, write_xlsx

DANGEROUS = [
    *("=1+1", "+44 20 7946 0000", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1"),
    *("  =1+1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", '=HYPERLINK("x")'),
]
HARMLESS = ["#N/A", "X CP", "1.1.1", "a=b", "Ref – title", "'quoted'", "2015"]


def table(*values, name="Sheet") -> Table:
    return Table(
        name=name, head=["Head"], rows=[[value] for value in values], widths={}
    )


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_stays_text_in_csv(text):
    written = write_csv(table(text)).decode("utf-8-sig")

    assert list(csv.reader(StringIO(written, newline="")))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_written_as_it_is(text):
    written = write_csv(table(text)).decode("utf-8-sig")

    assert list(csv.reader(StringIO(written, newline="")))[1] == [text]


@pytest.mark.parametrize("text", [*DANGEROUS, *HARMLESS])
def test_no_cell_of_a_workbook_is_a_formula(text):
    sheet = load_workbook(BytesIO(write_xlsx([table(text)]))).active

    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix == (text in DANGEROUS)


@pytest.mark.parametrize("text", [*DANGEROUS, *HARMLESS])
def test_no_head_of_a_workbook_is_a_formula(text):
    headed = Table(name="Sheet", head=[text], rows=[], widths={})

    head = load_workbook(BytesIO(write_xlsx([headed]))).active["A1"]

    assert head.data_type == "s"
    assert head.quotePrefix == (text in DANGEROUS)
    assert head.font.bold


def test_numbers_stay_numbers():
    sheet = load_workbook(BytesIO(write_xlsx([table(57)]))).active

    assert sheet["A2"].value == 57
    assert write_csv(table(57)).endswith(b"57\r\n")


def test_a_day_is_a_date_of_a_workbook_and_stands_year_first_in_csv():
    written = table(date(2026, 11, 4), "2026-11-04", date(1900, 2, 28))

    cells = load_workbook(BytesIO(write_xlsx([written]))).active["A"][1:]

    assert [cell.value for cell in cells] == [
        datetime(2026, 11, 4),  # noqa: DTZ001  # as openpyxl reads a date
        *("2026-11-04", "1900-02-28"),
    ]
    assert cells[0].number_format == "yyyy-mm-dd"
    assert write_csv(written).endswith(b"2026-11-04\r\n2026-11-04\r\n1900-02-28\r\n")


def test_a_workbook_has_a_sheet_for_each_table_with_its_head_kept_in_view():
    file = write_xlsx([table("a", name="First"), table("b", name="Second")])

    workbook = load_workbook(BytesIO(file))
    assert workbook.sheetnames == ["First", "Second"]
    assert workbook["Second"].freeze_panes == "B2"
    assert workbook["Second"]["A1"].font.bold


def test_characters_that_no_workbook_may_hold_are_left_out():
    text = "a\x00b\x0bc"
    written = Table(name="Sheet", head=[text], rows=[[text]], widths={})

    sheet = load_workbook(BytesIO(write_xlsx([written]))).active

    assert sheet["A1"].value == sheet["A2"].value == "abc"


def test_excel_opens_the_csv_with_its_accents():
    assert write_csv(table("Ŵyn")).startswith(b"\xef\xbb\xbf")
