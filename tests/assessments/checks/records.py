"""Records as plain data for tests of checks, and the real annex's with what is expected of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assessments.checks.facts import Point, RecordFacts, Said, YearFacts
from assessments.checks.hits import Hit
from assessments.cycle import CycleModel, CycleRules
from assessments.ratings import Rating
from assessments.standard_file import STANDARDS_DIR, read_standard
from assessments.tree import Kind, Node, Tree

TODAY = date(2026, 11, 22)
EXPECTED = Path(__file__).parent / "real_annex_expected.yaml"
# What a finding can be: it says why, and has an answer, or not.
WHY = Point(says_why=True, is_answered=False)
ANSWERED = Point(says_why=True, is_answered=True)
IMPROVEMENT = Point(says_why=False, is_answered=False)


def said(text: str, **more: Any) -> Said:
    """What a cell of an annex says: "X CP", "C", "X"; "-" where it is blank."""
    sampled, _, code = f" {text}".rpartition(" ")
    if code == "X":
        return Said(None, sampled=True, **more)
    rating = None if code == "-" else Rating(code)
    return Said(rating, sampled="X" in sampled, **more)


def tree_of(refs: Sequence[str]) -> Tree:
    """The nodes of these refs and all above them."""
    above = {ref[: end + 1] for ref in refs for end in range(len(ref)) if end % 2 == 0}
    found = sorted({*refs, *(ref for ref in above if not ref.endswith("."))})
    return Tree(
        Node(number, ref, Kind.of_ref(ref), f"Rule {ref}")
        for number, ref in enumerate(found, 1)
    )


def year(number: int, results: Mapping[str, Said | str], **more: Any) -> YearFacts:
    """One assessment; results may be written as in an annex."""
    facts = {
        ref: said(each) if isinstance(each, str) else each
        for ref, each in results.items()
    }
    return YearFacts(number, number, facts, **({"points": {}} | more))


def record(*years: YearFacts, cycle: tuple[int, int] | None = None) -> RecordFacts:
    """These assessments, of the elements that they name."""
    refs = sorted({ref for each in years for ref in each.results})
    return RecordFacts(tree_of(refs), years, TODAY, rules(cycle))


def rules(cycle: tuple[int, int] | None) -> CycleRules | None:
    return CycleRules(CycleModel.REVIEWS, *cycle) if cycle else None


def told(hits: Sequence[Hit]) -> dict[str, dict[int, list[str]]]:
    """Check number to year to refs."""
    found: dict[str, dict[int, list[str]]] = {}
    for hit in hits:
        found.setdefault(hit.number, {}).setdefault(hit.year, []).append(hit.ref)
    return found


@cache
def real_annex() -> dict[str, Any]:
    """The marks of a real annex, and what must be found in it."""
    data: dict[str, Any] = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    return data


def real_tree() -> Tree:
    """The shipped standard with the sub-elements of the real annex."""
    shipped = read_standard(STANDARDS_DIR / "cse.yaml").nodes
    titles = {node.ref: node.title for node in shipped}
    refs = [*titles, *(ref for ref in real_annex()["marks"] if ref not in titles)]
    return Tree(
        Node(number, ref, Kind.of_ref(ref), titles.get(ref, f"Part {ref}"))
        for number, ref in enumerate(refs, 1)
    )


def real_record(cycle: tuple[int, int] | None = None) -> RecordFacts:
    """The real annex as it stands in the record."""
    data = real_annex()
    years = settled(data["marks"], data["years"])
    return RecordFacts(real_tree(), years, TODAY, rules(cycle))


def settled(
    marks: Mapping[str, Sequence[str]], years: Sequence[int]
) -> list[YearFacts]:
    """Years as the record has them: the first examined everything, then unsampled ratings that
    repeat the last known one are carried from it.
    """
    found: list[dict[str, Said]] = [{} for _ in years]
    for ref, cells in marks.items():
        known: Said | None = None
        for position, cell in enumerate(cells):
            now = said(cell)
            if now == Said() and ref.count(".") == 3:
                # A sub-element exists in a year in which it has a rating.
                continue
            if known and not now.sampled and known.rating is now.rating:
                now = now._replace(
                    source_year=known.source_year, source_rating=known.rating
                )
            found[position][ref] = now
            if now.rating:
                known = Said(now.rating, source_year=years[position])
    return [
        year(number, results, examines_everything=number == years[0])
        for number, results in zip(years, found, strict=True)
    ]


def real_annex_csv() -> bytes:
    """The real annex as a file, with its typed totals and misnamed heading, in our own words."""
    data, tree = real_annex(), real_tree()
    lines = ["Ref,Element," + ",".join(map(str, data["years"]))]
    for criterion in tree.criteria:
        lines.append(f"Criterion {criterion.ref},{criterion.title}")
        for node in tree.within(criterion):
            named = tree.by_ref[data["misnamed_headings"].get(node.ref, node.ref)]
            marks = data["marks"].get(node.ref, [])
            cells = ["" if mark == "-" else mark for mark in marks]
            lines.append(",".join([node.ref, f'"{named.title}"', *cells]))
        lines.append(
            _totals("Elements sampled", data["typed_totals"][int(criterion.ref)])
        )
    lines.append(_totals("Total elements sampled", data["typed_totals"]["all"]))
    return "\n".join(lines).encode()


def _totals(label: str, numbers: Sequence[int]) -> str:
    return ",".join(["", label, "", *map(str, numbers)])
