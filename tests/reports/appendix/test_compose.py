"""The appendix as blocks: four columns, three columns, and what stands in them."""

import pytest

from assessments.ratings import Rating
from cse_tracker.core.rich_text.tree import Block, Item, Paragraph, Points, words_of
from reports.appendix.compose import compose_appendix
from reports.appendix.facts import Answer
from reports.blocks import Cell, Heading, Table
from reports.blocks import Paragraph as PaperParagraph
from reports.options import PaperOptions
from tests.reports.appendix.samples import (
    ACTION,
    EVERYTHING,
    point,
    sample_facts,
    subject,
)


def words(cell: Cell) -> str:
    return cell.text or " ".join(map(block_words, cell.rich))


def block_words(block: Block) -> str:
    match block:
        case Paragraph(parts):
            return words_of(parts)
        case Points(items):
            return " ".join(map(item_words, items))


def item_words(item: Item) -> str:
    return " ".join([words_of(item.parts), *map(block_words, item.nested)])


def tables(facts) -> list[Table]:
    return [b for b in compose_appendix(facts).blocks if isinstance(b, Table)][1:]


def rows(table: Table) -> list[list[str]]:
    return [[words(cell) for cell in row.cells] for row in (*table.head, *table.body)]


def texts(facts) -> list[str]:
    kinds = Heading | PaperParagraph
    return [b.text for b in compose_appendix(facts).blocks if isinstance(b, kinds)]


def test_without_decisions_and_actions_ref_and_element_take_two_of_four_columns():
    facts = sample_facts(
        subject("1.3.4", point("Too few are asked.", "We ask more.")),
        improvements=(subject("2.1.1", point("Consider it.", "We have.")),),
    )

    partials, improvements = tables(facts)

    assert rows(partials) == [
        ["Ref", "Element", "Assessor's comments", "Recommended responses"],
        [
            "1.3.4",
            "Title of 1.3.4 We do what 1.3.4 asks.",
            "Too few are asked.",
            "We ask more.",
        ],
    ]
    assert rows(improvements) == [
        ["Element", "Assessor's comments", "Recommended responses"],
        ["2.1.1 Title of 2.1.1 We do what 2.1.1 asks.", "Consider it.", "We have."],
    ]


def test_decisions_and_actions_take_the_fourth_column_and_follow_an_improvements_response():
    said = point("Too few.", decision="act", actions=(ACTION,))
    declined = point("Consider it.", decision="no_action", reason="Done already.")
    facts = sample_facts(
        subject("1.3.4", said),
        improvements=(subject("2.1.1", declined),),
        options=EVERYTHING,
    )

    partials, improvements = map(rows, tables(facts))

    assert partials[0][3] == "Decision and actions"
    assert partials[1][3] == (
        "Decision: We will act on it. Action 3: Ask callers too. "
        "Mo Farrow, Customer Services; due 3 March 2027; on track."
    )
    assert improvements[0][2] == "Recommended responses, decision and actions"
    assert improvements[1][2] == "Decision: We will not act on it. Done already."


def test_each_row_names_its_element_so_that_none_can_lose_it():
    facts = sample_facts(subject("1.3.4", point("One."), point("Two.")))

    [partials] = tables(facts)

    assert [row[0] for row in rows(partials)[1:]] == ["1.3.4", "1.3.4"]
    assert rows(partials)[1][1].endswith("We do what 1.3.4 asks. Comment 1 of 2")
    assert rows(partials)[2][1] == "Title of 1.3.4 Comment 2 of 2"


def test_what_is_missing_is_said_and_never_left_blank():
    facts = sample_facts(
        subject("1.3.4"),
        subject("", point("", decision="undecided"), rating=None),
        options=EVERYTHING,
    )

    [partials] = tables(facts)

    assert rows(partials)[1:] == [
        [
            "1.3.4 Title of 1.3.4 We do what 1.3.4 asks.",
            "No comment recorded.",
            "No response yet.",
            "None.",
        ],
        [
            "General",
            "No comment recorded.",
            "No response yet.",
            "Decision: Not decided yet.",
        ],
    ]
    assert "The assessor named no areas for improvement." in texts(facts)


def test_a_shared_response_stands_in_full_with_the_other_refs_and_a_draft_says_so():
    answers = (
        Answer("We check daily.", is_agreed=True, refs=("5.1.1", "5.2.3")),
        Answer("Perhaps.", is_agreed=False),
    )
    facts = sample_facts(subject("3.3.2", point(answers=answers)), options=EVERYTHING)

    assert rows(tables(facts)[0])[1][2] == (
        "We check daily. The same response answers 5.1.1 and 5.2.3. "
        "Draft response: not agreed yet Perhaps."
    )


def test_elements_are_counted_and_sub_elements_are_not():
    facts = sample_facts(
        subject("1.3.4", point()),
        subject("1.3.4.1", point(), statement="We ask callers"),
        subject("2.1.4", rating=Rating.NON),
    )

    assert texts(facts)[0] == (
        "1 element rated Partial compliance, 1 rated Non-compliance and no areas for "
        "improvement."
    )
    assert "Partial compliances and non-compliances" in texts(facts)
    extent = "2 comments on 2 of the 3 elements and sub-elements (1 has no comment)."
    assert extent in texts(facts)
    named = [row[1] for row in rows(tables(facts)[0])]
    assert named[2:] == [
        "We ask callers",
        "Title of 2.1.4 We do what 2.1.4 asks. Rated Non-compliance",
    ]


@pytest.mark.parametrize(
    ("subjects", "words"),
    [
        ([("1.1.1", 2), ("1.1.2", 1)], "3 comments on 2 elements."),
        ([("1.1.1", 1)], "1 comment on 1 element."),
        (
            [("1.1.1", 5), ("1.1.2", 2), ("1.1.3", 0), ("1.1.4", 0)],
            "7 comments on 2 of the 4 elements (2 have no comment).",
        ),
        (
            [("1.1.1", 1), ("1.1.2", 0), ("", 2)],
            "1 comment on 1 of the 2 elements (1 has no comment), and 2 general comments.",
        ),
        ([("1.1.1", 0), ("", 1)], "1 general comment."),
        ([("1.1.1", 0)], "No comments are recorded."),
    ],
)
def test_elements_without_a_comment_are_not_counted_among_the_commented(
    subjects, words
):
    facts = sample_facts(
        *(subject(ref, *[point()] * number) for ref, number in subjects)
    )

    assert words in texts(facts)


def test_a_carried_partial_says_from_which_assessment_its_comment_is():
    facts = sample_facts(subject("1.3.4", point(), carried_from="2025 review"))

    assert "the comment is from the 2025 review" in rows(tables(facts)[0])[1][1]


def test_a_rating_that_contradicts_its_place_is_told():
    facts = sample_facts(
        subject("1.3.4", point(), rating=Rating.COMPLIANT),
        subject("2.1.4", point(), rating=None),
        improvements=(subject("3.1.1", point(), rating=Rating.COMPLIANT),),
    )

    partials, improvements = map(rows, tables(facts))

    assert partials[1][1].endswith("Rated Compliant")
    assert partials[2][1].endswith("Not rated")
    assert "Rated" not in improvements[1][0]


def test_with_nothing_to_put_right_the_paper_says_so():
    facts = sample_facts(options=PaperOptions())

    assert texts(facts) == [
        "No elements rated Partial compliance.",
        "Partial compliances",
        "No element is rated Partial compliance or Non-compliance in this assessment.",
    ]
    assert "improvement" not in compose_appendix(facts).title
