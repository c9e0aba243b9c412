from pathlib import Path

from assessments.checks.catalogue import CHECKS
from assessments.checks.document import checks_page

PAGE = Path(__file__).parents[3] / "docs" / "checks.md"


def test_the_page_of_checks_is_what_the_catalogue_says():
    page = PAGE.read_text(encoding="utf-8")

    assert page == checks_page(), "Run python manage.py write_checks"


def test_each_check_has_its_own_place_on_the_page():
    for check in CHECKS:
        assert checks_page().count(f"## {check.number}\n") == 1
