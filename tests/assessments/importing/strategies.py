"""Annexes and faults as Hypothesis draws them."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from assessments.importing.marks import Mark
from assessments.ratings import Rating
from tests.assessments.importing.annexes import Draft, Style, draft_annex, harbour_tree
from tests.assessments.importing.faults import FAULTS

TREE = harbour_tree()
ELEMENTS = [node.ref for node in TREE.elements]
# Elements that faults may hit: no sub-elements, never sampled.
PLAIN = ELEMENTS[:12]
LABELS: list[Callable[[int], Any]] = [
    str,
    int,
    "Visit {}".format,
    "Y1 {}".format,
    "RP2 {}".format,
    "{} full".format,
]


@st.composite
def styles(draw: st.DrawFn, years: list[int]) -> Style:
    two_columns = draw(st.booleans())
    label = draw(st.sampled_from(LABELS))
    return Style(
        title_rows=draw(st.integers(0, 3)),
        extra_left=draw(st.integers(0, 2)),
        guidance=draw(st.sampled_from(["after", "before", "none"])),
        two_columns=two_columns,
        two_header_rows=draw(st.booleans()),
        sampled_behind=draw(st.booleans()),
        sheet_per_criterion=draw(st.booleans()),
        repeat_headers=draw(st.booleans()),
        ref_suffix=draw(st.sampled_from(["", ".", " ", ":"])),
        criterion_prefix=draw(
            st.sampled_from(["Criterion ", "criterion", "CRITERION ", ""])
        ),
        year_labels={year: label(year) for year in years},
        totals=draw(st.booleans()),
        spelling=draw(st.integers(0, 7)),
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A sound annex: every element rated, its first year full, the others with some X."""
    first = draw(st.integers(2010, 2020))
    years = list(range(first, first + draw(st.integers(2, 4))))
    ratings = st.sampled_from(list(Rating))
    marks: dict[str, dict[int, Mark]] = {}
    for ref in ELEMENTS:
        marks[ref] = {year: Mark(rating=draw(ratings)) for year in years}
        if ref not in PLAIN:
            for year in years[1:]:
                marks[ref][year] = Mark(
                    sampled=draw(st.booleans()), rating=draw(ratings)
                )
    for year in years[1:]:
        marks[ELEMENTS[-1]][year] = Mark(sampled=True, rating=Rating.COMPLIANT)
    marks = _with_sub_elements(marks, ELEMENTS[-2], years, draw(st.integers(0, 3)))
    return draft_annex(marks, years, draw(styles(years)))


def _with_sub_elements(
    marks: dict[str, dict[int, Mark]], parent: str, years: list[int], count: int
) -> dict[str, dict[int, Mark]]:
    """Split ``parent``; the parts say what it says in the first year and nothing later."""
    with_parts: dict[str, dict[int, Mark]] = {}
    for ref, own in marks.items():
        with_parts[ref] = own
        for number in range(1, count + 1 if ref == parent else 1):
            part: dict[int, Any] = {year: Mark() for year in years[1:]}
            with_parts[f"{ref}.{number}"] = {years[0]: own[years[0]], **part}
    return with_parts


@st.composite
def faulty_drafts(draw: st.DrawFn) -> Draft:
    """A sound annex with up to six faults, each at an element of its own."""
    draft = draw(drafts())
    names = draw(st.lists(st.sampled_from(sorted(FAULTS)), unique=True, max_size=6))
    refs = draw(st.permutations(PLAIN))
    for name, ref in zip(names, refs, strict=False):
        FAULTS[name](draft, ref, draw(st.sampled_from(draft.years[1:])))
    return draft
