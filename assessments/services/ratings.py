"""Entering ratings: one element or many, together or not at all."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from assessments.entering import KnownRating, basis_of, needs_reason
from assessments.models import Assessment, Result
from assessments.ratings import Basis, Rating
from assessments.readings import known_ratings_before
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import (
    EventDraft,
    changes_to,
    record_event,
    record_events,
)
from cse_tracker.accounts.verbs import RESTORED_VERSION
from cse_tracker.core.errors import Clash, Conflict, RuleBroken
from cse_tracker.core.locking import lock_unchanged

RATED = "rated"
# The verbs of the events that raise a result's version; the last two are an import's.
SAVING_VERBS = frozenset(
    {RATED, RESTORED_VERSION, "set applicability", "brought in", "undone"}
)
WRITTEN_FIELDS = ["rating", "sampled", "basis", "carried_from", "reason", "version"]


@dataclass(frozen=True, slots=True)
class RatingEntry:
    """What somebody entered for one result they saw in ``seen_version``."""

    result_id: int
    seen_version: int
    rating: Rating | None
    sampled: bool
    reason: str = ""
    # At a visit that examines all: nobody assessed it, it is carried (again).
    stays_carried: bool = False

    def as_values(self) -> dict[str, Any]:
        return {
            "rating": self.rating.value if self.rating else "",
            "sampled": self.sampled,
            "reason": self.reason,
        }


class RowsRefused(RuleBroken):
    """A rule stands in the way of some rows. ``result_ids`` names them."""

    def __init__(self, results: Sequence[Result], what: str) -> None:
        self.result_ids = [result.pk for result in results]
        listed = ", ".join(result.node.ref for result in results)
        super().__init__(f"{listed}{what}")


class ReasonsMissing(RowsRefused):
    """Ratings changed without a sample and without saying why."""

    def __init__(self, results: Sequence[Result]) -> None:
        super().__init__(
            results,
            ": the rating changed though it was not sampled. "
            "Mark it as sampled or give a reason.",
        )


@transaction.atomic
def rate_nodes(
    *,
    assessment: Assessment,
    entries: Sequence[RatingEntry],
    by: User,
    verb: str = RATED,
    batch: uuid.UUID | None = None,
) -> list[Result]:
    """Enter ratings of one assessment; all or none. Unchanged entries write nothing.

    ``verb`` is the change log's; ``batch`` ties its entries to those of an import. Raises
    RuleBroken if the assessment is confirmed or an entry breaks a rule, ReasonsMissing for
    unsampled changes without a reason, Conflict naming every row changed since it was seen.
    """
    assessment = Assessment.objects.select_for_update(of=("self",)).get(
        pk=assessment.pk
    )
    assessment.check_open()
    wanted = {entry.result_id: entry for entry in entries}
    known = known_ratings_before(assessment)
    results = _lock(assessment, wanted)
    wanted = {
        result.pk: _without_spent_reason(wanted[result.pk], known.get(result.node_id))
        for result in results
    }
    changed = [
        result
        for result in results
        if _differs(result, wanted[result.pk])
        or _is_carried_otherwise(
            result, wanted[result.pk], assessment, known.get(result.node_id)
        )
    ]
    _check_rules(assessment, changed, wanted, known)
    drafts = [
        _apply(result, wanted[result.pk], assessment, known.get(result.node_id))
        for result in changed
    ]
    Result.objects.bulk_update(changed, WRITTEN_FIELDS)
    record_events(
        drafts,
        by=by,
        verb=verb,
        organisation=assessment.organisation,
        batch=batch,
    )
    if changed:
        _start(assessment, by)
    return changed


def rate_each(
    *, assessment: Assessment, entries: Sequence[RatingEntry], by: User
) -> dict[int, RowsRefused | Conflict]:
    """Enter what can be entered; result id to what stopped each of the others.

    An entry whose values stand there already counts as entered, so that sending it again after
    an answer was lost is safe. Raises RuleBroken if the assessment is confirmed.
    """
    waiting = {entry.result_id: entry for entry in entries}
    refused: dict[int, RowsRefused | Conflict] = {}
    while waiting:
        try:
            rate_nodes(assessment=assessment, entries=list(waiting.values()), by=by)
        except RowsRefused as refusal:
            refused |= dict.fromkeys(refusal.result_ids, refusal)
            stopped = refusal.result_ids
        except Conflict as conflict:
            clashes = {clash.current.pk: clash for clash in conflict.clashes}
            refused |= {
                result_id: Conflict([clash])
                for result_id, clash in clashes.items()
                if not _stands_already(clash)
            }
            stopped = list(clashes)
        else:
            break
        waiting = {key: entry for key, entry in waiting.items() if key not in stopped}
    return refused


def _lock(assessment: Assessment, wanted: Mapping[int, RatingEntry]) -> list[Result]:
    """The results that these entries are for, locked. Raises Conflict as rating does."""
    return lock_unchanged(
        assessment.results.select_related("node"),
        {key: entry.seen_version for key, entry in wanted.items()},
        {key: entry.as_values() for key, entry in wanted.items()},
    )


def _without_spent_reason(entry: RatingEntry, known: KnownRating | None) -> RatingEntry:
    """A rating that is the last known one has no change to give a reason for."""
    repeats = known and known.rating is entry.rating
    return replace(entry, reason="") if repeats else entry


def _stands_already(clash: Clash) -> bool:
    return all(
        getattr(clash.current, name) == value for name, value in clash.attempted.items()
    )


def _differs(result: Result, entry: RatingEntry) -> bool:
    return any(
        getattr(result, name) != value for name, value in entry.as_values().items()
    )


def _is_carried_otherwise(
    result: Result,
    entry: RatingEntry,
    assessment: Assessment,
    known: KnownRating | None,
) -> bool:
    """Whether a visit that examines all now assesses what was carried, or the reverse."""
    basis = _basis_of(entry, assessment, known)
    return assessment.examines_everything and (
        (result.basis == Basis.CARRIED) is not (basis is Basis.CARRIED)
    )


def _basis_of(
    entry: RatingEntry, assessment: Assessment, known: KnownRating | None
) -> Basis:
    return basis_of(
        entry.rating,
        sampled=entry.sampled,
        examines_everything=assessment.examines_everything,
        known=known,
        stays_carried=entry.stays_carried,
    )


def _check_rules(
    assessment: Assessment,
    changed: Sequence[Result],
    wanted: Mapping[int, RatingEntry],
    known: Mapping[int, KnownRating],
) -> None:
    barred = [result for result in changed if not result.applicable]
    if barred:
        raise RowsRefused(barred, " does not apply to this organisation.")
    missing = [
        result
        for result in changed
        if not wanted[result.pk].reason
        and needs_reason(
            wanted[result.pk].rating,
            sampled=wanted[result.pk].sampled,
            examines_everything=assessment.examines_everything,
            known=known.get(result.node_id),
        )
    ]
    if missing:
        raise ReasonsMissing(missing)


def _apply(
    result: Result,
    entry: RatingEntry,
    assessment: Assessment,
    known: KnownRating | None,
) -> EventDraft:
    """Put the entry on the row, unsaved, and say what that changed."""
    basis = _basis_of(entry, assessment, known)
    values = entry.as_values() | {"basis": basis.value}
    changes = changes_to(result, values)
    for name, value in values.items():
        setattr(result, name, value)
    result.carried_from_id = (
        known.result_id if known and basis is Basis.CARRIED else None
    )
    result.version += 1
    return EventDraft(
        result, changes, assessment_id=assessment.pk, node_id=result.node_id
    )


def _start(assessment: Assessment, by: User) -> None:
    """The first rating takes a planned assessment, locked by the caller, into progress.

    No version rises: a page that is open while its ratings save themselves stays current.
    """
    if assessment.state != Assessment.State.PLANNED:
        return
    started = Assessment.State.IN_PROGRESS
    Assessment.objects.filter(pk=assessment.pk).update(state=started)
    record_event(
        by=by,
        verb="began",
        target=assessment,
        organisation=assessment.organisation,
        changes={"state": (assessment.state, started.value)},
        assessment_id=assessment.pk,
    )
