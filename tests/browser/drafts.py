"""Typing, pausing and what is kept of it, on pages whose clock a test can put forward."""

import time

from playwright.sync_api import Page, expect

from assessments.models import Finding
from tests.browser.people import Person

WORDS = "Ask more people, and write down what they say."
COMMENT = "Assessor's comment"
# Longer than the page's script waits before it sends what was typed.
A_PAUSE_MS = 3000
COPIES = (
    "Object.keys(localStorage).filter((name) => name.startsWith('cse-draft:')).length"
)
PATIENCE_SECONDS = 15


def scripts_listen(page: Page) -> None:
    waiting = page.locator("[data-module^='cse-']:not([data-started])")
    expect(waiting).to_have_count(0)


def scripts_have_come(page: Page) -> None:
    """Every module listens, and whatever it asks for at its start is there."""
    scripts_listen(page)
    page.wait_for_load_state("networkidle")


def types(person: Person, words: str = WORDS, *, kept: bool = True) -> None:
    """At the keyboard, so that the page hears every key."""
    scripts_have_come(person.page)
    box = person.page.get_by_role("textbox", name=COMMENT)
    box.press("End")
    box.press_sequentially(words)
    if kept:
        draft_is_kept(person)


def pauses(person: Person) -> None:
    """Stops typing for as long as the page's script waits. Nobody waits for it here."""
    person.page.clock.fast_forward(A_PAUSE_MS)


def draft_is_kept(person: Person) -> None:
    pauses(person)
    person.sees("Draft kept at")


def shows_comment(page: Page, words: str) -> None:
    expect(page.get_by_role("textbox", name=COMMENT)).to_have_value(words)


def comments() -> list[str]:
    return list(Finding.objects.values_list("comment", flat=True))


def keeps_copies(page: Page, number: int) -> None:
    """So many, of anybody, are kept in this browser once the page's script has run."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while page.evaluate(COPIES) != number:
        assert time.monotonic() < deadline, f"{page.evaluate(COPIES)} copies"
        page.wait_for_timeout(50)
