"""Reading an organisation's record for the pure modules: few queries, plain data out."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.db.models.functions import Left

from assessments.confirming import Carried, carried_elements
from assessments.counts import RatingCounts, element_counts
from assessments.cycle import years_between
from assessments.entering import KnownRating
from assessments.grid import LastComment, StoredResult
from assessments.models import Assessment, Finding, Result
from assessments.models.assessment import reading_order, urls_of
from assessments.rating_changes import RatingChange, rating_changes
from assessments.ratings import Basis, Rating
from assessments.rows import ResultRow, YearColumn
from assessments.standard_tree import shared_tree
from assessments.tree import Tree
from cse_tracker.accounts.models import Event, ImportRun
from cse_tracker.accounts.verbs import BROUGHT_IN
from cse_tracker.core.rich_text.words import excerpt

# As much of a comment as the page of all elements shows.
COMMENT_LENGTH = 120


def year_columns(assessments: Iterable[Assessment]) -> list[YearColumn]:
    """Assessments as columns, labelled by year, and by kind too where a year has several."""
    listed = list(assessments)
    years = [assessment.year for assessment in listed]
    urls = urls_of(listed)
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
            url=url,
            slug=assessment.slug,
        )
        for assessment, url in zip(listed, urls, strict=True)
    ]


def gap_before(assessment: Assessment) -> str:
    """Which years before it have no assessment, in words; empty where none is missing."""
    before = Assessment.objects.before(assessment).last()
    missing = years_between(before.year, assessment.year) if before else ""
    if not before or not missing or assessment.kind == Assessment.Kind.SELF:
        return ""
    return (
        f"There is no assessment in {missing}, so changes in {assessment.year} are changes "
        f"since {before.year}."
    )


def element_counts_by_assessment(
    assessments: Sequence[Assessment],
) -> dict[int, RatingCounts]:
    """Assessment id to its ratings at element level, for lists: one query.

    The assessments come with their standard.
    """
    rows: dict[int, list[ResultRow]] = {each.pk: [] for each in assessments}
    for row in Result.objects.filter(assessment__in=list(rows)).as_rows():
        rows[row.assessment_id].append(row)
    return {
        each.pk: element_counts(rows[each.pk], shared_tree(each.certification.standard))
        for each in assessments
    }


def known_ratings_before(
    assessment: Assessment, *, confirmed_only: bool = False
) -> dict[int, KnownRating]:
    """Node id to the last known rating before this assessment: one query.

    ``confirmed_only`` for who may not know of other years' work in progress.
    """
    earlier = Assessment.objects.before(assessment)
    if confirmed_only:
        earlier = earlier.confirmed()
    rows = (
        Result.objects.filter(assessment__in=earlier.order_by())
        .rated()
        .order_by(*reading_order("assessment__"))
        .values_list(
            "node_id",
            "pk",
            "rating",
            "assessment__year",
            "carried_from_id",
            "carried_from__assessment__year",
        )
    )
    known = {}
    found: dict[int, int] = {}
    for node_id, result_id, code, year, source_id, source_year in rows:
        found[result_id] = found.get(source_id, source_year or year)
        known[node_id] = KnownRating(result_id, Rating(code), year, found[result_id])
    return known


def changes_in(assessment: Assessment, tree: Tree) -> list[RatingChange]:
    """The ratings that changed against the last known ones: two queries."""
    known = known_ratings_before(assessment)
    return rating_changes(stored_results(assessment), tree, known)


def carried_in(assessment: Assessment, tree: Tree) -> Carried:
    """The elements that a full assessment carries: two queries, none for other visits."""
    if not assessment.examines_everything:
        return Carried((), frozenset())
    known = known_ratings_before(assessment)
    return carried_elements(stored_results(assessment), tree, known)


def brought_in_nodes(assessment: Assessment) -> set[int]:
    """The nodes whose rating came from a file, which may not say why it changed: one query.

    An import that was undone brought nothing in.
    """
    undone = ImportRun.objects.filter(
        organisation=assessment.organisation_id, state=ImportRun.State.UNDONE
    )
    entries = Event.objects.filter(
        assessment_id=assessment.pk,
        verb=BROUGHT_IN,
        target_type=Result._meta.label_lower,
    ).exclude(batch__in=undone.values("batch"))
    found = entries.order_by().values_list("node_id", flat=True)
    return {node_id for node_id in found if node_id}


def note_found_years(results: Iterable[Result]) -> None:
    """Say of carried results of one node where they come from; their sources are loaded.

    A source that is not among them gives away its year, but not what it says now.
    """
    by_id = {result.pk: result for result in results}
    for result in by_id.values():
        source = result.carried_from
        while source:
            result.found_year = source.assessment.year
            shown = by_id.get(source.pk)
            if shown and shown.rating != result.rating:
                result.differs_from_source = True
            source = shown.carried_from if shown else None


def stored_results(assessment: Assessment) -> list[StoredResult]:
    """The assessment's results for the page of all elements: one query."""
    return [
        StoredResult(*row, examines_everything=assessment.examines_everything)
        for row in assessment.results.order_by("pk").values_list(
            "pk",
            "version",
            "node_id",
            "rating",
            "sampled",
            "applicable",
            "basis",
            "reason",
            "planned_for_sampling",
        )
    ]


def finding_facts(
    assessment: Assessment, *, this_one_only: bool = False
) -> tuple[dict[int, int], dict[int, LastComment]]:
    """By node id: how many findings there are this year, and the newest comment: one query.

    The newest comment may be an earlier year's, unless ``this_one_only``; of several in one
    year it is the first.
    """
    asked = Q(finding_set=assessment.finding_set_id)
    if not this_one_only:
        earlier = Assessment.objects.before(assessment).order_by()
        asked |= Q(finding_set__assessment__in=earlier)
    rows = (
        Finding.objects.filter(asked, withdrawn_at=None, node__isnull=False)
        .order_by(
            *reading_order("finding_set__assessment__"),
            "-order",
            "-pk",
        )
        .values_list(
            "node_id",
            "finding_set_id",
            "finding_set__assessment__year",
            Left("comment", 2 * COMMENT_LENGTH),
        )
    )
    counts: Counter[int] = Counter()
    newest = {}
    for node_id, finding_set_id, year, comment in rows:
        counts[node_id] += finding_set_id == assessment.finding_set_id
        if comment:
            newest[node_id] = (comment, year)
    comments = {
        node_id: LastComment(excerpt(comment, characters=COMMENT_LENGTH), year)
        for node_id, (comment, year) in newest.items()
    }
    return dict(counts), comments


def own_ratings(
    assessment: Assessment, *, confirmed_only: bool = False
) -> dict[int, Rating]:
    """Node id to how the organisation rated itself in the same year: one query.

    What was only carried into it is the assessor's and no rating of its own. Empty for a self-assessment, which is compared with nothing.
    """
    if assessment.kind == Assessment.Kind.SELF:
        return {}
    own = Assessment.objects.filter(
        certification=assessment.certification_id,
        year=assessment.year,
        kind=Assessment.Kind.SELF,
    )
    if confirmed_only:
        own = own.confirmed()
    rows = Result.objects.rated().filter(assessment__in=own)
    rows = rows.exclude(basis=Basis.CARRIED)
    return {
        node_id: Rating(rating)
        for node_id, rating in rows.values_list("node_id", "rating")
    }
