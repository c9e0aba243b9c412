"""Workbooks: values come out, and what is broken, locked or huge is refused quickly."""

import tracemalloc
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.tables.sheets import Uncalculated
from cse_tracker.core.tables.xlsx import read_xlsx
from tests.core.tables.workbooks import SHEET, saved, with_part, workbook_of

SOUND = workbook_of(
    ["Ref", "Element", 2015.0], ["1.1", "We moor", "X CP"], [1.1, None, True]
)


def rows(data):
    return read_xlsx(data)[0].rows


def outcome(data):
    """``read``, or the words of the refusal; anything else is raised."""
    try:
        read_xlsx(data)
    except RuleBroken as refusal:
        return str(refusal)
    return "read"


def test_cells_come_out_as_plain_values():
    found = rows(workbook_of(["a", 1, 2.5, 2014.0, True, date(2015, 3, 2), None, "  "]))

    assert found[0][:5] == ("a", 1, 2.5, 2014, True)
    assert str(found[0][5]).startswith("2015-03-02")
    assert len(found[0]) == 6


def test_hidden_sheets_are_marked():
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "seen"
    hidden = workbook.create_sheet("Old")
    hidden["A1"], hidden.sheet_state = "not seen", "hidden"

    assert [sheet.is_hidden for sheet in read_xlsx(saved(workbook))] == [False, True]


def test_a_wrong_size_in_the_file_hides_no_row():
    shrunk = with_part(SOUND, SHEET, lambda xml: xml.replace(b"A1:C3", b"A1:A1"))

    assert len(rows(shrunk)) == 3


def test_a_formula_without_its_value_is_told_from_a_blank_cell():
    data = workbook_of(["a", "=1+1", None, "b"])

    assert rows(data)[0] == ("a", Uncalculated("=1+1"), None, "b")


def test_a_formula_gives_the_value_the_file_holds():
    data = with_part(
        workbook_of(["a", "=1+1"]),
        SHEET,
        lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        ),
    )

    assert rows(data)[0] == ("a", 2)


def test_a_formula_that_gives_an_empty_text_is_a_blank_cell():
    blank = b'<c r="B1" t="str"><f>IF(1,"","")</f><v></v></c>'
    data = with_part(
        workbook_of(["a", None, "c"]),
        SHEET,
        lambda xml: xml.replace(b'<c r="C1"', blank + b'<c r="C1"'),
    )

    assert rows(data)[0] == ("a", None, "c")


def test_entities_are_not_expanded():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    )
    data = with_part(SOUND, SHEET, lambda xml: bomb + xml.replace(b"We moor", b"&b;"))

    with pytest.raises(RuleBroken, match="damaged"):
        read_xlsx(data)


def test_a_zip_bomb_is_refused_without_being_unpacked_into_memory():
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr(SHEET, b" " * 90_000_000)
    tracemalloc.start()

    with pytest.raises(RuleBroken, match="unpacks to far more"):
        read_xlsx(stream.getvalue())

    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_refused():
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr(SHEET, b" " * 90_000_000)
    size = (90_000_000).to_bytes(4, "little")
    data = stream.getvalue().replace(size, (600).to_bytes(4, "little"))

    with pytest.raises(RuleBroken):
        read_xlsx(data)


def test_a_workbook_that_would_take_long_to_parse_is_refused():
    numbered = b"".join(b'<row r="%d"/>' % number for number in range(9, 500_000))
    filler = numbered + b"</sheetData>"
    data = with_part(SOUND, SHEET, lambda xml: xml.replace(b"</sheetData>", filler))

    with pytest.raises(RuleBroken, match="holds more than a table of this kind does"):
        read_xlsx(data)


def test_cells_far_out_are_refused_before_the_gap_is_walked():
    far = b'<row r="9999999"><c r="A9999999"><v>1</v></c></row></sheetData>'
    data = with_part(SOUND, SHEET, lambda xml: xml.replace(b"</sheetData>", far))

    with pytest.raises(RuleBroken, match="rows"):
        read_xlsx(data)


def test_a_filled_cell_in_the_last_column_is_refused():
    wide = b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'
    data = with_part(SOUND, SHEET, lambda xml: xml.replace(b"</sheetData>", wide))

    with pytest.raises(RuleBroken, match="wider than 200 columns"):
        read_xlsx(data)


def test_formatting_without_content_at_the_end_is_no_content():
    styled = b'<row r="5000"><c r="A5000"/><c r="ZZ5000"/></row></sheetData>'
    data = with_part(SOUND, SHEET, lambda xml: xml.replace(b"</sheetData>", styled))

    assert len(rows(data)) == 3


def test_more_sheets_than_any_annex_has_are_refused():
    workbook = Workbook()
    for _ in range(50):
        workbook.create_sheet()

    with pytest.raises(RuleBroken, match="more than 50 sheets"):
        read_xlsx(saved(workbook))


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data())
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_workbook_is_read_or_refused_but_never_breaks_the_reader(data):
    broken = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(
            st.integers(0, 255)
        )
    end = data.draw(st.integers(len(broken) // 2, len(broken)))

    assert outcome(bytes(broken[:end]))


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data())
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_workbook_with_damaged_xml_is_read_or_refused(data):
    part = data.draw(
        st.sampled_from(
            [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
        )
    )

    def damage(xml):
        start = data.draw(st.integers(0, len(xml)))
        length = data.draw(st.integers(0, 30))
        return xml[:start] + data.draw(st.binary(max_size=8)) + xml[start + length :]

    assert outcome(with_part(SOUND, part, damage))
