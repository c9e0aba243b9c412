from django.urls import reverse

from cse_tracker.accounts.permissions import Role
from tests.factories import MembershipFactory, UserFactory


def test_the_start_page_is_ones_only_organisation(signed_in, cast):
    page = signed_in(cast.lena).get(reverse("site:start"))

    assert page.headers["Location"] == cast.ashby.get_absolute_url()


def test_somebody_in_two_organisations_chooses(signed_in, cast):
    MembershipFactory.create(
        organisation=cast.elsewhere, user=cast.vik, roles=[Role.GOVERNING_BODY]
    )

    page = signed_in(cast.vik).get(reverse("site:start"))

    assert "Ashby Borough Council" in page.text
    assert "Elsewhere District Council" in page.text


def test_somebody_in_none_is_told_whom_to_ask(signed_in, db):
    page = signed_in(UserFactory.create()).get(reverse("site:start"))

    assert "Ask the administrator of your organisation" in page.text


def test_the_accessibility_statement_is_for_everybody(client, db):
    page = client.get(reverse("site:accessibility"))

    assert page.status_code == 200
    assert "WCAG" not in page.text
    assert "Web Content Accessibility Guidelines" in page.text
