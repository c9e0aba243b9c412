"""The page of all elements: its rows with every app's facts, and the words beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from actions.follow_ups import StillOpen, still_open_by_node
from assessments.advice import Advice, advise
from assessments.checks.telling import Told, open_counts_by_ref
from assessments.counts import RatingCounts
from assessments.grid import (
    FollowingAction,
    GridRow,
    GridSection,
    RowFacts,
    lay_out,
)
from assessments.models import Assessment
from assessments.ratings import Rating
from assessments.readings import (
    finding_facts,
    known_ratings_before,
    own_ratings,
    stored_results,
)
from assessments.services.ratings import ReasonsMissing, RowsRefused
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict
from cse_tracker.core.forms import Problem
from cse_tracker.overview.checking import collect_told
from evidence.readings import evidence_counts


@dataclass(frozen=True)
class GridContent:
    """The rows of one assessment below their headings, and what checks found in it."""

    sections: list[GridSection]
    # Nothing for who has no part in the work.
    told: list[Told]
    # How many open actions of earlier assessments go on; also those about no element.
    following_count: int = 0

    @cached_property
    def rows(self) -> dict[int, GridRow]:
        """Result id to its row."""
        return {
            row.result.id: row
            for section in self.sections
            for row in section.all_rows()
        }


def collect_grid(
    membership: Membership, assessment: Assessment, *, today: date
) -> GridContent:
    """All rows with what stands beside them, as far as this member may see it."""
    sees_findings = membership.may(Permission.READ_FINDINGS)
    # Of other years, who has no part in the work knows what was confirmed.
    is_outside = not membership.may(Permission.READ)
    finding_counts, comments = finding_facts(assessment, this_one_only=is_outside)
    own = own_ratings(assessment, confirmed_only=is_outside) if sees_findings else {}
    going_on = {} if is_outside else still_open_by_node(assessment)
    facts = RowFacts(
        known=known_ratings_before(assessment, confirmed_only=is_outside),
        finding_counts=finding_counts,
        comments=comments if sees_findings else {},
        evidence_counts=evidence_counts(assessment) if sees_findings else {},
        own=own,
        following=_following(going_on),
    )
    actions = {each.action for found in going_on.values() for each in found}
    content = _laid_out(membership, assessment, facts, today)
    return replace(content, following_count=len(actions))


def collect_rated_grid(
    membership: Membership, assessment: Assessment, *, today: date
) -> GridContent:
    """All rows with what saving a rating touches, and nothing else: seven queries at most."""
    is_outside = not membership.may(Permission.READ)
    known = known_ratings_before(assessment, confirmed_only=is_outside)
    return _laid_out(membership, assessment, RowFacts(known=known), today)


def advice_for(
    membership: Membership, assessment: Assessment, sections: Iterable[GridSection]
) -> Advice | None:
    """How many more elements could slip, for the organisation's own people.

    An assessor rates without it, and an organisation's own ratings decide nothing.
    """
    is_own = membership.may(Permission.READ_ISSUED)
    if not is_own or assessment.kind == Assessment.Kind.SELF:
        return None
    criteria = {section.node.ref: section.counts for section in sections}
    whole = sum(criteria.values(), RatingCounts())
    return advise(whole, assessment.certification.thresholds, criteria)


def explain_refusals(
    rows: Mapping[int, GridRow], refusals: Mapping[int, RowsRefused | Conflict]
) -> list[Problem]:
    """Say at each refused row what stopped it; the rows show what the person entered."""
    return [
        _explain(rows[result_id], refusal)
        for result_id, refusal in refusals.items()
        if result_id in rows
    ]


def values_in_words(rating: str, *, sampled: bool, reason: str = "") -> str:
    """``Compliance Plus, sampled`` and its like."""
    words = Rating(rating).label if rating else "no rating"
    words = f"{words}, sampled" if sampled else words
    return f"{words} (“{reason}”)" if reason else words


def _following(
    going_on: Mapping[int | None, list[StillOpen]],
) -> dict[int, list[FollowingAction]]:
    """The open actions of earlier assessments as rows show them, by node id."""
    return {
        node_id: [
            FollowingAction(
                f"Action {each.action.number}",
                each.action.get_absolute_url(),
                each.words,
            )
            for each in found
        ]
        for node_id, found in going_on.items()
        if node_id is not None
    }


def _laid_out(
    membership: Membership, assessment: Assessment, facts: RowFacts, today: date
) -> GridContent:
    tree = tree_for(assessment.organisation, assessment.certification.standard)
    sees_work = membership.may(Permission.READ)
    content = GridContent(
        sections=lay_out(tree, stored_results(assessment), facts),
        told=collect_told(assessment, today=today, tree=tree) if sees_work else [],
    )
    counts = open_counts_by_ref(content.told)
    for row in content.rows.values():
        row.check_count = counts.get(row.node.ref, 0)
    return content


def _explain(row: GridRow, refusal: RowsRefused | Conflict) -> Problem:
    if isinstance(refusal, ReasonsMissing):
        return _ask_for_reason(row)
    if isinstance(refusal, Conflict):
        return _explain_clash(row)
    row.error = f"{row.node.ref} does not apply to this organisation any more."
    return Problem(row.error, f"row-{row.node.ref}")


def _explain_clash(row: GridRow) -> Problem:
    stored = row.result
    row.theirs = values_in_words(
        stored.rating, sampled=stored.sampled, reason=stored.reason
    )
    mine = values_in_words(row.rating, sampled=row.sampled, reason=row.reason)
    row.error = (
        f"Someone saved {row.theirs} for {row.node.ref} after you opened this page. "
        f"You chose {mine}."
    )
    return Problem(row.error, f"id_rating-{row.result.id}")


def _ask_for_reason(row: GridRow) -> Problem:
    known = row.known
    was = f"was {known.rating.label} in {known.year}" if known else "had another rating"
    row.error = (
        f"{row.node.ref} {was} and is not marked as sampled. "
        "Mark it as sampled or give the reason for the change."
    )
    return Problem(row.error, f"id_reason-{row.result.id}")
