"""What the browser gets beside the page."""

import hashlib
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"


@pytest.mark.parametrize("name", ["govuk-frontend", "inter"])
def test_what_others_made_is_untouched_since_bin_vendor_made_it(name):
    folder = STATIC / "vendor" / name
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    expected = {file: digest for digest, file in map(str.split, lines)}

    found = {
        f"./{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "SHA256SUMS"
    }

    assert found == expected


@pytest.mark.parametrize("trace", ["GDS Transport", "crest", "sourceMappingURL"])
def test_nothing_that_belongs_to_gov_uk_alone_is_left(trace):
    css = (STATIC / "vendor/govuk-frontend/govuk-frontend.min.css").read_text()

    assert trace not in css
    assert "Inter,arial,sans-serif" in css


def test_our_styles_stay_small_and_overridable():
    css = (STATIC / "css/app.css").read_text()

    assert css.count("\n") < 300
    assert "!important" not in css


# The aim is 60; halves of one thought in two files would be worse than a few lines more.
LONGEST_SCRIPT = 80


def test_each_script_does_one_thing():
    scripts = list(STATIC.glob("js/**/*.js"))
    long = [p.name for p in scripts if p.read_text().count("\n") > LONGEST_SCRIPT]

    assert scripts
    assert long == []


def test_each_module_that_a_page_asks_for_exists():
    templates = STATIC.parent / "templates"
    asked = {
        name.partition('"')[0]
        for page in templates.rglob("*.html")
        if page.name != "base.html"  # which explains how it is written
        for name in page.read_text().split('data-module="cse-')[1:]
    }

    missing = [n for n in asked if not (STATIC / f"js/modules/{n}.js").exists()]

    assert missing == []
