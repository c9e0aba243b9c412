"""A report with findings, in a browser: uploaded, put right, brought in, seen and undone."""

import pytest
from playwright.sync_api import expect

from assessments.models import Assessment
from assessments.services.assessments import start_assessment
from assessments.services.certifications import certification_of
from tests.assessments.findings_import.documents import appendix
from tests.browser.people import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TABLE = (
    "<table><tr><th>Ref</th><th>Comments</th></tr><tr><td>1.2.1</td>"
    "<td><ul><li>Ask the <b>divers</b>.</li></ul></td></tr></table>"
)
COPY = """(html) => navigator.clipboard.write([new ClipboardItem({
  'text/html': new Blob([html], { type: 'text/html' }),
  'text/plain': new Blob(['Ref\\tComments\\n1.2.1\\tAsk.'], { type: 'text/plain' }),
})])"""


@pytest.fixture
def lena(cast, standard, new_page) -> Person:
    start_assessment(
        certification=certification_of(organisation=cast.ashby),
        year=2026,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )
    person = Person(new_page(user=cast.lena))
    person.goes_to("/o/ashby/assessments/2026-review/")
    person.follows("Bring comments in")
    person.sees_heading("Bring comments in from a report")
    return person


def test_a_report_is_pasted_uploaded_put_right_brought_in_and_undone(lena):
    paste_a_table(lena)
    expect(lena.main.get_by_text("divers", exact=True)).to_be_visible()
    lena.presses("Discard this upload")

    upload_a_document(lena)
    lena.follows("Move its beginning")
    lena.page.get_by_label("Move everything up to and including").select_option(index=1)
    lena.presses("Move it there")
    lena.sees("to between four and six boats.")
    lena.chooses("Yes, record them with the comments")
    lena.presses("Bring these comments in")
    lena.sees("appendix.docx was brought in.", "4 ratings recorded")

    lena.follows("2.2.1 Recruiting")
    lena.sees("New wardens wait a year for their course.", "A course runs every")
    expect(lena.page.get_by_label("Partial compliance", exact=True)).to_be_checked()

    lena.page.go_back()
    lena.presses("Undo this import")
    lena.sees_heading("Undo bringing this report in?")
    lena.presses("Undo this import")
    lena.sees("The record is as it was before.")


def paste_a_table(lena: Person) -> None:
    lena.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # The script that listens to pastes comes after the page.
    lena.page.reload(wait_until="networkidle")
    lena.page.evaluate(COPY, TABLE)
    lena.page.get_by_label("Or paste the tables here").focus()
    lena.page.keyboard.press("Control+V")
    lena.presses("Read and check")


def upload_a_document(lena: Person) -> None:
    file = {"name": "appendix.docx", "mimeType": "", "buffer": appendix()}
    lena.attaches("Word document", file)
    lena.presses("Read and check")
    lena.sees_heading("Check appendix.docx")
