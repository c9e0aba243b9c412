"""Five years of ratings: what each visit sampled and changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from assessments.due_dates import months_after
from assessments.models import Assessment, Certification
from assessments.ratings import Rating
from assessments.readings import stored_results
from assessments.sampling import propose_sample
from assessments.sampling_page import proposed_ids
from assessments.sampling_readings import sampling_facts
from assessments.services.assessments import confirm_assessment, start_assessment
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.sampling import plan_sampling
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import User


@dataclass(frozen=True)
class SampleVisit:
    """One assessment. ``years_ago`` counts from the last visit."""

    years_ago: int
    kind: Assessment.Kind
    visit_code: str
    changes: Mapping[str, str]
    # Refs with a mark, separated by blanks.
    sampled: str = ""
    # Element to the clauses it is split into.
    splits: Mapping[str, list[str]] = field(default_factory=dict)
    is_confirmed: bool = True


SPLITS = {
    "1.3.4": [
        "Our targets for satisfaction stretch us",
        "Satisfaction is rising from year to year",
    ],
    "4.1.2": [
        "We check results against our standards and meet them",
        "We tell customers how we are doing",
    ],
    "5.3.2": [
        "We keep to our standards for speed",
        "We keep to our standards for quality",
    ],
}

VISITS = [
    SampleVisit(
        4,
        Assessment.Kind.INITIAL,
        "",
        {
            **dict.fromkeys(
                ["1.3.3", "1.3.4", "2.1.4", "2.2.2", "4.1.2", "5.2.3", "5.3.2"], "PC"
            ),
            "4.3.6": "NC",
            "1.3.4.1": "C",
            "1.3.4.2": "PC",
            "4.1.2.1": "PC",
            "4.1.2.2": "PC",
            "5.3.2.1": "PC",
            "5.3.2.2": "C",
        },
        splits=SPLITS,
    ),
    SampleVisit(
        3,
        Assessment.Kind.REVIEW,
        "Y1",
        {
            "1.1.1": "CP",
            "1.3.3": "C",
            "2.2.2": "C",
            "3.4.1": "CP",
            "4.3.6": "PC",
            "5.2.3": "C",
            "4.1.2.2": "C",
        },
        (
            "1.1.1 1.2.1 1.3.1 1.3.3 1.3.4 2.1.1 2.1.4 2.2.2 3.1.1 3.2.1 3.4.1 4.1.1 4.1.2 "
            "4.1.2.1 4.1.2.2 4.2.1 4.3.1 4.3.6 5.1.1 5.2.3 5.3.2 5.3.2.1"
        ),
    ),
    SampleVisit(
        2,
        Assessment.Kind.REVIEW,
        "Y2",
        {
            "1.1.2": "CP",
            "1.3.4": "C",
            "1.3.4.2": "C",
            "2.1.2": "CP",
            "4.3.6": "C",
            "4.2.4": "CP",
        },
        (
            "1.1.2 1.2.2 1.3.2 1.3.4 1.3.4.2 2.1.2 2.1.4 2.1.6 2.2.3 2.2.5 3.1.2 3.2.2 3.3.2 "
            "3.4.2 4.1.2 4.1.2.1 4.2.4 4.3.2 4.3.6 5.2.1 5.3.2 5.3.2.1"
        ),
    ),
    SampleVisit(
        1,
        Assessment.Kind.FULL,
        "",
        {
            "1.2.1": "CP",
            "2.2.4": "CP",
            "3.3.2": "PC",
            "3.4.1": "C",
            "5.3.2": "C",
            "5.3.2.1": "C",
        },
    ),
    SampleVisit(
        0,
        Assessment.Kind.REVIEW,
        "Y1",
        {"1.3.5": "CP", "2.1.4": "C", "4.1.1": "CP", "5.2.4": "PC"},
        "1.1.3 1.2.3 1.3.5 2.1.3 2.1.4 2.2.1 3.2.4 3.3.2 4.1.1 4.1.2 5.2.4",
        is_confirmed=False,
    ),
]

NEIGHBOUR_VISITS = [
    SampleVisit(
        1, Assessment.Kind.INITIAL, "", dict.fromkeys(["1.3.2", "3.3.1", "4.2.3"], "PC")
    ),
]


def visit_day(today: date, *, years_ago: int) -> date:
    """When the visit began: the last one three weeks ago, the others in its month."""
    return months_after(today - timedelta(weeks=3), -12 * years_ago)


def enter_visit(
    certification: Certification, visit: SampleVisit, *, today: date, by: User
) -> Assessment:
    """Make one assessment and rate what it examined."""
    day = visit_day(today, years_ago=visit.years_ago)
    assessment = start_assessment(
        certification=certification,
        year=day.year,
        kind=visit.kind.value,
        carry_forward=visit.kind is not Assessment.Kind.INITIAL,
        details={
            "visit_code": visit.visit_code,
            "visit_starts_on": day,
            "visit_ends_on": day + timedelta(days=1),
            "assessors": "J Merriday",
        },
        by=by,
    )
    if not visit.is_confirmed:
        _plan_sample(assessment, by)
    _split(assessment, visit, by)
    _rate(assessment, visit, by)
    return assessment


def confirm_visit(assessment: Assessment, *, approver: User) -> None:
    """Confirm a past assessment, six weeks after the visit."""
    assessment.refresh_from_db()
    visited_on = assessment.visit_starts_on or date(assessment.year, 12, 31)
    confirm_assessment(
        assessment=assessment,
        seen_version=assessment.version,
        now=datetime.combine(visited_on + timedelta(weeks=6), time(10), UTC),
        by=approver,
    )


def _plan_sample(assessment: Assessment, by: User) -> None:
    """Plan what is proposed, before the visit."""
    tree = tree_for(assessment.organisation, assessment.certification.standard)
    plan = propose_sample(*sampling_facts(assessment, tree))
    planned = proposed_ids(stored_results(assessment), plan)
    plan_sampling(assessment=assessment, seen=[], planned=planned, by=by)


def _split(assessment: Assessment, visit: SampleVisit, by: User) -> None:
    tree = tree_for(assessment.organisation, assessment.certification.standard)
    for ref, clauses in visit.splits.items():
        for clause in clauses:
            add_sub_element(
                assessment=assessment, parent=tree.by_ref[ref], statement=clause, by=by
            )


def _rate(assessment: Assessment, visit: SampleVisit, by: User) -> None:
    sampled = set(visit.sampled.split())
    entries = []
    for result in assessment.results.select_related("node"):
        ref = result.node.ref
        code = visit.changes.get(ref, result.rating or "C")
        if assessment.examines_everything or ref in sampled:
            is_sampled = not assessment.examines_everything
            entries.append(
                RatingEntry(result.pk, result.version, Rating(code), is_sampled)
            )
    rate_nodes(assessment=assessment, entries=entries, by=by)
