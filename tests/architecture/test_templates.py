"""Templates: size, inheritance, and nothing that the Content-Security-Policy would refuse."""

import re
from pathlib import Path

from tests.architecture.source_files import (
    fail_with,
    line_count,
    python_files,
    relative,
    templates,
)

TEMPLATE_LINES = 120
INLINE = {
    "a style element": r"<style\b",
    "a script without src": r"<script\b(?![^>]*\bsrc=)",
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "an event attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "an htmx event attribute": r"\shx-on[:\w-]*\s*=",
    "a javascript: address": r"javascript:",
}
# Each of these escapes what it is given and has tests that try to get markup through it.
# The progression's cells, the charts' drawing, the papers' HTML: three places at most.
MAY_VOUCH_FOR_HTML = {
    "assessments/cells.py",
    "cse_tracker/core/charts/drawing.py",
    "reports/html.py",
}
# Markup that stands in the code as a plain string vouches for nobody.
PLAIN_STRING = r"""\)|"[^"]*"\)|'[^']*'\)"""
VOUCHING_IN_PYTHON = (
    rf"\bmark_safe\b|\bSafe(String|Text)\((?!{PLAIN_STRING})|def __html__"
)
VOUCHING_IN_TEMPLATES = r"\|\s*safe(seq)?\b|autoescape\s+off"

NAMED_ADDRESS = re.compile(r"\{% url [^%]* as (\w+) %\}")
BLOCK = re.compile(r"\{% block (\w+) %\}(.*?)\{% endblock \1 %\}", re.DOTALL)


def test_a_template_fits_in_the_head():
    long = [
        f"{relative(path)}: {line_count(path)} lines"
        for path in templates()
        if line_count(path) > TEMPLATE_LINES
    ]
    fail_with(long, remedy=f"Over {TEMPLATE_LINES} lines; split into pieces:")


def test_a_page_extends_before_anything_else():
    late = [
        relative(path)
        for path in templates()
        if "{% extends" in (text := path.read_text(encoding="utf-8"))
        and not text.startswith("{% extends")
    ]
    fail_with(late, remedy="Move {% extends %} to the first line:")


def test_no_template_has_inline_style_or_script():
    """But for the style of a mail, which no policy of ours reaches and no program loads."""
    offenders = [
        f"{relative(path)}: {name}"
        for path in templates()
        for name, pattern in INLINE.items()
        if re.search(pattern, html_of(path), re.IGNORECASE)
        and not (name == "a style element" and path.parent.name == "email")
    ]
    fail_with(offenders, remedy="Put it into static/css or static/js:")


def test_an_address_is_used_in_the_block_that_names_it():
    """Elsewhere it is empty: a link with it only loads the same page again."""
    offenders = [
        f"{relative(path)}: {name} in block {other}"
        for path in templates()
        for blocks in [blocks_of(path)]
        for block, body in blocks.items()
        for name in NAMED_ADDRESS.findall(body)
        for other, text in blocks.items()
        if block != other and body not in text and text not in body
        if re.search(rf"\b{name}\b", text) and name not in NAMED_ADDRESS.findall(text)
    ]
    fail_with(offenders, remedy="Write the address where it is used:")


def blocks_of(path: Path) -> dict[str, str]:
    """The blocks of a template by name, with those inside them."""
    return dict(BLOCK.findall(path.read_text(encoding="utf-8")))


def html_of(path: Path) -> str:
    """The template without Django's own tags, whose words may look like attributes."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", "", text)


def test_only_the_stated_places_vouch_for_html():
    found = {
        relative(path)
        for paths, pattern in (
            (python_files(), VOUCHING_IN_PYTHON),
            (templates(), VOUCHING_IN_TEMPLATES),
        )
        for path in paths
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }
    assert found == MAY_VOUCH_FOR_HTML
    assert len(found) <= 3
