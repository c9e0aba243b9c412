"""Headless Chromium for the journeys. Every test in this folder is marked ``browser``."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright's loop runs in this thread, where Django would then refuse plain database calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_FLAGS = [
    "--no-sandbox",  # it shows only our own pages, and root has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 375, "height": 800}
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; Playwright's own is never downloaded."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: run bin/test once, which installs it"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser, live_url: str) -> Iterator[Callable[..., Page]]:
    """``new_page(user=…, viewport=NARROW, java_script=False)``: a page of a person of its own.

    The test fails when any of its pages wrote an error to the console: a script that broke, a
    file that is missing, something that the Content-Security-Policy refused.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(*, user=None, session="", viewport=WIDE, java_script=True) -> Page:
        context = browser.new_context(
            base_url=live_url,
            viewport=viewport,
            java_script_enabled=java_script,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        if user or session:
            value = session or session_of(user)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": value, "url": live_url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: note_error(said, errors))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of somebody who has not signed in."""
    return new_page()


@pytest.fixture
def accessibility_problems() -> Callable[[Page], list[str]]:
    """``accessibility_problems(page)`` lists what axe finds against WCAG 2.2 AA; [] is good."""

    def look(page: Page) -> list[str]:
        rules = {"runOnly": {"type": "tag", "values": WCAG_22_AA}}
        found = Axe().run(page, options=rules).response["violations"]
        return [
            f"{problem['id']}: {problem['help']}: {node['html']}"
            for problem in found
            for node in problem["nodes"]
        ]

    return look


def session_of(user) -> str:
    """Sign in without the form: the sign-in page has tests of its own."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


# What the browser reports though the test wanted it: an answer of 4xx, whose status the test
# asserts itself, and a connection that the test cut.
WANTED = (
    "the server responded with a status of 4",
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_FAILED",
)


def note_error(said, errors: list[str]) -> None:
    if said.type == "error" and not any(words in said.text for words in WANTED):
        errors.append(f"{said.text} ({said.location.get('url', '')})")
