"""Going through the product by its links, one page of each kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

LINKS = "links => links.map((link) => link.pathname + link.search)"
FILES = ("download", "export")
# Stands inside another page.
PIECES = {"reports:progress"}


@dataclass(frozen=True)
class OpenedPage:
    """A page that is open now. ``route`` is the name of its address."""

    route: str
    path: str
    status: int


def walk(page: Page, *, begin: Sequence[str]) -> Iterator[OpenedPage]:
    """Open each page of ``begin``, then one of every other kind that a link leads to."""
    waiting = list(begin)
    met: set[str] = set()
    for number, path in enumerate(waiting):
        route = route_of(path)
        if route in met and number >= len(begin):
            continue
        met.add(route)
        answer = page.goto(path)
        assert answer is not None
        if answer.request.redirected_from:
            waiting.append(path_of(page.url))
            continue
        links = page.eval_on_selector_all("a[href]", LINKS)
        yield OpenedPage(route, path, answer.status)
        waiting += [link for link in dict.fromkeys(links) if is_walked(link)]


def is_walked(path: str) -> bool:
    route = route_of(path)
    return bool(route) and is_page(route) and not route.startswith("admin:")


def is_page(route: str) -> bool:
    return not route.endswith(FILES) and route not in PIECES


def route_of(path: str) -> str:
    """The name of an address; "" if it leads nowhere here."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
