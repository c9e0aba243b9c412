"""What one person may see of an organisation's past: its rated assessments, by certification."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from assessments.access import visible_assessments
from assessments.models import Assessment, Certification, Result
from assessments.progression import Progression, build_progression
from assessments.readings import year_columns
from assessments.rows import ResultRow
from assessments.standard_tree import tree_for
from assessments.tree import Tree
from cse_tracker.accounts.models import Membership

# What columns and their addresses need; an assessment's narratives can be long.
FIELDS = [
    *("organisation_id", "slug", "year", "kind", "visit_code", "state"),
    *("certification__scope", "certification__standard__revision"),
]


@dataclass(frozen=True)
class Record:
    """Assessments of one certification with at least one rating, oldest first, and their results.

    Self-assessments are not among them.
    """

    membership: Membership
    certifications: Sequence[Certification]
    assessments: Sequence[Assessment]
    rows: Sequence[ResultRow]

    @classmethod
    def of(cls, membership: Membership, chosen: str = "") -> Self:
        """The record that this member may see: two queries.

        ``chosen`` is a certification's id as text; any other text means the first.
        """
        visible = _visible_assessments(membership)
        by_id = {each.certification_id: each.certification for each in visible}
        certifications = [by_id[key] for key in sorted(by_id)]
        chosen_ids = [key for key in by_id if str(key) == chosen] or sorted(by_id)[:1]
        asked = [each for each in visible if each.certification_id in chosen_ids]
        rows = Result.objects.filter(assessment__in=[e.pk for e in asked]).as_rows()
        # Told from the rows, because asking the database costs more than the whole loop.
        rated = {row.assessment_id for row in rows if row.rating}
        assessments = [each for each in asked if each.pk in rated]
        return cls(membership, certifications, assessments, rows)

    @property
    def certification(self) -> Certification:
        """The one whose assessments these are. There must be one."""
        return self.assessments[-1].certification

    @cached_property
    def tree(self) -> Tree:
        """The standard with the organisation's sub-elements: one query."""
        organisation = self.membership.organisation
        return tree_for(organisation, self.certification.standard)

    def progression(self) -> Progression:
        """All years side by side."""
        return build_progression(self.tree, year_columns(self.assessments), self.rows)


def _visible_assessments(membership: Membership) -> list[Assessment]:
    found = visible_assessments(membership).by_assessor().select_related(None)
    listed = list(found.select_related("certification__standard").only(*FIELDS))
    for assessment in listed:
        # Known already; reading it again with each row would cost a tenth of the page.
        assessment.organisation = membership.organisation
    return listed
