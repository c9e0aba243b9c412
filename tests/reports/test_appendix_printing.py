"""The appendix on paper and on the web: sound, complete however long its rows are, inert."""

import re

import pytest

from reports.appendix.compose import compose_appendix
from tests.reports.appendix.samples import (
    EVERYTHING,
    HOSTILE,
    RICH,
    many_points,
    point,
    sample_facts,
    subject,
)
from tests.reports.printed import (
    html_of,
    lines_of_words,
    pages_of,
    rules_broken_by,
    words_printed,
)

HEAD = "Ref Element Assessor's comments Recommended responses"


def long_text(name: str, words: int) -> str:
    """Many different words, in paragraphs and points."""
    lines = lines_of_words(name, words)
    return "\n\n".join(f"- {line}" if at % 3 else line for at, line in enumerate(lines))


@pytest.mark.slow
def test_appendices_of_every_size_keep_the_rules_of_pdf_ua(tmp_path):
    records = [
        sample_facts(),
        sample_facts(subject("1.3.4", point(RICH, RICH)), is_confirmed=False),
        many_points(200),
    ]
    papers = [compose_appendix(facts) for facts in records]

    assert rules_broken_by(papers, tmp_path) == []


@pytest.mark.slow
def test_a_row_longer_than_a_page_goes_on_under_the_same_head_without_losing_a_word():
    said, answered = long_text("said", 2500), long_text("answered", 1000)
    facts = sample_facts(
        subject("1.3.4", point(said, answered)), subject("2.1.1", point("Last."))
    )

    pages = pages_of(compose_appendix(facts))

    assert len(pages) > 3
    assert all(HEAD in page for page in pages if re.search(r"said\d", page))
    for name, text in (("said", said), ("answered", answered)):
        assert words_printed(name, pages) == words_printed(name, [text])


@pytest.mark.slow
def test_a_row_that_fits_on_a_page_stays_whole_with_its_element():
    numbers = range(1, 31)
    told = [
        subject(f"1.1.{n}", point(f"from{n} {'and so on ' * 60} to{n}"))
        for n in numbers
    ]

    pages = pages_of(compose_appendix(sample_facts(*told)))

    for n in numbers:
        whole = [f"1.1.{n} Title", f"from{n} ", f"to{n} "]
        assert any(all(each in page for each in whole) for page in pages), n


@pytest.mark.slow
@pytest.mark.parametrize("lines_before", range(11, 15))
def test_no_page_ends_within_the_name_of_an_element(lines_before):
    facts = sample_facts(
        subject("1.1.1", point("Line\n" * lines_before), statement=""),
        subject("1.1.2", point("Line\n" * 25), title=f"from {'of a name ' * 5} to"),
        options=EVERYTHING,
    )

    pages = pages_of(compose_appendix(facts))

    assert any("1.1.2 from of" in page and "name to" in page for page in pages)


@pytest.mark.slow
def test_marks_of_texts_are_printed_and_addresses_can_be_read_off_the_paper():
    [page] = pages_of(compose_appendix(sample_facts(subject("1.3.4", point(RICH)))))

    assert "You ask three things: of callers of visitors, see our page" in page
    assert "(https://ashby.example/a?b=1&c=2)" in page.replace("a? b", "a?b")
    # The reader of these tests finds the marks of the points after all else.
    assert "• • 3. 4." in page
    assert "**" not in page


@pytest.mark.slow
def test_markup_and_formulas_in_texts_are_only_words():
    facts = sample_facts(subject("1.3.4", point(HOSTILE, HOSTILE), title=HOSTILE))

    assert "<script>alert(1)</script>" in " ".join(pages_of(compose_appendix(facts)))
    document = html_of(compose_appendix(facts))
    assert "<script" not in document
    assert "<img" not in document
    assert "&lt;script&gt;alert(1)" in document


def test_the_twin_heads_each_cell_for_narrow_screens():
    document = html_of(
        compose_appendix(sample_facts(subject("1.3.4", point("Few.", "More."))))
    )

    assert '<th scope="row" data-label="Ref">1.3.4</th>' in document
    assert '<td data-label="Recommended responses"><p>More.</p></td>' in document


def test_a_links_words_lead_to_its_address_and_to_nothing_else():
    document = html_of(compose_appendix(sample_facts(subject("1.3.4", point(RICH)))))

    assert re.findall(r'href="([^"]+)"', document) == [
        "https://ashby.example/a?b=1&amp;c=2",
        "https://ashby.example/plain",
    ]
