"""Reading the record for appendices from the database. Nothing else of theirs queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from actions.models import Action
from actions.readings import actions_by_finding
from assessments.finding_readings import in_order
from assessments.models import Assessment, Finding, Result
from assessments.ratings import Basis, Rating
from assessments.rows import ResultRow
from assessments.standard_tree import tree_for
from assessments.tree import Tree
from cse_tracker.accounts.models import Organisation
from reports.models import Paper


@dataclass(frozen=True)
class Record:
    """What was read for all of the papers."""

    trees: dict[int, Tree]
    rows: dict[int, list[ResultRow]]
    # By set of findings, in the order of the standard.
    findings: dict[int, list[Finding]]
    actions: dict[int, list[Action]]
    # Oldest first.
    assessments: list[Assessment]


def read_record(organisation: Organisation, papers: Sequence[Paper]) -> Record:
    """All that these papers of one organisation need: as many queries for one as for many."""
    assessments = [paper.its_assessment for paper in papers]
    wanted = {assessment.pk for assessment in assessments}
    standards = {each.certification.standard for each in assessments}
    rows: dict[int, list[ResultRow]] = {pk: [] for pk in wanted}
    for row in Result.objects.filter(assessment__in=wanted).as_rows():
        rows[row.assessment_id].append(row)
    findings: dict[int, list[Finding]] = {}
    standing = Finding.objects.standing().filter(organisation=organisation)
    if not any(map(is_carried_partial, chain.from_iterable(rows.values()))):
        sets = [assessment.finding_set_id for assessment in assessments]
        standing = standing.filter(finding_set__in=sets)
    for finding in in_order(standing.with_responses()):
        findings.setdefault(finding.finding_set_id, []).append(finding)
    ids = [each.pk for listed in findings.values() for each in listed]
    return Record(
        trees={each.pk: tree_for(organisation, each) for each in standards},
        rows=rows,
        findings=findings,
        actions=actions_by_finding(ids, organisation),
        assessments=list(Assessment.objects.of(organisation).in_order()),
    )


def is_carried_partial(row: ResultRow) -> bool:
    """Whether the reason may stand in an earlier assessment."""
    is_carried = row.basis == Basis.CARRIED.value
    return is_carried and bool(row.rating) and Rating(row.rating).must_be_put_right()
