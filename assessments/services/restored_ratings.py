"""Ratings that an import changed and its undo gives their old values back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessments.models import Result
from cse_tracker.accounts.services.events import EventDraft, changes_to

# What each rating said before the import, by the id of its result.
Before = Mapping[int, Mapping[str, Any]]


def before_of(rows: Sequence[Mapping[str, Any]]) -> Before:
    """As the import's trace kept them."""
    return {row["id"]: row["before"] for row in rows}


def hold_sources(before: Before) -> None:
    """Lock the results that the old ratings were carried from, so that none goes meanwhile."""
    sources = Result.objects.filter(pk__in=_sources(before).values()).order_by("pk")
    list(sources.select_for_update(of=("self",)))


def lost_sources(before: Before) -> Iterator[str]:
    """A sentence for each rating that can't be carried again: what it came from is gone."""
    sources = _sources(before)
    kept = Result.objects.in_bulk(list(sources.values()))
    lost = [pk for pk, source in sources.items() if source not in kept]
    for result in Result.objects.filter(pk__in=lost).select_related(
        "node", "assessment"
    ):
        yield f"The rating of {result} was carried from an earlier one that was removed."


def restoring_drafts(before: Before, fields: Sequence[str]) -> Iterator[EventDraft]:
    """What the change log says of giving the old values back; ``fields`` are those it names.

    An import of before may have kept fewer.
    """
    rows = Result.objects.filter(pk__in=before).select_related("node", "assessment")
    for result in rows:
        kept = before[result.pk]
        old = {name: kept[name] for name in fields if name in kept}
        changes = changes_to(result, old)
        yield EventDraft(result, changes, result.assessment_id, result.node_id)


def restore_ratings(before: Before, fields: Sequence[str]) -> None:
    """Give the ratings their old values and sources, under a new version."""
    results = list(Result.objects.filter(pk__in=before).select_for_update(of=("self",)))
    for result in results:
        for name, value in before[result.pk].items():
            setattr(result, name, value)
        result.version += 1
    Result.objects.bulk_update(results, [*fields, "carried_from", "version"])


def _sources(before: Before) -> dict[int, int]:
    """Result id to the result that its earlier rating was carried from."""
    return {
        pk: values["carried_from_id"]
        for pk, values in before.items()
        if values["carried_from_id"]
    }
