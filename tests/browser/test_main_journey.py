"""The main job, in a browser, from an old spreadsheet to a paper in a member's hands."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.notifications import send_waiting_mail
from tests.browser.annex_file import counts_of, sampled_in, write_annex
from tests.browser.people import Person
from tests.factories import OrganisationFactory, ServiceFactory, member

pytestmark = [pytest.mark.slow, pytest.mark.worker]
COUNCIL = "Saltmere Town Council"
HOME = "/o/saltmere/"
POINT = "Repairs are late in most months, and the plan to catch up has no dates."
DOING = "Agree dates for the recovery plan"


@pytest.fixture
def this_year() -> int:
    return timezone.localdate().year


@pytest.fixture
def annex(tmp_path: Path, this_year: int) -> Path:
    """The five years before this one."""
    return write_annex(tmp_path / "our annex.xlsx", first_year=this_year - 5)


@pytest.fixture
def gwen(standard: Any, new_page: Callable[..., Page]) -> Callable[..., Person]:
    """``gwen()`` has signed in: the officer, approver and administrator of an empty council."""
    council = OrganisationFactory.create(name=COUNCIL, slug="saltmere")
    ServiceFactory.create(organisation=council, name="Housing")
    roles = [Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR]
    member(council, *roles, full_name="Gwen Ash", email="gwen@saltmere.example")

    def sit_down(**browser: Any) -> Person:
        person = Person(new_page(**browser))
        person.signs_in("gwen@saltmere.example")
        return person

    return sit_down


def test_from_an_old_spreadsheet_to_a_paper_that_a_member_downloads(
    worker, gwen, annex, this_year, new_page
):
    officer = gwen()
    begin_with_the_set_up_list(officer)
    check_what_the_file_holds(officer, annex)
    bring_it_in(officer, confirmed=True)
    see_the_same_counts_in_the_progression(officer, first_year=this_year - 5)
    start_the_review_after_the_last(officer, this_year)
    rate_one_element_after_another(officer)
    rate_in_the_grid(officer)
    officer.sees("All changes saved")
    enter_what_the_assessor_said(officer)
    plan_what_will_be_done(officer)
    add_evidence_for_the_element(officer)
    hand_over_and_confirm(officer, this_year)
    watch_the_annex_being_built(officer)
    review_and_issue(officer)
    order_another_and_leave_it_a_draft(officer)

    reader = invite_a_member_of_the_governing_body(officer, new_page)
    read_and_download_the_issued_paper(reader, this_year)
    find_nothing_that_is_not_for_the_governing_body(reader)


def test_the_core_of_it_works_without_javascript(worker, gwen, annex, this_year):
    officer = gwen(java_script=False)
    begin_with_the_set_up_list(officer)
    check_what_the_file_holds(officer, annex)
    bring_it_in(officer, confirmed=False)
    officer.sees("These years were not confirmed with the import.")
    see_the_same_counts_in_the_progression(officer, first_year=this_year - 5)
    start_this_years_review(officer, this_year)
    rate_in_the_grid(officer)
    officer.presses("Save all changes")
    officer.sees("2 elements saved.")
    officer.opens("Papers")
    order_an_annex(officer)

    check_again_until_it_is_built(officer)
    assert officer.downloads("Download as PDF").startswith(b"%PDF")
    officer.sees("the paper can't be issued. Once the assessment is confirmed")


def begin_with_the_set_up_list(officer: Person) -> None:
    officer.sees("Say what is certified", "To do", "Add people")
    officer.follows("Bring past years in")
    officer.sees_heading("Bring past years in")


def check_what_the_file_holds(officer: Person, annex: Path) -> None:
    officer.attaches("Annex spreadsheet", annex)
    officer.presses("Upload and check")
    officer.sees(
        "57 elements and 2 sub-elements over 5 years",
        "2.2.3 was sampled",
        "1.1.3 went from C",
        '"Good" is neither a rating nor an X',
        "the file says 7 sampled in all, its own marks give 4",
    )


def bring_it_in(officer: Person, *, confirmed: bool) -> None:
    if confirmed:
        officer.chooses("Confirm these years")
    officer.presses("Bring these years in")
    officer.sees("our annex.xlsx was brought in.")


def see_the_same_counts_in_the_progression(officer: Person, *, first_year: int) -> None:
    officer.presses("See the progression")
    for position in range(5):
        counts = counts_of(position)
        shown = officer.row(str(first_year + position), of="The same in numbers")
        expected = [counts[code] for code in ("CP", "C", "PC", "NC", "")]
        sampled = sampled_in(position) if position else "all"
        assert shown == [str(number) for number in [*expected, sampled]]


def start_the_review_after_the_last(officer: Person, this_year: int) -> None:
    officer.opens("Assessments")
    officer.presses("Start the next assessment")
    officer.presses("Start the assessment")
    officer.sees_heading("Sampling plan")
    officer.goes_back("Back to all elements")
    officer.sees_heading(f"{this_year} review")


def start_this_years_review(officer: Person, this_year: int) -> None:
    officer.opens("Assessments")
    officer.presses("Start an assessment")
    officer.chooses("Review", "Carry the last known ratings forward")
    officer.presses("Start the assessment")

    officer.sees_heading(f"{this_year} review")
    rating = officer.page.get_by_role("combobox", name="Rating of 4.1.2", exact=True)
    expect(rating).to_have_value("PC")


def rate_one_element_after_another(officer: Person) -> None:
    officer.follows("2.1.4")
    officer.chooses("Compliance Plus")
    officer.presses("Save and next")
    officer.sees("Enter the reason: it was Compliant")

    officer.chooses("Sampled at this visit")
    officer.presses("Save and next")
    officer.sees("2.1.4 saved.")
    officer.sees_heading("2.1.5")
    officer.goes_back("Back to all elements")


def rate_in_the_grid(officer: Person) -> None:
    for ref, rating in {
        "4.1.2": "PC Partial compliance",
        "5.2.1": "CP Compliance Plus",
    }.items():
        officer.chooses(f"{ref} was sampled")
        officer.selects(f"Rating of {ref}", rating)


def enter_what_the_assessor_said(officer: Person) -> None:
    officer.follows("4.1.2")
    officer.presses("Add a comment")
    officer.chooses("Why the element is not fully compliant")
    officer.fills_in({"Assessor's comment": POINT})
    officer.presses("Save")
    officer.follows("Add a recommended response")
    officer.page.get_by_role("textbox").first.fill("The plan gets dates in May.")
    officer.presses("Save as a draft")
    officer.sees(POINT, "The plan gets dates in May.")


def plan_what_will_be_done(officer: Person) -> None:
    officer.follows("Will you act on it?")
    officer.chooses("Yes, plan a new action")
    officer.presses("Continue")
    officer.fills_in({"What will be done": DOING})
    officer.selects("Owner", "Gwen Ash")
    officer.selects("Service", "Housing")
    officer.enters_date("Due date", timezone.localdate() + timedelta(days=90))
    officer.presses("Plan this action")
    officer.opens("Actions")
    officer.sees(DOING, "4.1.2", "Gwen Ash", "Housing")


def add_evidence_for_the_element(officer: Person) -> None:
    officer.follows("4.1.2")
    officer.follows("Add a document")
    officer.attaches("Document", small_pdf())
    officer.fills_in({"Title": "Minutes of the repairs board"})
    officer.presses("Add this document")
    officer.sees_heading("4.1.2")

    officer.follows("Minutes of the repairs board")
    officer.presses("Link to elements")
    officer.page.get_by_text("5 Timeliness and Quality of Service").first.click()
    officer.page.get_by_role("checkbox", name=re.compile(r"^5\.2\.1 ")).check()
    officer.presses("Link")
    officer.sees("4.1.2", "5.2.1")


def hand_over_and_confirm(officer: Person, this_year: int) -> None:
    officer.opens("Assessments")
    officer.follows(f"{this_year} review")
    officer.presses("Hand to the approver")
    officer.opens("Year at a glance")
    officer.follows(f"Confirm the {this_year} review")
    officer.presses("Confirm this assessment")
    officer.sees(f"The {this_year} review is confirmed.", "Confirmed")


def watch_the_annex_being_built(officer: Person) -> None:
    """The page itself says when it is done: it is not loaded again."""
    officer.opens("Papers")
    order_an_annex(officer)
    officer.page.evaluate("window.isTheSamePage = true")
    officer.page.get_by_role("link", name="Download as PDF").wait_for(timeout=60_000)
    assert officer.page.evaluate("window.isTheSamePage")


def order_an_annex(officer: Person) -> None:
    officer.presses("Build a paper")
    officer.follows("Progression annex")
    officer.presses("Build the paper")


def check_again_until_it_is_built(officer: Person) -> None:
    again = officer.main.get_by_role("link", name="Check again")
    deadline = time.monotonic() + 60
    while again.count() and time.monotonic() < deadline:
        again.click()
        officer.page.wait_for_timeout(250)
    officer.sees("Download as PDF")


def review_and_issue(officer: Person) -> None:
    officer.presses("I have read it: mark as reviewed")
    officer.presses("Issue this paper")
    officer.presses("Issue this paper")
    officer.sees("Issued. The governing body can now read this paper.")


def order_another_and_leave_it_a_draft(officer: Person) -> None:
    officer.opens("Papers")
    order_an_annex(officer)
    officer.sees_heading("Progression annex")
    officer.opens("Papers")
    annexes = officer.main.get_by_role("link", name="Progression annex")
    expect(annexes).to_have_count(2)


def invite_a_member_of_the_governing_body(
    officer: Person, new_page: Callable[..., Page]
) -> Person:
    officer.page.get_by_role("link", name="Members").click()
    officer.presses("Add a member")
    officer.fills_in(
        {"Full name": "Vera Lock", "Email address": "vera@saltmere.example"}
    )
    officer.chooses("Governing body member")
    officer.presses("Add member")
    officer.sees("Vera Lock", "Invited")

    send_waiting_mail(now=timezone.now())
    [invitation] = mail.outbox
    reader = Person(new_page())
    reader.goes_to(re.findall(r"http://[^/]+(/\S+)", str(invitation.body))[0])
    return choose_a_password_and_sign_in(reader, "vera@saltmere.example")


def choose_a_password_and_sign_in(reader: Person, email: str) -> Person:
    secret = "tides turn at nine"
    for box in reader.page.locator("input[type=password]").all():
        box.fill(secret)
    reader.presses("Set password")
    reader.sees_heading("Your password is set")
    reader.signs_in(email, secret)
    return reader


def read_and_download_the_issued_paper(reader: Person, this_year: int) -> None:
    reader.opens("Papers")
    annexes = reader.main.get_by_role("link", name="Progression annex")
    expect(annexes).to_have_count(1)
    reader.follows("Progression annex")
    pdf = reader.downloads("Download as PDF")

    assert pdf.startswith(b"%PDF")
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert COUNCIL in text
    assert "57 elements" in text
    assert f"{this_year - 5} to {this_year}" in text
    assert "Draft" not in text
    see_the_years_while_reading(reader, this_year)


def see_the_years_while_reading(reader: Person, this_year: int) -> None:
    reader.follows("Read this paper as a web page")
    table = reader.page.locator(".paper__table--progression").first
    last = table.get_by_role("row").last
    last.evaluate("row => row.scrollIntoView({ block: 'center' })")
    year = table.get_by_role("columnheader", name=str(this_year))
    expect(year).to_be_in_viewport()


def find_nothing_that_is_not_for_the_governing_body(reader: Person) -> None:
    assert reader.menu.get_by_role("link", name="Actions").count() == 0
    assert reader.menu.get_by_role("link", name="Evidence").count() == 0
    refused = ["actions/", "actions/1/", "evidence/", "evidence/1/1/file/", "import/"]
    assert [reader.goes_to(f"{HOME}{path}") for path in refused] == [403] * 5
    assert reader.goes_to(f"{HOME}papers/2/") == 404
    for place in ("", "papers/", "assessments/", "progression/"):
        assert reader.goes_to(f"{HOME}{place}") == 200
        reader.sees_nothing_of([DOING, POINT, "Minutes of the repairs board"])


def small_pdf() -> dict[str, Any]:
    """A real PDF with a picture on its one page."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "pdf")
    return {
        "name": "minutes.pdf",
        "mimeType": "application/pdf",
        "buffer": file.getvalue(),
    }
