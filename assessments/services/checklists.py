"""The dated steps of an assessment's year: ready-made, edited, ticked."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from assessments.models import Assessment, ChecklistItem
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import (
    Changes,
    EventDraft,
    changes_between,
    changes_to,
    record_event,
    record_events,
)
from cse_tracker.accounts.verbs import EDITED, RESTORED_VERSION
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged

# The verbs of the events that raise a step's version.
SAVING_VERBS = frozenset({EDITED, RESTORED_VERSION, "ticked"})

READY_MADE = [
    "Self-assessment sent to the certification body",
    "Evidence submitted",
    "Visit timetable agreed",
    "Draft report checked for accuracy",
    "Report received and attached",
    "Responses agreed with the services",
    "Paper sent to the committee",
    "Committee's decision recorded",
    "Change of scope told to the certification body",
]


@dataclass(frozen=True)
class Step:
    """What people say about one step."""

    text: str
    due_on: date | None = None


@transaction.atomic
def add_ready_made_steps(*, assessment: Assessment, by: User) -> None:
    """Give an assessment the usual steps, undated. Raises RuleBroken when it has some."""
    _lock(assessment)
    if assessment.checklist.exists():
        raise RuleBroken("This assessment has a checklist already.")
    made = ChecklistItem.objects.bulk_create(
        ChecklistItem(
            organisation_id=assessment.organisation_id,
            assessment=assessment,
            order=order,
            text=text,
        )
        for order, text in enumerate(READY_MADE, start=1)
    )
    drafts = [
        EventDraft(item, {"text": ("", item.text)}, assessment_id=assessment.pk)
        for item in made
    ]
    record_events(drafts, by=by, verb="added", organisation=assessment.organisation)


@transaction.atomic
def add_step(*, assessment: Assessment, step: Step, by: User) -> ChecklistItem:
    """Add a step after the others."""
    _lock(assessment)
    last = assessment.checklist.aggregate(last=Max("order"))["last"] or 0
    item = ChecklistItem.objects.create(
        organisation_id=assessment.organisation_id,
        assessment=assessment,
        order=last + 1,
        text=step.text,
        due_on=step.due_on,
    )
    _record(item, "added", changes_between(asdict(Step("")), asdict(step)), by)
    return item


@transaction.atomic
def edit_step(
    *,
    item: ChecklistItem,
    seen_version: int,
    step: Step,
    by: User,
    verb: str = EDITED,
) -> ChecklistItem:
    """Reword a step or move its date. The same again writes nothing.

    ``verb`` is the change log's. Raises Conflict if changed since it was seen, RuleBroken if
    it is gone.
    """
    changes = changes_to(item, asdict(step))
    if not changes:
        return item
    saved = save_if_unchanged(item, seen_version, **asdict(step))
    _record(saved, verb, changes, by)
    return saved


@transaction.atomic
def tick_step(
    *, item: ChecklistItem, seen_version: int, on: date | None, by: User
) -> ChecklistItem:
    """Say on which day a step was done; None takes the tick back.

    Raises Conflict if changed since it was seen, RuleBroken if it is gone.
    """
    saved = save_if_unchanged(
        item, seen_version, done_on=on, done_by=by if on else None
    )
    _record(saved, "ticked", changes_to(item, {"done_on": on}), by)
    return saved


@transaction.atomic
def remove_step(*, item: ChecklistItem, by: User) -> None:
    """Take a step off the list; the change log keeps its words. Once gone, nothing happens."""
    deleted, _ = ChecklistItem.objects.filter(pk=item.pk).delete()
    if deleted:
        _record(item, "removed", {"text": (item.text, "")}, by)


def _lock(assessment: Assessment) -> None:
    """Hold the assessment, so that no two steps take the same place."""
    Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)


def _record(item: ChecklistItem, verb: str, changes: Changes, by: User) -> None:
    record_event(
        by=by,
        verb=verb,
        target=item,
        organisation=item.organisation,
        changes=changes,
        assessment_id=item.assessment_id,
    )
