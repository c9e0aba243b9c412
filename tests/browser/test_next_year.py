"""From the last year confirmed to the sheet that is taken to the next visit."""

import re

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from cse_tracker.accounts.permissions import Role
from tests.assessments.past import assess
from tests.browser.conftest import NARROW
from tests.browser.people import Person
from tests.factories import member

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer(cast, certification, new_page) -> Person:
    """Officer and approver of a council with a full year and a review to be confirmed."""
    certification.cycle_starts_in = 2024
    certification.save()
    kind = Assessment.Kind.FULL
    found = {"1.1.1": "CP", "1.1.2": "C", "4.1.2": "PC"}
    assess(certification, 2024, found, by=cast.lena, kind=kind)
    review = {"1.1.2": "CP"}
    assess(
        certification,
        2025,
        review,
        by=cast.lena,
        sampled=["1.1.2"],
        is_confirmed=False,
    )
    gwen = member(cast.ashby, Role.OFFICER, Role.APPROVER, full_name="Gwen Ash")
    return Person(new_page(user=gwen))


def test_the_last_year_is_confirmed_and_the_next_begins_with_a_plan_on_paper(
    officer, accessibility_problems
):
    officer.goes_to("/o/ashby/assessments/2025-review/confirm/")
    officer.sees("Ratings that changed", "1.1.2", "Sampled")
    assert accessibility_problems(officer.page) == []
    officer.presses("Confirm this assessment")

    officer.presses("Start the next assessment")
    officer.sees("2026 is year 3 of 3 in your cycle 2024 to 2026.", "4.1.2")
    assert accessibility_problems(officer.page) == []
    officer.presses("Start the assessment")

    officer.sees_heading("Sampling plan")
    officer.sees("Open partial", "Never sampled at a review, last examined in 2024")
    leave_out(officer, "1.2.2")
    add(officer, "1.1.2")
    officer.presses("Save this plan")
    officer.sees("elements are planned.", "Your choice")
    assert accessibility_problems(officer.page) == []

    officer.presses("Plan for printing")
    officer.sees_heading("Sampling plan of the 2026 review")
    officer.sees("4.1.2", "1.1.2")
    officer.sees_nothing_of(["1.2.2", "Sign out"])
    assert accessibility_problems(officer.page) == []
    shows_only_the_plan_on_paper(officer.page)
    fits_a_phone(officer.page)


def leave_out(officer: Person, ref: str) -> None:
    officer.page.get_by_role("checkbox", name=re.compile(rf"^{ref} ")).uncheck()


def add(officer: Person, ref: str) -> None:
    officer.page.get_by_text("Other elements of criterion 1").click()
    officer.page.get_by_role("checkbox", name=re.compile(rf"^{ref} ")).check()


def shows_only_the_plan_on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.get_by_text("Back to the sampling plan")).to_be_hidden()
    expect(page.get_by_role("table").first).to_be_visible()
    page.emulate_media(media="screen")


def fits_a_phone(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
