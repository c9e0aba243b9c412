"""The comments of one visit, decided on one after the other."""

import pytest

from assessments.models import Finding
from tests.factories import FindingFactory
from tests.pages import form_of, text_of


@pytest.fixture
def three(open_assessment, node) -> list[Finding]:
    """Comments of one visit, in reading order."""
    return [
        FindingFactory.create(
            assessment=open_assessment,
            node_id=node.id,
            kind=Finding.Kind.COMPLIANCE,
            comment=f"Comment {number}",
            order=number,
        )
        for number in (1, 2, 3)
    ]


def test_comments_are_decided_on_one_after_the_other(mo, three):
    first, second, third = (
        f"/o/ashby/findings/{f.pk}/decide/?in_turn=on" for f in three
    )
    assert first in mo.get("/o/ashby/actions/").content.decode()

    page = mo.post(first, form_of(mo.get(first)).sending(decision="act"), follow=True)
    planning = page.redirect_chain[-1][0]
    page = mo.post(planning, form_of(page).sending(), follow=True)
    assert page.redirect_chain == [(second, 302)]
    assert "2 comments wait for a decision" in text_of(page)

    declined = form_of(page).sending(decision="no_action", reason="Too small")
    page = mo.post(second, declined, follow=True)
    assert page.redirect_chain == [(third, 302)]

    page = mo.post(third, form_of(page).sending(decision="no_action", reason="No"))
    assert page.url == "/o/ashby/actions/"


def test_one_comment_may_be_left_for_later(mo, three):
    first, second, _ = (f"/o/ashby/findings/{f.pk}/decide/?in_turn=on" for f in three)

    assert second in mo.get(first).content.decode()
    assert '/actions/#undecided">Cancel' in mo.get(first).content.decode()
    last = mo.get(f"/o/ashby/findings/{three[2].pk}/decide/?in_turn=on")
    assert first in last.content.decode()


def test_deciding_on_one_comment_alone_leads_back_to_its_element(
    mo, three, open_assessment
):
    url = f"/o/ashby/findings/{three[0].pk}/decide/"

    page = mo.post(url, form_of(mo.get(url)).sending(decision="no_action", reason="No"))

    assert page.url == open_assessment.url_of("1.3.4")
