import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_tracker.core.tables.delimited import read_delimited
from cse_tracker.core.tables.formulas import FORMULA, protected, unprotected
from cse_tracker.core.tables.writing import Table, write_csv, write_xlsx
from cse_tracker.core.tables.xlsx import read_xlsx

FORMULA_LIKE = st.builds(
    str.__add__,
    st.text("'=+-@\uff1d\uff0b\uff0d\uff20 \t\r\n", max_size=4),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
)


@given(FORMULA_LIKE)
def test_protection_comes_off_exactly_and_leaves_no_formula(text):
    assert unprotected(protected(text)) == text
    assert not FORMULA.match(protected(text))


@pytest.mark.parametrize(
    "text", ["=1+1", "'=1", "''=1", "'quoted'", "plain", "\uff1d1"]
)
def test_what_is_written_as_separated_text_is_read_again(text):
    table = Table("Sheet", ["Head", "Beside"], [[text, "x"]], widths={})

    assert read_delimited(write_csv(table), name="").rows[1] == (text, "x")


def test_an_apostrophe_of_the_text_is_not_taken_for_its_protection():
    table = Table("Sheet", ["Head"], [["'=1"]], widths={})

    written = write_csv(table).decode("utf-8-sig")

    assert list(csv.reader(StringIO(written, newline="")))[1] == ["''=1"]


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\x1f", "\ud800"])
def test_a_sign_that_no_workbook_can_hold_is_left_out_of_it(sign):
    file = write_xlsx([Table("Sheet", ["Head"], [[f"a{sign}b"]], widths={})])

    assert read_xlsx(file)[0].rows[1] == ("ab",)
