"""What is wrong with a page for somebody, as lines of words; no line is good."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDE = {"width": 1280, "height": 900}
# 1,280 pixels at a zoom of 400 %: the width of WCAG 1.4.10.
SMALLEST = {"width": 320, "height": 800}
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe().axe_script
RULES = {
    "runOnly": {"type": "tag", "values": WCAG_22_AA},
    "resultTypes": ["violations"],
}

OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
STRUCTURE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  const named = [...document.querySelectorAll('[for], [aria-describedby], [aria-labelledby]')]
    .flatMap((one) => ['for', 'aria-describedby', 'aria-labelledby']
      .flatMap((name) => (one.getAttribute(name) || '').split(/\\s+/)))
    .filter(Boolean);
  return {
    headings: document.querySelectorAll('h1').length,
    language: document.documentElement.lang,
    twice: ids.filter((id, place) => ids.indexOf(id) !== place),
    missing: named.filter((id) => !ids.includes(id)),
  };
}"""


def page_problems(page: Page) -> list[str]:
    """Everything wrong with the page at both widths, with all its details open."""
    page.evaluate(OPEN_ALL)
    found = structure_problems(page)
    for viewport in (WIDE, SMALLEST):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        width = f"{viewport['width']} px"
        found += [f"{width}: {line}" for line in width_problems(page)]
        found += [f"{width}: {line}" for line in axe_problems(page)]
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found


def structure_problems(page: Page) -> list[str]:
    """A title that says where one is, one first heading, ids that are there once."""
    seen: dict[str, Any] = page.evaluate(STRUCTURE)
    found = []
    if not re.fullmatch(r"(Error: )?\S.* – CSE Tracker", page.title()):
        found.append(f"the title is {page.title()!r}")
    if seen["headings"] != 1:
        found.append(f"{seen['headings']} first headings")
    if seen["language"] != "en-GB":
        found.append(f"the language is {seen['language']!r}")
    found += [f"the id {one} stands there twice" for one in seen["twice"]]
    found += [f"no element has the id {one}, which is named" for one in seen["missing"]]
    return found


def width_problems(page: Page) -> list[str]:
    """Nothing may be wider than the window: wide tables scroll in a region of their own."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"the page is {wide} px too wide"] if wide > 0 else []


def axe_problems(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("(rules) => axe.run(rules)", RULES)["violations"]
    return [
        f"{problem['id']}: {problem['help']}: {node['html'][:200]}"
        for problem in found
        for node in problem["nodes"]
    ]
