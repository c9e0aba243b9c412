"""From the tables of a document to the rows of an import. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessments.importing.findings.joining import Point, RawRow, joined
from assessments.importing.findings.kinds import (
    IMPROVEMENT,
)
from assessments.importing.findings.matching import ElementMatcher, refs_in
from assessments.importing.findings.pointers import with_pointers
from assessments.importing.findings.points import pairs_in
from assessments.importing.findings.rows import FindingRow, Rows
from assessments.importing.findings.table_rows import TablesReader
from assessments.tree import Tree
from cse_tracker.core.text_tables.tables import TextTable


@dataclass(frozen=True, slots=True)
class FindingsReading:
    """The rows of a document, and what of it was not read, as sentences."""

    rows: Rows
    notices: tuple[str, ...]


def read_findings(tables: Sequence[TextTable], tree: Tree) -> FindingsReading:
    """All findings in the tables, in order; no rows where no table holds any."""
    reader = TablesReader()
    raw = [row for table in tables for row in reader.rows_of(table)]
    rows = _Numbered(tree).rows_of(joined(raw))
    return FindingsReading(with_pointers(rows), tuple(reader.notices))


class _Numbered:
    """Gives each point its element and its key."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.matcher = ElementMatcher(tree)
        self.rows: list[FindingRow] = []

    def rows_of(self, points: Sequence[Point]) -> list[FindingRow]:
        refs = [self._typed_refs(point) for point in points]
        below = _refs_below(points, refs)
        for place, point in enumerate(points):
            after = self.rows[-1].ref if self.rows else ""
            self._add(self._placed(point, refs[place], after, below[place]), point)
        return self.rows

    def _typed_refs(self, point: Point) -> list[str]:
        row = point.row
        known = self.tree.by_ref
        typed = refs_in(row.ref, known) or refs_in(row.element[:20], known)
        return [ref for ref in typed if known[ref].is_ratable]

    def _placed(
        self, point: Point, refs: list[str], after: str, before: str
    ) -> FindingRow:
        """The row without texts: its element, and how that was found."""
        row = point.row
        kind = row.kind or IMPROVEMENT
        base = FindingRow(
            key=0,
            ref="",
            kind=kind.finding_kind,
            rating=kind.rating.value if kind.rating else "",
            comment="",
            response="",
            table=row.table,
            lines=point.lines,
            notes=_notes(point),
        )
        if refs:
            return self._with_ref(base, refs, row)
        if point.is_same_element:
            above = self.rows[-1]
            return replace(base, ref=above.ref, is_guess=above.is_guess)
        if row.ref and not row.element:
            note = f"The ref says “{row.ref[:40]}”, which names no element."
            return replace(base, notes=(*base.notes, note))
        return self._by_words(base, row.element, after, before)

    def _with_ref(self, base: FindingRow, refs: list[str], row: RawRow) -> FindingRow:
        notes = list(base.notes)
        if refs[1:]:
            notes.append(f"The ref names {' and '.join(refs[1:])} too.")
        words = row.element
        named = self.matcher.match_or_none(words) if words else None
        # The words beside a sub-element's ref may be those of its element.
        is_own = named is not None and f"{refs[0]}.".startswith(f"{named.ref}.")
        is_other = named is not None and named.is_sure and not is_own
        if named and is_other:
            notes.append(f"The words beside the ref are those of {named.ref}.")
        return replace(base, ref=refs[0], notes=tuple(notes), is_guess=is_other)

    def _by_words(
        self, base: FindingRow, words: str, after: str, before: str
    ) -> FindingRow:
        match = self.matcher.match_or_none(words, after=after, before=before)
        if match is None:
            return replace(
                base,
                notes=(*base.notes, "It has no ref, and no element has its words."),
            )
        sure = "It fits well." if match.is_sure else "It may be another one."
        note = f"The ref is missing. {match.ref} was found by its words. {sure}"
        return replace(
            base, ref=match.ref, is_guess=not match.is_sure, notes=(*base.notes, note)
        )

    def _add(self, placed: FindingRow, point: Point) -> None:
        """The row, or one for each numbered point in its cells."""
        pairs = pairs_in(point.row.comment, point.row.response)
        above = self.rows[-1].key if self.rows else None
        for comment, response in pairs:
            notes = placed.notes
            if pairs[1:]:
                notes = (*notes, f"One of {len(pairs)} numbered points of this row.")
            self.rows.append(
                replace(
                    placed,
                    key=len(self.rows) + 1,
                    comment=comment,
                    response=response,
                    answered_by=above if point.row.response_continues else None,
                    notes=notes,
                )
            )


def _refs_below(points: Sequence[Point], refs: Sequence[list[str]]) -> list[str]:
    """For each point the next ref that stands below it in its table, else an empty one."""
    nearest: dict[int, str] = {}
    below: list[str] = []
    for point, found in zip(reversed(points), reversed(refs), strict=True):
        below.append(nearest.get(point.row.table, ""))
        if found:
            nearest[point.row.table] = found[0]
    return below[::-1]


def _notes(point: Point) -> tuple[str, ...]:
    notes = list(point.notes)
    if point.lines[1:]:
        notes.append(f"Put together from {len(point.lines)} rows.")
    if point.row.kind is None:
        notes.append("No title above the table says what kind of comment this is.")
    return tuple(notes)
