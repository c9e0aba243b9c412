"""However a table was cut, repeated or robbed of refs, the findings in it are read the same."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.importing.findings.reading import read_findings
from cse_tracker.core.text_tables.pasted import read_tabbed
from tests.assessments.findings_import.documents import own_tree

pytestmark = pytest.mark.slow
TREE = own_tree()
HEADING = ["Ref", "Element", "Comments", "Responses"]
OPENERS = ["Boats", "Wardens", "Anglers", "Letters", "Visitors"]
MIDDLES = [
    "wait too long",
    "are not asked",
    "come late on most days",
    "lack a timetable",
]
ENDS = [
    "in the old harbour",
    "at the slipway",
    "when the tide is low",
    "after the ferry left",
]


@dataclass(frozen=True)
class Planted:
    """One finding, and what a document does to its row."""

    ref: str
    comment: str
    response: str
    # Words of the comment before the page ends; None: the row is whole.
    cut_after: int | None
    has_ref: bool


sentences = st.builds(
    lambda a, b, c: f"{a} {b} {c}.",
    st.sampled_from(OPENERS),
    st.sampled_from(MIDDLES),
    st.sampled_from(ENDS),
)
planted = st.builds(
    Planted,
    ref=st.sampled_from([node.ref for node in TREE.elements]),
    comment=st.lists(sentences, min_size=1, max_size=3).map(" ".join),
    response=sentences,
    cut_after=st.none() | st.integers(1, 3),
    has_ref=st.booleans(),
)


def lines_of(finding: Planted) -> list[list[str]]:
    """The rows of the document; a page break repeats the heading."""
    words = TREE.by_ref[finding.ref].statement
    ref = finding.ref if finding.has_ref else ""
    if finding.cut_after is None:
        return [[ref, words, finding.comment, finding.response]]
    comment = finding.comment.split()
    head, tail = comment[: finding.cut_after], comment[finding.cut_after :]
    return [
        [ref, words, " ".join(head), finding.response],
        HEADING,
        ["", "", " ".join(tail), ""],
    ]


@given(st.lists(planted, min_size=1, max_size=8))
def test_each_finding_is_read_whole_at_its_element(findings):
    lines = [HEADING, *(line for each in findings for line in lines_of(each))]
    text = "Areas for improvement\n\n" + "\n".join("\t".join(line) for line in lines)

    rows = read_findings(read_tabbed(text), TREE).rows

    assert [(row.ref, row.comment, row.response) for row in rows] == [
        (each.ref, each.comment, each.response) for each in findings
    ]


@given(st.lists(planted, min_size=1, max_size=8))
def test_every_word_of_the_document_is_in_some_row(findings):
    lines = [line for each in findings for line in lines_of(each)]
    text = "\n".join("\t".join(line) for line in [HEADING, *lines])

    rows = read_findings(read_tabbed(text), TREE).rows

    read = " ".join(f"{row.comment} {row.response}" for row in rows).split()
    written = " ".join(f"{each.comment} {each.response}" for each in findings).split()
    assert sorted(read) == sorted(written)
