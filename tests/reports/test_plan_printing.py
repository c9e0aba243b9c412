"""The action plan on paper, on the web and in Word: sound, complete, inert."""

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from reports.plan.compose import compose_plan
from reports.plan.facts import PlanFacts, Progress
from reports.printing import paper_word
from tests.reports.appendix.samples import HOSTILE
from tests.reports.plan.samples import (
    TODAY,
    finished_action,
    group,
    many_actions,
    open_action,
    plan_of,
)
from tests.reports.printed import (
    NOW,
    html_of,
    lines_of_words,
    pages_of,
    rules_broken_by,
    words_printed,
)

HEAD = "Number Element What will be done Owner Priority Dates Status Latest progress"


def long_text(name: str, words: int) -> str:
    """Many different words, in paragraphs."""
    return "\n\n".join(lines_of_words(name, words))


def hostile() -> PlanFacts:
    action = open_action(
        title=HOSTILE,
        done_looks_like=HOSTILE,
        owner=HOSTILE,
        service=HOSTILE,
        progress=Progress(TODAY, HOSTILE),
    )
    gone = finished_action(title=HOSTILE, owner=HOSTILE, reason=HOSTILE)
    return plan_of(
        group(action),
        service=HOSTILE,
        organisation=HOSTILE,
        closed=(gone,),
        declined=(gone,),
    )


@pytest.mark.slow
def test_plans_of_every_size_keep_the_rules_of_pdf_ua(tmp_path):
    declined = finished_action(reason="No.")
    plans = [
        plan_of(),
        plan_of(group(open_action()), declined=(declined,)),
        many_actions(100),
    ]

    assert rules_broken_by([compose_plan(plan) for plan in plans], tmp_path) == []


@pytest.mark.slow
def test_a_row_longer_than_a_page_goes_on_under_the_same_head_without_losing_a_word():
    said, told = long_text("said", 800), long_text("told", 400)
    action = open_action(done_looks_like=said, progress=Progress(TODAY, told))

    pages = pages_of(compose_plan(plan_of(group(action, open_action(2)))))

    assert len(pages) > 3
    assert all(HEAD in page for page in pages if re.search(r"said\d", page))
    assert all("As at 22 November 2026" in page for page in pages)
    for name, text in (("said", said), ("told", told)):
        assert words_printed(name, pages) == words_printed(name, [text])


@pytest.mark.slow
def test_what_is_late_is_told_in_words_so_that_grey_is_enough():
    late = open_action(
        due_on=date(2026, 11, 1), is_overdue=True, moved="Moved once, 30 days"
    )

    [page] = pages_of(compose_plan(plan_of(group(late))))[:1]

    assert "Overdue by 21 days" in page
    assert "Moved once, 30 days" in page


@pytest.mark.slow
def test_markup_and_formulas_in_texts_are_only_words_on_paper():
    assert "<script>alert(1)</script>" in " ".join(pages_of(compose_plan(hostile())))


def test_markup_and_formulas_in_texts_are_only_words_on_the_web():
    document = html_of(compose_plan(hostile()))

    assert "<script" not in document
    assert "<img" not in document
    assert "<a " not in document
    assert document.count("&lt;script&gt;alert(1)") >= 10


def test_markup_and_formulas_in_texts_are_only_words_in_word():
    written = paper_word(compose_plan(hostile()), created=NOW)
    document = Document(BytesIO(written))

    assert HOSTILE in document.tables[1].rows[2].cells[2].text
    codes = document.element.body.xpath(
        ".//w:instrText | .//w:fldSimple | .//w:hyperlink"
    )
    assert codes == []


def test_a_plan_in_word_has_the_rows_of_its_tables_under_heads_that_repeat():
    facts = plan_of(group(open_action(3)), closed=(finished_action(5),))

    document = Document(BytesIO(paper_word(compose_plan(facts), created=NOW)))

    _, still_open, closed = document.tables
    assert [cell.text for cell in still_open.rows[0].cells] == [
        *("Number", "Element", "What will be done", "Owner", "Priority"),
        *("Dates", "Status", "Latest progress"),
    ]
    assert still_open.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert still_open.rows[2].cells[0].text == "3"
    assert [row.cells[0].text for row in closed.rows] == ["Number", "5"]
    [count] = [each for each in document.paragraphs if each.text == "1 open action."]
    assert count.paragraph_format.keep_with_next


def test_the_twin_heads_each_cell_for_narrow_screens():
    document = html_of(compose_plan(plan_of(group(open_action(3)))))

    assert '<th scope="row" data-label="Number">3</th>' in document
    assert '<td data-label="Priority">Medium</td>' in document
    assert '<td data-label="Overdue">0</td>' in document
