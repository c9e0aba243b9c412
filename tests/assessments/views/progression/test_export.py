"""The table as a file."""

import pytest

from tests.assessments.views.progression.pages import url


@pytest.mark.parametrize("name", ["comparison", "progression_export"])
def test_nothing_to_compare_or_download_without_ratings(lena, certification, name):
    page = lena.get(url(name))

    assert page.status_code == (404 if name == "progression_export" else 200)


def test_the_table_is_downloaded_as_it_was_narrowed(lena, past):
    file = lena.get(url("progression_export", format="csv", show="partial"))

    text = file.content.decode("utf-8-sig")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        'filename="progression-ashby-borough-council.csv"'
        in (file.headers["Content-Disposition"])
    )
    assert "1.1.2,Element," in text
    assert "1.1.1," not in text


def test_the_workbook_is_offered_as_a_file(lena, past):
    file = lena.get(url("progression_export", format="xlsx"))

    assert file.content.startswith(b"PK")
    assert file.headers["Cache-Control"] == "no-store"
