"""Moving a comment by keyboard: the focus stays on what one pressed."""

import pytest
from django.urls import reverse

from tests.factories import FindingFactory


@pytest.fixture
def three(open_assessment):
    node = open_assessment.certification.standard.nodes.get(ref="1.3.4")
    return [
        FindingFactory(assessment=open_assessment, node=node, order=place)
        for place in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("which", "to", "button"),
    [
        (0, "2", "move-down"),
        (2, "2", "move-up"),
        (1, "1", "move-down"),
        (1, "3", "move-up"),
    ],
)
def test_the_address_names_the_button_to_press_again(
    signed_in, cast, open_assessment, three, which, to, button
):
    finding = three[which]
    slugs = [open_assessment.organisation.slug, open_assessment.slug]
    move = reverse("assessments:finding_move", args=[*slugs, finding.pk])
    page = signed_in(cast.lena).post(f"{move}?next=/o/ashby/%23finding-1", {"to": to})

    assert page.url == f"/o/ashby/#{button}-{finding.pk}"
    there = signed_in(cast.lena).get(open_assessment.url_of("1.3.4")).content.decode()
    assert f'id="{button}-{finding.pk}"' in there


def test_a_place_of_thousands_of_digits_moves_nothing(
    signed_in, cast, open_assessment, three
):
    slugs = [open_assessment.organisation.slug, open_assessment.slug]
    move = reverse("assessments:finding_move", args=[*slugs, three[0].pk])

    page = signed_in(cast.lena).post(move, {"to": "9" * 5_000})

    assert page.status_code == 302
