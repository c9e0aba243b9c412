"""Two people write the same response; then the words of before are brought back."""

import pytest

from assessments.models import Response
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.verbs import RESTORED_VERSION
from tests.browser.people import Person
from tests.factories import FindingFactory, ResponseFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FIRST = "We ask tenants in May."
LENAS = "We ask all tenants in May."
MOS = "We ask tenants in May and in June."


@pytest.mark.parametrize("java_script", [True, False])
def test_the_second_to_save_chooses_and_an_earlier_version_comes_back(
    cast, open_assessment, new_page, java_script
):
    finding = FindingFactory(
        assessment=open_assessment,
        node=open_assessment.results.get(node__ref="1.1.1").node,
    )
    response = ResponseFactory(findings=[finding], text=FIRST)
    element = open_assessment.url_of("1.1.1")
    lena, mo = (
        Person(new_page(user=user, java_script=java_script))
        for user in (cast.lena, cast.mo)
    )
    for person in (lena, mo):
        person.goes_to(element)
        person.follows("Change this response")
    lena.fills_in({"Recommended response": LENAS})
    lena.presses("Save")
    lena.sees("The response is saved.")

    mo.fills_in({"Recommended response": MOS})
    mo.presses("Save")
    mo.sees_heading("Someone changed this after you opened it")
    mo.sees("Lena Hart saved a change", FIRST, "Choose what to keep")
    mo.presses("Save")
    mo.sees("Select which “Recommended response” to keep")
    mo.chooses("Use what you typed")
    mo.presses("Save")
    mo.sees("The response is saved.", MOS)

    mo.follows("Earlier versions of this response")
    mo.sees_heading("Earlier versions")
    mo.presses("Restore this version")

    mo.sees("The earlier version is restored.", LENAS)
    response.refresh_from_db()
    assert (response.text, response.version) == (LENAS, 4)
    assert Event.objects.about(Response.objects.get())[0].verb == RESTORED_VERSION
