"""The page everybody meets first."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_sign_in_page_is_accessible_and_quiet(
    new_page, accessibility_problems, viewport
):
    page = new_page(viewport=viewport)
    page.goto("/account/login/")

    assert page.get_by_role("heading", level=1).count() == 1
    assert accessibility_problems(page) == []


def test_a_wrong_password_is_explained_at_the_field(page, accessibility_problems):
    page.goto("/account/login/")
    page.get_by_label("Email").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in").click()

    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert page.title().startswith("Error: ")
    assert accessibility_problems(page) == []
