"""Reading an organisation's record for the pure modules: few queries, plain data out."""

from collections.abc import Iterable, Sequence

from assessments.entering import KnownRating
from assessments.models import Assessment, Result
from assessments.progression import Progression, build_progression
from assessments.ratings import Rating
from assessments.rows import YearColumn
from assessments.tree import Tree


def year_columns(assessments: Iterable[Assessment]) -> list[YearColumn]:
    """Assessments as columns, labelled by year, and by kind too where a year has several."""
    listed = list(assessments)
    years = [assessment.year for assessment in listed]
    return [
        YearColumn(
            assessment_id=assessment.pk,
            year=assessment.year,
            label=(
                str(assessment.year)
                if years.count(assessment.year) == 1
                else f"{assessment.year} {assessment.get_kind_display().lower()}"
            ),
            visit_code=assessment.visit_code,
            kind=assessment.get_kind_display(),
            is_confirmed=not assessment.is_open,
            examines_everything=assessment.examines_everything,
            url=assessment.get_absolute_url(),
            slug=assessment.slug,
        )
        for assessment in listed
    ]


def progression_of(assessments: Sequence[Assessment], tree: Tree) -> Progression:
    """The progression over these assessments, oldest first: one query."""
    rows = Result.objects.filter(
        assessment__in=[each.pk for each in assessments]
    ).as_rows()
    return build_progression(tree, year_columns(assessments), rows)


def known_ratings_before(assessment: Assessment) -> dict[int, KnownRating]:
    """Node id to the last known rating before this assessment: one query."""
    earlier = Assessment.objects.before(assessment)
    rows = (
        Result.objects.filter(assessment__in=earlier.order_by())
        .rated()
        .order_by("assessment__year", "assessment__visit_starts_on", "assessment_id")
        .values_list("node_id", "pk", "rating", "assessment__year")
    )
    return {
        node_id: KnownRating(result_id, Rating(rating), year)
        for node_id, result_id, rating, year in rows
    }
