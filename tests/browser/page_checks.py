"""What is wrong with a page for somebody, as lines of words; no line is good."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import WCAG_22_AA, WIDE
from tests.browser.seen import Seen

# 1,280 pixels at a zoom of 400 %: the width of WCAG 1.4.10.
SMALLEST = {"width": 320, "height": 800}
AXE = Axe().axe_script
CONTRAST = "color-contrast"
BUT_CONTRAST = {
    "runOnly": {"type": "tag", "values": WCAG_22_AA},
    "rules": {CONTRAST: {"enabled": False}},
    "resultTypes": ["violations"],
}
CONTRAST_ALONE = {
    "runOnly": {"type": "rule", "values": [CONTRAST]},
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
# Writes down each element's kind: itself and all that it stands in, without its words, as far as
# axe's verdict depends on it. A table of ninety rows has no more kinds than one of three. How it
# is drawn belongs to it, as a neighbour or the focus can decide that; so does, of a target that is
# smaller than 24 pixels, whether another one is too near, which words decide.
KINDS = """() => {
  const LOOKS = ['display', 'visibility', 'opacity', 'color', 'background-color', 'background-image',
    'font-size', 'font-weight', 'text-decoration-line'];
  const TARGETS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  const SMALLEST_TARGET = 24;
  const TELLING = /^(type|role|tabindex|lang|scope|autocomplete|fill|stroke|opacity|content)$/;
  const LEADING = /^aria-(controls|owns|details|errormessage|activedescendant|labelledby|describedby)$/;
  const WORDS = /^(aria-label|aria-valuetext|aria-roledescription|alt|title|placeholder)$/;
  const SILENT = /^(class|id|href|value|name|for|d|x|y|points)$/;
  const said = ({ name, value }) => {
    if (SILENT.test(name)) return '';
    if (LEADING.test(name)) return `${name}:${value.split(/\\s+/).every((id) => document.getElementById(id))}`;
    if (WORDS.test(name)) return `${name}:${Boolean(value.trim())}`;
    return TELLING.test(name) || name.startsWith('aria-') ? `${name}:${value}` : name;
  };
  const code = (text) => {
    let [one, two] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at += 1) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(at), 1597334677);
    }
    return `${(one >>> 0).toString(36)}-${(two >>> 0).toString(36)}`;
  };
  const targets = [...document.querySelectorAll(TARGETS)].map((one) => {
    const box = one.getBoundingClientRect();
    return { one, box, x: box.x + box.width / 2, y: box.y + box.height / 2,
      isSmall: Math.min(box.width, box.height) < SMALLEST_TARGET };
  }).filter(({ box }) => box.width && box.height);
  const isTooNear = ({ x, y, one }) => targets.some((other) => {
    const [left, up] = [other.box.left - x, other.box.top - y];
    const gap = Math.hypot(Math.max(left, 0, x - other.box.right), Math.max(up, 0, y - other.box.bottom));
    return other.one !== one && (gap < SMALLEST_TARGET / 2
      || (other.isSmall && Math.hypot(other.x - x, other.y - y) < SMALLEST_TARGET));
  });
  const isInText = ({ one }) => [...one.parentNode.childNodes]
    .some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim());
  const crowded = new Map(targets.filter(({ isSmall }) => isSmall)
    .map((target) => [target.one, `${isTooNear(target)},${isInText(target)}`]));
  const kinds = new Map();
  document.querySelectorAll('html, head meta[name=viewport], body, body *').forEach((one) => {
    const classes = [...one.classList].filter((name) => !name.startsWith('htmx-'));
    const attributes = [...one.attributes].map(said).filter(Boolean).sort();
    const style = getComputedStyle(one);
    const looks = LOOKS.map((name) => style.getPropertyValue(name));
    kinds.set(one, code([kinds.get(one.parentElement), one.tagName, classes, attributes, looks,
      crowded.get(one), Boolean(one.textContent.trim()), one.labels?.length].join()));
  });
  window.cseKinds = kinds;
  const content = document.querySelector('main');
  const sorted = (isIn) => [...new Set([...kinds].filter(([one]) => isIn(one)).map(([, kind]) => kind))].sort();
  return [sorted((one) => content?.contains(one)), sorted((one) => !content?.contains(one))];
}"""
RUN_AXE = """([parts, rules]) => axe.run(parts || 'html', rules)"""
# Of what is new, the outermost elements: axe looks at all that they contain.
RUN_AXE_ON_KINDS = """([kinds, rules]) => {
  const isNew = (one) => kinds.includes(window.cseKinds.get(one));
  const include = [...document.querySelectorAll('body, body *')]
    .filter((one) => isNew(one) && (one === document.body || !isNew(one.parentElement)));
  return include.length ? axe.run({ include }, rules) : { violations: [] };
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
    """Spares axe what it has seen already, in any process: most pages differ in words alone.

    A page's content and what surrounds it are each looked at once for every set of kinds of
    elements. Contrast, which takes most of axe's time, is a matter of the element and what it
    stands in alone: it is looked at once for every kind.
    """

    seen: Seen

    def problems(self, page: Page) -> list[str]:
        """Everything wrong with the page at both widths, with all its details open."""
        page.evaluate(OPEN_ALL)
        found = structure_problems(page)
        for viewport in (WIDE, SMALLEST):
            width = viewport["width"]
            resize(page, viewport)
            page.evaluate(NEXT_FRAMES)
            found += width_problems(page, f"at {width} px")
            found += [
                f"at {width} px: {line}" for line in self.axe_problems(page, width)
            ]
        resize(page, WIDE)
        page.evaluate(SPREAD_TEXT)
        found += width_problems(page, "with the text spread")
        page.evaluate("document.adoptedStyleSheets = []")
        return found

    def axe_problems(self, page: Page, width: int) -> list[str]:
        """What axe finds against WCAG 2.2 AA in what nobody has seen at this width."""
        main, around = page.evaluate(KINDS)
        is_new = {
            part: bool(self.seen.take_new([f"{part}-{width}-{digest(kinds)}"]))
            for part, kinds in (("main", main), ("around", around))
        }
        kinds = self.seen.take_new(f"{width}-{kind}" for kind in {*main, *around})
        found: list[Any] = []
        if (kinds or any(is_new.values())) and not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        if any(is_new.values()):
            parts = part_to_look_at(**is_new)
            found += page.evaluate(RUN_AXE, [parts, BUT_CONTRAST])["violations"]
        if kinds:
            names = [kind.removeprefix(f"{width}-") for kind in kinds]
            answer = page.evaluate(RUN_AXE_ON_KINDS, [names, CONTRAST_ALONE])
            found += answer["violations"]
        return [
            f"{problem['id']}: {problem['help']}: {node['html'][:200]}"
            for problem in found
            for node in problem["nodes"]
        ]


def part_to_look_at(*, main: bool, around: bool) -> Any:
    """The part of a page that is new, in axe's words; None is all of it."""
    if main and around:
        return None
    return "main" if main else {"exclude": [["main"]]}


def digest(kinds: list[str]) -> str:
    return sha256(" ".join(kinds).encode()).hexdigest()


def resize(page: Page, viewport: Any) -> None:
    if page.viewport_size != viewport:
        page.set_viewport_size(viewport)


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
