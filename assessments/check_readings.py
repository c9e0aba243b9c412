"""The record of a certification as checks take it: few queries for any number of rows."""

from collections.abc import Sequence
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from assessments.checks.facts import Point, RecordFacts, Said, YearFacts
from assessments.checks.telling import Acceptance, AcceptanceKey
from assessments.models import Assessment, Finding, FindingResponse, Result
from assessments.models.assessment import AssessmentQuerySet
from assessments.ratings import Rating
from assessments.tree import Tree

Points = dict[int, dict[str, list[Point]]]


def record_facts(
    assessment: Assessment,
    tree: Tree,
    *,
    acted_on: Exists,
    today: date,
    is_closing: bool = False,
) -> RecordFacts:
    """The assessment among all of its certification, with their findings: three queries.

    ``acted_on`` says of a finding whether an action answers it. A self-assessment stands alone.
    ``is_closing`` takes the assessment as if it were confirmed already.
    """
    # A self-assessment owes no comment of an assessor.
    is_own = assessment.kind == Assessment.Kind.SELF
    assessments = list(_together_with(assessment))
    points = _points(assessments, tree, acted_on)
    results = _results(assessments, tree)
    years = [
        YearFacts(
            key=each.pk,
            year=each.year,
            results=results.get(each.pk, {}),
            points=points.get(each.finding_set_id, {}) if not is_own else None,
            examines_everything=each.examines_everything,
            is_follow_up=each.kind == Assessment.Kind.FOLLOW_UP,
            is_open=each.is_open and not (is_closing and each.pk == assessment.pk),
            is_handed_over=each.state == Assessment.State.WITH_APPROVER,
            visit_starts_on=each.visit_starts_on,
        )
        for each in assessments
    ]
    return RecordFacts(tree, years, today, assessment.certification.cycle_rules)


def acceptances_of(
    assessment: Assessment, tree: Tree
) -> dict[AcceptanceKey, Acceptance]:
    """What was said of the assessment's flags, by where it was said: one query."""
    rows = assessment.check_acceptances.select_related("accepted_by")
    return {
        (
            assessment.pk,
            tree.by_id[row.node_id].ref if row.node_id else "",
            row.check_number,
        ): Acceptance(
            row.pk,
            row.fingerprint,
            row.reason,
            str(row.accepted_by),
            row.accepted_at,
        )
        for row in rows
    }


def _together_with(assessment: Assessment) -> AssessmentQuerySet:
    """Oldest first, without their narratives, which can be long."""
    assessments = Assessment.objects.only(
        "year", "kind", "state", "visit_starts_on", "finding_set_id"
    )
    if assessment.kind == Assessment.Kind.SELF:
        return assessments.filter(pk=assessment.pk)
    of_certification = assessments.filter(certification=assessment.certification_id)
    return of_certification.by_assessor().in_order()


def _results(
    assessments: Sequence[Assessment], tree: Tree
) -> dict[int, dict[str, Said]]:
    """Assessment to ref to what was said there."""
    rows = Result.objects.filter(
        assessment__in=[each.pk for each in assessments]
    ).values_list(
        "assessment_id",
        "node_id",
        "rating",
        "sampled",
        "applicable",
        "planned_for_sampling",
        "reason",
        "carried_from__assessment__year",
        "carried_from__rating",
    )
    found: dict[int, dict[str, Said]] = {}
    for pk, node_id, code, sampled, applicable, planned, reason, source, was in rows:
        found.setdefault(pk, {})[tree.by_id[node_id].ref] = Said(
            rating=Rating(code) if code else None,
            sampled=sampled,
            applicable=applicable,
            planned=planned,
            has_reason=bool(reason),
            source_year=source,
            source_rating=Rating(was) if was else None,
        )
    return found


def _points(assessments: Sequence[Assessment], tree: Tree, acted_on: Exists) -> Points:
    """Finding set to ref to what was raised there."""
    responses = FindingResponse.objects.filter(
        finding=OuterRef("pk"), response__withdrawn_at=None
    )
    is_declined = Q(decision=Finding.Decision.NO_ACTION)
    rows = (
        Finding.objects.standing()
        .filter(
            node__isnull=False,
            finding_set__in=[each.finding_set_id for each in assessments],
        )
        .annotate(
            is_answered=ExpressionWrapper(
                Exists(responses) | acted_on | is_declined,
                output_field=BooleanField(),
            )
        )
        .order_by()
        .values_list("finding_set_id", "node_id", "kind", "is_answered")
    )
    found: Points = {}
    for finding_set, node_id, kind, is_answered in rows:
        point = Point(kind == Finding.Kind.COMPLIANCE, bool(is_answered))
        ref = tree.by_id[node_id].ref
        found.setdefault(finding_set, {}).setdefault(ref, []).append(point)
    return found
