"""The progression as its template draws it: rows with their cells joined, addresses made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.cells import (
    NOTHING,
    count_row_html,
    joined,
    lines_html,
    number_head_html,
    part_head_html,
    row_html,
    year_head_html,
)
from assessments.charts import plus_chart, ratings_chart
from assessments.count_tables import (
    EVERYTHING,
    CountGroup,
    codes_in_words,
    element_groups,
    latest_counts,
    sampled_in_words,
    sub_element_groups,
    year_rows,
)
from assessments.counts import RatingCounts
from assessments.progression import CriterionSection, Progression
from assessments.progression_filter import Show, element_count, narrowed
from assessments.progression_query import ProgressionQuery
from assessments.record import Record
from assessments.rows import YearColumn
from assessments.tree import Node
from cse_tracker.core.charts import Svg

ANY_REF = "0.0.0"
# More years make a chart that a phone can only scroll.
YEARS_ABREAST = 6


@dataclass(frozen=True, slots=True)
class TableSection:
    """One criterion: its counts per year and, unless folded, all its rows, drawn."""

    node: Node
    counts: SafeString
    is_folded: bool
    fold_query: str
    rows: SafeString


def page_context(record: Record, query: ProgressionQuery) -> dict[str, Any]:
    """All that the page shows."""
    progression = record.progression()
    sections = narrowed(progression, query.show, query.criterion)
    element_href = record.assessments[-1].url_of(ANY_REF)
    return {
        "record": record,
        "query": query,
        "progression": progression,
        "span": _span(progression),
        "latest": latest_counts(progression),
        "year_rows": joined(map(count_row_html, year_rows(progression))),
        "is_long": len(progression.years) > YEARS_ABREAST,
        **_charts(progression.years, progression.counts),
        "year_heads": joined(map(year_head_html, progression.years)),
        "number_heads": joined(number_head_html(y.label) for y in progression.years),
        "sections": [
            _table_section(section, progression, query, element_href)
            for section in sections
        ],
        "shown_count": element_count(sections),
        "element_count": len(record.tree.elements),
        "choices": [(show, show.words(progression.years[-1].label)) for show in Show],
        "count_tables": _count_tables(progression),
        **_addresses(record, query),
        **_fold_all(sections, query),
    }


# Asked for by all that the charts show, like the rows of ``assessments.cells``.
@lru_cache(maxsize=256)
def _charts(
    years: tuple[YearColumn, ...], counts: tuple[RatingCounts, ...]
) -> dict[str, Svg]:
    return {
        "ratings_chart": ratings_chart(years, counts, name="ratings"),
        "plus_chart": plus_chart(years, counts, name="plus"),
    }


def _fold_all(
    sections: Sequence[CriterionSection], query: ProgressionQuery
) -> dict[str, Any]:
    """Where a click folds every criterion away or, with all folded, unfolds them."""
    refs = {section.node.ref for section in sections}
    is_folded = refs <= query.folded
    turned = query.with_folded([] if is_folded else refs)
    return {"all_folded": is_folded, "fold_all_query": turned.encoded() or "?"}


def _table_section(
    section: CriterionSection,
    progression: Progression,
    query: ProgressionQuery,
    element_href: str,
) -> TableSection:
    is_folded = section.node.ref in query.folded
    return TableSection(
        node=section.node,
        counts=joined(map(lines_html, _count_lines(section, progression.years))),
        is_folded=is_folded,
        fold_query=query.with_fold_turned(section.node.ref).encoded() or "?",
        rows=NOTHING if is_folded else joined(_rows(section, query, element_href)),
    )


def _count_lines(
    section: CriterionSection, years: Sequence[YearColumn]
) -> Iterator[tuple[str, ...]]:
    """For each year the criterion's ratings and, unless it is all, how many were sampled."""
    all_sampled = sampled_in_words(section, years)
    for counts, sampled, year in zip(section.counts, all_sampled, years, strict=True):
        verb = "assessed" if year.examines_everything else "sampled"
        words = [] if sampled == EVERYTHING else [f"{sampled} {verb}"]
        yield (*codes_in_words(counts), *words)


def _rows(
    section: CriterionSection, query: ProgressionQuery, element_href: str
) -> Iterator[SafeString]:
    for part in section.sub_criteria:
        yield part_head_html(str(part.node), len(section.counts))
        for row in part.rows:
            href = element_href.replace(ANY_REF, row.node.ref)
            yield row_html(row, href, with_statement=query.with_statements)


def _span(progression: Progression) -> str:
    first, last = progression.years[0].year, progression.years[-1].year
    return f"{first} to {last}" if first != last else str(last)


def _count_tables(progression: Progression) -> list[dict[str, Any]]:
    levels = [
        ("Elements", element_groups(progression)),
        ("Sub-elements", sub_element_groups(progression)),
    ]
    return [
        {"level": level, "groups": [(g.name, _drawn(g)) for g in groups]}
        for level, groups in levels
        if groups
    ]


def _drawn(group: CountGroup) -> SafeString:
    return joined(map(count_row_html, group.rows))


def _addresses(record: Record, query: ProgressionQuery) -> dict[str, str]:
    slug = record.membership.organisation.slug
    page, comparison, export = (
        reverse(f"assessments:{name}", args=[slug])
        for name in ("progression", "comparison", "progression_export")
    )
    whole = ProgressionQuery(certification=query.certification).encoded()
    asked = query.encoded().removeprefix("?")
    more = f"&{asked}" if asked else ""
    return {
        "page_url": page,
        "whole_url": f"{page}{whole}",
        "comparison_url": f"{comparison}{whole}",
        "xlsx_url": f"{export}?format=xlsx{more}",
        "csv_url": f"{export}?format=csv{more}",
    }
