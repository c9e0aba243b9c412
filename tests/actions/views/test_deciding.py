"""The reason for not acting: shown with its marks, and never lost without a word."""

import pytest

from actions.services.planning import decline_to_act
from tests.pages import form_of, text_of

LOST = "You said yes, so the reason for not acting will not be kept."


def test_a_reason_reads_on_its_pages_as_a_paper_prints_it(
    mo, cast, finding, decide_url, open_assessment
):
    decline_to_act(
        finding=finding, seen_version=1, reason="Far **too** dear", by=cast.lena
    )

    for address in (open_assessment.url_of("1.3.4"), decide_url):
        assert "Far <strong>too</strong> dear</p>" in mo.get(address).content.decode()


@pytest.mark.parametrize(
    ("reason", "is_told"), [("Too dear", True), ("", False), (" ", False)]
)
def test_yes_says_that_a_typed_reason_is_not_kept(mo, decide_url, reason, is_told):
    form = form_of(mo.get(decide_url))

    sent = form.sending(decision="act", reason=reason)
    page = mo.post(decide_url, sent, follow=True)

    assert (LOST in text_of(page)) == is_told
