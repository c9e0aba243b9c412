"""Twelve people add versions, items and links at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments.models import Assessment
from assessments.services.assessments import start_assessment
from assessments.services.certifications import certification_of
from assessments.standard_tree import tree_for
from evidence.models import EvidenceItem, EvidenceLink
from evidence.services.details import ItemDetails
from evidence.services.items import add_document, add_link, add_version
from evidence.services.links import Mark, link_to_elements
from evidence.services.versions import checked_file
from tests.evidence.conftest import DATES
from tests.evidence.files import upload
from tests.factories import make_cast, make_standard

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


def twelve_at_once(work) -> None:
    """Run ``work(0)`` to ``work(11)``, all at once."""

    start = Barrier(12)

    def run(number):
        try:
            start.wait()
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(run, range(12)))


def test_documents_added_at_once_get_numbers_without_a_gap(
    transactional_db, stored_files
):
    cast = make_cast()

    twelve_at_once(
        lambda number: add_document(
            organisation=cast.ashby,
            details=ItemDetails(title=f"Survey {number}"),
            upload=checked_file(upload()),
            dates=DATES,
            by=cast.lena,
        )
    )

    numbers = EvidenceItem.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 13))
    assert len(stored_files()) == 12


def test_versions_and_links_added_at_once_are_all_kept_and_none_twice(transactional_db):
    make_standard()
    cast = make_cast()
    assessment = start_assessment(
        certification=certification_of(organisation=cast.ashby),
        year=2026,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )
    tree = tree_for(cast.ashby, assessment.certification.standard)
    places = [(assessment, node.id) for node in tree.elements[:3]]
    item = add_link(
        organisation=cast.ashby,
        details=ItemDetails(title="Standards"),
        url="https://www.ashby.example/0",
        dates=DATES,
        by=cast.lena,
    )

    twelve_at_once(
        lambda number: add_version(
            item=item,
            source=f"https://www.ashby.example/{number}",
            dates=DATES,
            by=cast.lena,
        )
    )
    twelve_at_once(
        lambda number: link_to_elements(
            item=item, places=places, mark=Mark(), by=cast.lena
        )
    )

    numbers = item.versions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 14))
    assert EvidenceLink.objects.count() == 3
