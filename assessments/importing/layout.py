"""Where the table stands on a sheet: heading row, ref column, year columns. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessments.importing.marks import read_mark_or_none
from assessments.importing.refs import read_ref_or_none
from assessments.importing.years import (
    YearHeading,
    is_sampled_heading,
    read_visit_code,
    read_year_or_none,
)
from cse_tracker.core.tables.sheets import Row, Sheet, cell_at, cell_text

# A heading stands near the top; titles and notes may come before it.
ROWS_TO_SEARCH = 200
LONG_TEXT_CHARACTERS = 20
REF_WORDS = re.compile(r"\b(?:ref|refs|reference|no|number)\b", re.IGNORECASE)
TEXT_WORDS = re.compile(
    r"\b(?:elements?|standards?|statements?|requirements?|descriptions?|wording|criteri(?:on|a))\b",
    re.IGNORECASE,
)
RATING_WORDS = re.compile(r"\b(?:ratings?|results?|scores?|outcomes?)\b", re.IGNORECASE)
GUIDANCE_WORDS = re.compile(
    r"\b(?:guidance|evidence required|what to look)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class YearColumn:
    """The column of one year's ratings, and of its sampled marks if they stand apart."""

    heading: YearHeading
    column: int
    sampled_column: int | None = None

    @property
    def year(self) -> int:
        return self.heading.year


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what. Columns count from 1."""

    header_row: int
    first_body_row: int
    ref_column: int
    text_column: int | None
    guidance_column: int | None
    years: tuple[YearColumn, ...]
    # Year columns that repeat a year and are not read.
    repeated_years: tuple[YearColumn, ...] = ()

    @property
    def columns_read(self) -> set[int]:
        """Every column that has a meaning."""
        fixed = {self.ref_column, self.text_column, self.guidance_column}
        marks = {
            column
            for year in self.years
            for column in (year.column, year.sampled_column)
        }
        repeated = {year.column for year in self.repeated_years}
        return {column for column in fixed | marks | repeated if column is not None}

    @property
    def mark_columns(self) -> set[int]:
        """The columns of ratings and sampled marks."""
        return {
            column
            for year in self.years
            for column in (year.column, year.sampled_column)
            if column is not None
        }


def find_layout_or_none(sheet: Sheet) -> Layout | None:
    """The table of ratings on the sheet, None if it has none.

    The heading row is the one with the most year headings over columns that hold marks;
    the ref column is the one with the most refs below it.
    """
    header_row = _find_header_row(sheet)
    if header_row is None:
        return None
    header = sheet.rows[header_row - 1]
    below = sheet.rows[header_row] if header_row < len(sheet.rows) else ()
    above = sheet.rows[header_row - 2] if header_row > 1 else ()
    is_double = _is_second_header(header, below)
    years, repeated = _pair(
        _year_columns(header, below if is_double else (), above), header
    )
    body = sheet.rows[header_row + is_double :]
    taken = {year.column for year in (*years, *repeated)}
    taken |= {year.sampled_column for year in years if year.sampled_column}
    ref_column = _find_ref_column(header, body, taken)
    if ref_column is None:
        return None
    text, guidance = _find_text_columns(header, body, taken | {ref_column})
    return Layout(
        header_row,
        header_row + is_double + 1,
        ref_column,
        text,
        guidance,
        years,
        repeated,
    )


def _find_header_row(sheet: Sheet) -> int | None:
    last_mark_rows = _last_mark_rows(sheet)
    best, best_score = None, (0, 0)
    for number, row in enumerate(sheet.rows[:ROWS_TO_SEARCH], 1):
        marked = sum(
            any(last_mark_rows.get(column, 0) > number for column in _span(row, first))
            for first, _ in _years_in(row)
        )
        words = sum(_is_heading_word(cell_text(value)) for value in row)
        if marked and (marked, words) > best_score:
            best, best_score = number, (marked, words)
    return best


def _span(row: Row, first: int) -> range:
    """The column of a heading, and the next one if the heading may reach over it."""
    return range(first, first + (1 if cell_at(row, first + 1) else 2))


def _last_mark_rows(sheet: Sheet) -> dict[int, int]:
    """By column, the last row with a cell that reads as a rating or a sampled mark."""
    found = {}
    for number, row in sheet.numbered_rows():
        for column, value in enumerate(row, 1):
            mark = read_mark_or_none(value) if isinstance(value, str) else None
            if mark is not None and not mark.is_blank:
                found[column] = number
    return found


def _years_in(row: Row) -> Iterator[tuple[int, YearHeading]]:
    for column, value in enumerate(row, 1):
        heading = read_year_or_none(value)
        if heading is not None:
            yield column, heading


def _is_heading_word(text: str) -> bool:
    is_short = len(text) <= LONG_TEXT_CHARACTERS
    words = (REF_WORDS, TEXT_WORDS, GUIDANCE_WORDS)
    return is_short and any(pattern.search(text) for pattern in words)


def _is_second_header(header: Row, below: Row) -> bool:
    """Whether the row below splits the years into "Sampled" and "Rating"."""
    first_year = min(column for column, _ in _years_in(header))
    texts = [cell_text(value) for value in below[first_year - 1 :]]
    has_split = any(is_sampled_heading(text) for text in texts)
    has_ref = any(read_ref_or_none(value) for value in below)
    return has_split and not has_ref


def _year_columns(header: Row, below: Row, above: Row) -> list[YearColumn]:
    """The year headings; those over two columns once for each, as the row below says."""
    columns: list[YearColumn] = []
    current: YearHeading | None = None
    for column in range(1, max(len(header), len(below)) + 1):
        heading = read_year_or_none(cell_at(header, column))
        under = cell_text(cell_at(below, column))
        if cell_at(header, column) is None and _is_half_of_year(under):
            heading = current
        current = heading or (current if cell_at(header, column) is None else None)
        if heading is not None:
            code = heading.visit_code or read_visit_code(
                cell_text(cell_at(above, column))
            )
            only_sampled = is_sampled_heading(under) if under else heading.only_sampled
            heading = replace(heading, visit_code=code, only_sampled=only_sampled)
            columns.append(YearColumn(heading, column))
    return columns


def _is_half_of_year(text: str) -> bool:
    return is_sampled_heading(text) or RATING_WORDS.search(text) is not None


def _pair(
    columns: list[YearColumn], header: Row
) -> tuple[tuple[YearColumn, ...], tuple[YearColumn, ...]]:
    """Ratings with their sampled columns; and columns that repeat a year."""
    sampled = {item.year: item.column for item in columns if item.heading.only_sampled}
    rated = [item for item in columns if not item.heading.only_sampled]
    rated += [item for item in columns if item.year not in {one.year for one in rated}]
    beside = _sampled_beside(rated, header)
    years: dict[int, YearColumn] = {}
    repeated = []
    for item in sorted(rated, key=lambda item: item.column):
        mark_column = beside.get(item.column) or sampled.get(item.year)
        if item.year in years:
            repeated.append(item)
        elif mark_column and mark_column != item.column:
            years[item.year] = replace(item, sampled_column=mark_column)
        else:
            years[item.year] = item
    return tuple(years.values()), tuple(repeated)


def _sampled_beside(rated: list[YearColumn], header: Row) -> dict[int, int]:
    """Columns headed just "Sampled", by the rating column they belong to.

    They follow their year, unless the first of them stands before the first year.
    """
    bare = [
        column
        for column, value in enumerate(header, 1)
        if read_year_or_none(value) is None
        and re.fullmatch(r"\s*(?:x|sampled\??)\s*", cell_text(value), re.IGNORECASE)
    ]
    if not bare or not rated:
        return {}
    step = 1 if bare[0] < min(item.column for item in rated) else -1
    rating_columns = {item.column for item in rated}
    return {column + step: column for column in bare if column + step in rating_columns}


def _find_ref_column(header: Row, body: tuple[Row, ...], taken: set[int]) -> int | None:
    scores: dict[int, int] = {}
    for row in body:
        for column, value in enumerate(row, 1):
            ref = read_ref_or_none(value) if column not in taken else None
            if ref is not None and ref.depth > 2:
                scores[column] = scores.get(column, 0) + 2
    for column, value in enumerate(header, 1):
        if column in scores and REF_WORDS.search(cell_text(value)):
            scores[column] += 1
    return max(scores, key=lambda column: scores[column], default=None)


def _find_text_columns(
    header: Row, body: tuple[Row, ...], taken: set[int]
) -> tuple[int | None, int | None]:
    """The columns of the element's words and of the guidance, by heading, else by content."""
    width = max((len(row) for row in (header, *body)), default=0)
    lengths = {
        column: _mean_length(body, column)
        for column in range(1, width + 1)
        if column not in taken
    }
    headings = {column: cell_text(cell_at(header, column)) for column in lengths}
    guidance = [c for c in lengths if GUIDANCE_WORDS.search(headings[c])]
    texts = [c for c in lengths if c not in guidance and TEXT_WORDS.search(headings[c])]
    unnamed = [
        c for c in lengths if not headings[c] and lengths[c] >= LONG_TEXT_CHARACTERS
    ]
    text = max(texts, key=lambda c: lengths[c], default=None)
    if text is None and unnamed:
        text = unnamed.pop(0)
    return text, next(iter([*guidance, *unnamed]), None)


def _mean_length(body: tuple[Row, ...], column: int) -> float:
    """Of the filled cells, in characters."""
    lengths = [len(cell_text(cell_at(row, column))) for row in body]
    filled = [length for length in lengths if length]
    return sum(filled) / len(filled) if filled else 0
