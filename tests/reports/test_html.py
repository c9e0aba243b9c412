"""Blocks as HTML: one rendering, safe wherever it is shown."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from cse_tracker.core.charts import Bar, Series, stacked_bars
from reports.annex.compose import compose_annex
from reports.blocks import (
    BulletList,
    Cell,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    Row,
    Table,
)
from reports.html import content_html, content_of, standalone_html
from tests.reports.annex.samples import sample_facts

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&</main></style>"


class Elements(HTMLParser):
    """Collects the start tags of a document and its words."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def content(*blocks, **changes) -> PaperContent:
    values = {
        "title": "Annex",
        "organisation": "Ashby",
        "subtitle": "2026",
        "blocks": blocks,
    }
    return PaperContent(**(values | changes))


def hostile_everywhere() -> PaperContent:
    series = [Series(HOSTILE, HOSTILE, "#fff")]
    chart = stacked_bars(
        [Bar(HOSTILE, {HOSTILE: 3})],
        series,
        name="c",
        title=HOSTILE,
        description=HOSTILE,
    )
    cell = Cell(text=HOSTILE, code=HOSTILE, mark=HOSTILE, note=HOSTILE)
    return content(
        Heading(HOSTILE),
        Paragraph(HOSTILE),
        BulletList((HOSTILE,)),
        Figure(chart, HOSTILE),
        Table(HOSTILE, (0,), (), (Row((cell,)),)),
        title=HOSTILE,
        organisation=HOSTILE,
        subtitle=HOSTILE,
        stamp=HOSTILE,
        edition=HOSTILE,
    )


def test_markup_typed_into_any_text_stays_text():
    document = standalone_html(hostile_everywhere(), "")
    found = Elements(document)

    assert not {"script", "img"} & {tag for tag, _ in found.tags}
    assert not [attrs for _, attrs in found.tags if "onerror" in attrs]
    # Table caption twice: once to be seen, once as the name of its region.
    assert document.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 15


def test_hostile_names_reach_an_annex_as_words_only():
    facts = sample_facts(
        titles={"1": HOSTILE, "1.1": HOSTILE, "1.1.1": HOSTILE, "1.1.2.1": HOSTILE},
        organisation=HOSTILE,
        scope=HOSTILE,
        certification_body=HOSTILE,
        outcome=HOSTILE,
        assessment=HOSTILE,
        visit_code=HOSTILE,
    )
    found = Elements(content_html(compose_annex(facts)))

    assert not {"script", "img"} & {tag for tag, _ in found.tags}
    assert sum("<script>alert(1)</script>" in words for words in found.words) >= 8


def test_nothing_needs_an_inline_style_or_script():
    found = Elements(content_html(compose_annex(sample_facts())))

    assert not [attrs for _, attrs in found.tags if "style" in attrs]
    assert not {"script", "style"} & {tag for tag, _ in found.tags}


def test_every_header_cell_says_what_it_heads():
    found = Elements(content_html(compose_annex(sample_facts())))

    scopes = [attrs.get("scope") for tag, attrs in found.tags if tag == "th"]
    assert set(scopes) == {"col", "row", "rowgroup"}


def test_headings_go_down_one_level_at_a_time():
    found = Elements(content_html(compose_annex(sample_facts())))
    levels = [int(tag[1]) for tag, _ in found.tags if tag in {"h1", "h2", "h3", "h4"}]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_wide_table_can_be_scrolled_by_keyboard_and_has_its_own_name():
    found = Elements(content_html(compose_annex(sample_facts())))
    regions = [attrs for _, attrs in found.tags if attrs.get("role") == "region"]

    names = [attrs["aria-label"] for attrs in regions]
    assert len(set(names)) == len(names) == 6
    assert all(attrs["tabindex"] == "0" for attrs in regions)


def test_ids_are_unique():
    found = Elements(content_html(compose_annex(sample_facts())))
    ids = [attrs["id"] for _, attrs in found.tags if "id" in attrs]

    assert ids
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("paper", [hostile_everywhere(), compose_annex(sample_facts())])
def test_the_content_comes_out_of_its_document_as_it_went_in(paper):
    assert content_of(standalone_html(paper, "p { color: red }")) == content_html(paper)


def test_a_table_without_rows_is_still_a_table():
    assert (
        Elements(content_html(content(Table("Empty", (0,), (), ())))).tags[-1][0]
        == "col"
    )
