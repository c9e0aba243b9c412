"""Reading the facts of annexes from the database, and what every paper says of its assessment."""

from collections.abc import Sequence
from typing import Any

from assessments.models import Assessment, Result
from assessments.progression import build_progression
from assessments.readings import year_columns
from assessments.rows import ResultRow
from assessments.standard_tree import tree_for
from assessments.tree import Tree
from reports.annex.facts import AnnexFacts
from reports.models import Paper


def collect_annexes(papers: Sequence[Paper]) -> dict[int, AnnexFacts]:
    """The facts of these annexes of one organisation, by paper id."""
    assessments = {paper.pk: paper.its_assessment for paper in papers}
    facts = collect_many(list(set(assessments.values())))
    return {pk: facts[assessment.pk] for pk, assessment in assessments.items()}


def collect_many(assessments: Sequence[Assessment]) -> dict[int, AnnexFacts]:
    """Facts of annexes about several assessments of one organisation, by assessment id.

    The number of queries doesn't grow with the assessments.
    """
    if not assessments:
        return {}
    organisation = assessments[0].organisation
    record = list(Assessment.objects.of(organisation))
    columns = {each.pk: _columns(each, record) for each in assessments}
    wanted = {column.pk for years in columns.values() for column in years}
    rows = Result.objects.filter(assessment__in=wanted).as_rows()
    standards = {each.certification.standard for each in assessments}
    trees = {standard.pk: tree_for(organisation, standard) for standard in standards}
    return {
        each.pk: _facts(
            each, columns[each.pk], trees[each.certification.standard_id], rows
        )
        for each in assessments
    }


def assessment_facts(assessment: Assessment) -> dict[str, Any]:
    """What every paper says about its assessment, by the names of ``AssessmentFacts``."""
    certification = assessment.certification
    return {
        "organisation": assessment.organisation.name,
        "standard": certification.standard.name,
        "scope": certification.scope,
        "certification_body": certification.certification_body,
        "assessment": str(assessment),
        "visit_code": assessment.visit_code,
        "visit_starts_on": assessment.visit_starts_on,
        "visit_ends_on": assessment.visit_ends_on,
        "outcome": assessment.outcome,
        "is_confirmed": not assessment.is_open,
        "language": assessment.organisation.language,
    }


def _columns(assessment: Assessment, record: Sequence[Assessment]) -> list[Assessment]:
    """The confirmed years before it, oldest first, and itself."""
    earlier = [
        other
        for other in record
        if other.certification_id == assessment.certification_id
        and other.kind != Assessment.Kind.SELF
        and not other.is_open
        and other.place < assessment.place
    ]
    return [*earlier, assessment]


def _facts(
    assessment: Assessment,
    columns: Sequence[Assessment],
    tree: Tree,
    rows: Sequence[ResultRow],
) -> AnnexFacts:
    wanted = {column.pk for column in columns}
    return AnnexFacts(
        **assessment_facts(assessment),
        progression=build_progression(
            tree,
            year_columns(columns),
            [row for row in rows if row.assessment_id in wanted],
        ),
    )
