"""What is wrong with a page for somebody, as lines of words; no line is good."""

import re
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import WCAG_22_AA, WIDE

# 1,280 pixels at a zoom of 400 %: the width of WCAG 1.4.10.
SMALLEST = {"width": 320, "height": 800}
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
# Each different element with all that it stands in, without its words: what axe's verdict
# depends on. A table of ninety rows has no more of them than one of three.
PARTS = """() => {
  const kinds = new Map();
  const kind = (one) => one.tagName === 'BODY' ? '' : kinds.get(one);
  const names = (one) => [...one.attributes].map(({ name }) => name)
    .filter((name) => !/^(id|href|value|name|for|d|x|y|points)$/.test(name)).sort();
  document.querySelectorAll('body *').forEach((one) => kinds.set(one, `${kind(one.parentElement)}
    ${one.tagName}.${one.getAttribute('class')}[${names(one)}]${Boolean(one.textContent.trim())}`));
  return [...document.querySelectorAll('main, main *')].map(kind)
    .filter((one, place, all) => all.indexOf(one) === place).sort().join('\\n');
}"""
# WCAG 1.4.12, through an interface that the Content-Security-Policy does not know.
SPREAD_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# What observes sizes is told between two frames.
NEXT_FRAMES = (
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@dataclass
class PageChecks:
    """Remembers which contents axe has seen already, as most pages differ in words alone."""

    known: set[tuple[int, int]] = field(default_factory=set)

    def problems(self, page: Page) -> list[str]:
        """Everything wrong with the page at both widths, with all its details open."""
        page.evaluate(OPEN_ALL)
        found = structure_problems(page)
        parts = hash(page.evaluate(PARTS))
        for viewport in (WIDE, SMALLEST):
            width = viewport["width"]
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            page.evaluate(NEXT_FRAMES)
            found += width_problems(page, f"at {width} px")
            is_known = (parts, width) in self.known
            self.known.add((parts, width))
            found += [
                f"at {width} px: {line}"
                for line in axe_problems(page, leave_out="main" if is_known else "")
            ]
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.evaluate(SPREAD_TEXT)
        found += width_problems(page, "with the text spread")
        page.evaluate("document.adoptedStyleSheets = []")
        return found


def structure_problems(page: Page) -> list[str]:
    """A title that says where one is, one first heading, ids that are there once."""
    seen: dict[str, Any] = page.evaluate(STRUCTURE)
    found = []
    if not re.fullmatch(r"(Error: )?\S.* – CSE Tracker", page.title()):
        found.append(f"the title is {page.title()!r}")
    if seen["headings"] != 1:
        found.append(f"it has {seen['headings']} first headings")
    if seen["language"] != "en-GB":
        found.append(f"the language is {seen['language']!r}")
    found += [f"the id {one} stands there twice" for one in seen["twice"]]
    found += [f"no element has the id {one}, which is named" for one in seen["missing"]]
    return found


def width_problems(page: Page, when: str) -> list[str]:
    """Nothing may be wider than the window: wide tables scroll in a region of their own."""
    wide = page.evaluate(TOO_WIDE)
    return [f"{when}: the page is {wide} px too wide"] if wide > 0 else []


def axe_problems(page: Page, *, leave_out: str = "") -> list[str]:
    """What axe finds against WCAG 2.2 AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    part = {"exclude": [[leave_out]]} if leave_out else "html"
    found = page.evaluate("([part, rules]) => axe.run(part, rules)", [part, RULES])
    return [
        f"{problem['id']}: {problem['help']}: {node['html'][:200]}"
        for problem in found["violations"]
        for node in problem["nodes"]
    ]
