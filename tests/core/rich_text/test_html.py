"""A text on a page: what it shows, and that nothing of it ever runs."""

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_tracker.core.rich_text.html import to_html
from cse_tracker.core.rich_text.pasting import convert
from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.references import with_references

ALLOWED = {
    "tags": {"p", "ul", "ol", "li", "strong", "a", "br"},
    "attributes": {
        **{tag: {"class"} for tag in ("p", "ul", "ol")},
        "li": {"value"},
        "a": {"class", "href", "rel"},
    },
    "url_schemes": {"http", "https", "mailto"},
    "url_relative": "deny",
    "link_rel": None,
}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example/'onmouseover='alert(1))",
    "[x](https://a.example \"t\" onclick=alert(1))",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "![x](javascript:alert(1))",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "https://a.example/<script>alert(1)</script>",
    'https://a.example/"onclick="alert(1)',
    "**<b onclick=alert(1)>**",
    "- <iframe srcdoc='<script>alert(1)</script>'>",
    "1. <math><mtext></p><script>alert(1)</script>",
    "<!--><img src onerror=alert(1)>-->",
    "mailto:x@y.example?body=<script>",
    "[x](mailto:a@b.example\"onclick=alert(1))",
    "{{ 7*7 }}{% debug %}",
    "</p><style>*{display:none}</style>",
]  # fmt: skip


def shown(text):
    return str(to_html(read(text)))


def test_marks_become_paragraphs_lists_bold_and_links():
    text = "One\ntwo **bold**\n\n- a\n  1. b\n\n3. c\n4. [d](https://a.example/?x=1&y)"
    assert shown(text) == (
        '<p class="govuk-body cse-text">One<br>two <strong>bold</strong></p>'
        '<ul class="govuk-list govuk-list--bullet cse-text"><li>a'
        '<ol class="govuk-list govuk-list--number cse-text"><li>b</li></ol></li></ul>'
        '<ol class="govuk-list govuk-list--number cse-text"><li value="3">c</li>'
        '<li><a class="govuk-link" href="https://a.example/?x=1&amp;y"'
        ' rel="noreferrer noopener">d</a></li></ol>'
    )


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "way", [str, lambda text: convert(text).text], ids=["typed", "pasted"]
)
def test_a_hostile_text_stays_text(payload, way):
    html = shown(way(payload))
    assert nh3.clean(html, **ALLOWED) == nh3.clean(
        nh3.clean(html, **ALLOWED), **ALLOWED
    )
    assert normal(html) == normal(nh3.clean(html, **ALLOWED))


@given(st.text(alphabet="ab<>\"'&;:/.()[]*-1 \nhtps", max_size=60))
def test_a_sanitiser_finds_nothing_to_remove(text):
    html = shown(f"{text} [x](https://{text})")
    assert normal(html) == normal(nh3.clean(html, **ALLOWED))


def normal(html):
    """Attributes in one order and entities in one spelling, nothing else changed."""
    everything = {
        "tags": {*ALLOWED["tags"], "script", "img", "svg", "iframe", "b", "i", "math"},
        "clean_content_tags": set(),
        "attributes": {"*": {"class", "href", "rel", "value", "onclick", "onerror", "src", "onload", "style"}},
        "generic_attribute_prefixes": {"on"},
        "url_schemes": {"http", "https", "mailto", "javascript", "data", "vbscript", "file"},
        "link_rel": None,
    }  # fmt: skip
    return nh3.clean(html, **everything)


def test_refs_that_are_there_become_links():
    addresses = {"3.3.2": "/o/a/3.3.2/", "1.3.3.1": "/o/a/1.3.3.1/"}
    text = "See 3.3.2, **as 1.3.3.1.** Not 3.3.20, 13.3.2, £3.3.2 or 9.9.9"
    html = str(to_html(with_references(read(text), addresses)))
    assert html.count("<a ") == 2
    assert '>3.3.2</a>, <strong>as <a class="govuk-link" href="/o/a/1.3.3.1/"' in html


def test_a_ref_inside_a_link_or_a_list_is_found_once():
    text = "- [see 3.3.2](https://a.example)\n  - 3.3.2"
    html = str(to_html(with_references(read(text), {"3.3.2": "/there/"})))
    assert html.count("/there/") == 1
