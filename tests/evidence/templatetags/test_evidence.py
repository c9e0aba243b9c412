"""What supports an element, as its page shows it."""

from datetime import date

import pytest

from evidence.models import EvidenceVersion
from evidence.services.links import Mark, link_to_element
from tests.pages import text_of


@pytest.fixture
def element(signed_in, open_assessment):
    """``element(user)`` is that person's page of 1.3.4."""

    def element(user):
        return signed_in(user).get(open_assessment.url_of("1.3.4"))

    return element


def test_evidence_is_listed_with_where_to_look(
    element, cast, document, open_assessment, node
):
    link_to_element(
        item=document,
        assessment=open_assessment,
        node=node,
        mark=Mark("page 4", is_strongest=True),
        by=cast.lena,
    )

    words = text_of(element(cast.cass))

    assert "Strongest Evidence 1: Survey of 2025" in words
    assert "Document, as at 1 February 2026, page 4" in words


def test_expired_evidence_says_so(element, cast, document, open_assessment, node):
    link_to_element(
        item=document,
        assessment=open_assessment,
        node=node,
        mark=Mark(),
        by=cast.lena,
    )
    EvidenceVersion.objects.update(expires_on=date(2026, 3, 2))

    assert "Expired Evidence 1" in text_of(element(cast.cass))


def test_who_may_add_evidence_gets_the_way_to_it(element, cast, open_assessment):
    page = element(cast.mo)

    address = (
        f"/o/ashby/evidence/new/?assessment={open_assessment.slug}&amp;element=1.3.4"
    )
    assert f'href="{address}"' in page.content.decode()
    assert "No evidence is linked to 1.3.4 in the 2026 review" in text_of(page)
    assert "Add a document" not in text_of(element(cast.cass))
