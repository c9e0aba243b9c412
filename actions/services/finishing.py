"""Saying that an action is done, and closing, declining and reopening it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from actions.closing import Closing, closing_rule
from actions.models import Action, ActionEvidence, ActionNote
from actions.models.note import WITHOUT_WORDS
from actions.readings import approvers_of
from actions.services.events import record_action_event
from actions.services.notes import add_note
from actions.services.telling import tell_of_claim, tell_of_decision
from actions.services.updating import check_not_withdrawn, how_it_stands
from cse_tracker.accounts.models import User
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged
from evidence.models import EvidenceItem

Status = Action.Status
UNFINISHED = [*Status.in_progress(), Status.DONE.value]
REOPENABLE = [Status.DONE.value, *Status.finished()]


@dataclass(frozen=True)
class Move:
    """From which statuses to which, what the log calls it and how its note is marked."""

    sources: Sequence[str]
    target: Action.Status
    verb: str
    kind: ActionNote.Kind
    # Where "{stands}" is, it says how the action stands.
    refusal: str

    def fits(self, action: Action) -> bool:
        """Whether the action stands where this move begins."""
        return action.withdrawn_at is None and action.status in self.sources

    def check_fits(self, action: Action) -> None:
        """Raise RuleBroken, in words, where it does not."""
        check_not_withdrawn(action)
        if action.status not in self.sources:
            raise RuleBroken(self.refusal.format(stands=how_it_stands(action)))


CLAIM = Move(
    Status.in_progress(),
    Status.DONE,
    "said to be done",
    ActionNote.Kind.CLAIMED,
    "{stands}",
)
CLOSE = Move(
    [Status.DONE.value],
    Status.CLOSED,
    "closed",
    ActionNote.Kind.CLOSED,
    "Only an action that somebody said is done can be closed.",
)
DECLINE = Move(
    UNFINISHED,
    Status.DECLINED,
    "declined",
    ActionNote.Kind.DECLINED,
    "{stands} Reopen it first.",
)
REOPEN = Move(
    REOPENABLE,
    Status.ON_TRACK,
    "reopened",
    ActionNote.Kind.REOPENED,
    "This action is open.",
)
SEND_BACK = replace(REOPEN, sources=[Status.DONE.value], verb="sent back")


@transaction.atomic
def claim_done(
    *,
    action: Action,
    seen_version: int,
    words: str,
    evidence: Sequence[EvidenceItem],
    now: datetime,
    by: User,
) -> Action:
    """Say that an action is done, and what shows it; somebody else closes it.

    Raises RuleBroken without words, without any evidence or for an action that is not in
    progress; Conflict if somebody changed it since.
    """
    for item in evidence:
        if item.withdrawn_at is not None:
            raise RuleBroken(f"Evidence {item.number} was withdrawn. Choose another.")
        ActionEvidence.objects.get_or_create(
            organisation_id=action.organisation_id, action=action, item=item
        )
    if not EvidenceItem.objects.current().filter(actions=action).exists():
        raise RuleBroken("Choose or add the evidence that shows that this is done.")
    saved = _move(
        CLAIM,
        action,
        seen_version,
        words,
        now=now,
        by=by,
        claimed_at=now,
        claimed_by=by,
    )
    tell_of_claim(saved, words=words, now=now, by=by)
    return saved


def how_to_close(action: Action, *, by: User) -> tuple[Closing, list[str]]:
    """What the rule of the second person asks of ``by``, and who else may close: one query."""
    approvers = approvers_of(action.organisation)
    claimed_by = action.claimed_by_id
    rule = closing_rule(closer=by.pk, claimed_by=claimed_by, approvers=approvers)
    return rule, [name for pk, name in approvers.items() if pk != claimed_by]


@transaction.atomic
def close_action(
    *, action: Action, seen_version: int, words: str = "", now: datetime, by: User
) -> Action:
    """Accept that an action is done. Ratings stay as they are.

    Takes somebody who may approve and did not claim it; where there is nobody, ``words`` say
    why the rule is broken. Raises RuleBroken otherwise, Conflict if somebody changed it since.
    """
    rule, others = how_to_close(action, by=by)
    if rule is Closing.SOMEBODY_ELSE:
        raise RuleBroken(
            f"Somebody else who may approve closes this: {', '.join(others)}."
        )
    if rule is Closing.WITH_REASON and not words.strip():
        raise RuleBroken("Nobody else may approve, so say why you close it yourself.")
    said = words.strip() or WITHOUT_WORDS
    saved = _move(CLOSE, action, seen_version, said, now=now, by=by, finished_at=now)
    tell_of_decision(saved, "was closed", before=action, words=words, now=now, by=by)
    return saved


@transaction.atomic
def decline_action(
    *, action: Action, seen_version: int, words: str, now: datetime, by: User
) -> Action:
    """Decide not to do it after all, and say why.

    Raises RuleBroken without a reason or once it is finished, Conflict if somebody changed it
    since.
    """
    saved = _move(DECLINE, action, seen_version, words, now=now, by=by, finished_at=now)
    tell_of_decision(saved, "was declined", before=action, words=words, now=now, by=by)
    return saved


@transaction.atomic
def reopen_action(
    *,
    action: Action,
    seen_version: int,
    words: str,
    status: Action.Status = Status.ON_TRACK,
    now: datetime,
    by: User,
) -> Action:
    """Send back what was said to be done, or take up again what was finished, and say why.

    Its evidence stays; ``status`` is one in progress. Raises RuleBroken without a reason or
    while it is open, Conflict if somebody changed it since.
    """
    if status not in Status.in_progress():
        raise RuleBroken("Choose how it stands: not started, on track or at risk.")
    is_claimed = action.status == Status.DONE
    saved = _move(
        replace(SEND_BACK if is_claimed else REOPEN, target=status),
        action,
        seen_version,
        words,
        now=now,
        by=by,
        claimed_at=None,
        claimed_by=None,
        finished_at=None,
    )
    became = "was sent back" if is_claimed else "is open again"
    tell_of_decision(saved, became, before=action, words=words, now=now, by=by)
    return saved


def _move(
    move: Move,
    action: Action,
    seen_version: int,
    words: str,
    *,
    now: datetime,
    by: User,
    **columns: Any,
) -> Action:
    move.check_fits(action)
    if not words.strip():
        raise RuleBroken("Say why, in a few words.")
    values = {"status": move.target.value, **columns}
    saved = save_if_unchanged(action, seen_version, **values)
    note = add_note(saved, move.kind, words, local_day(now), by)
    changes: dict[str, tuple[Any, Any]] = {"status": (action.status, saved.status)}
    if note.words:
        changes["note"] = (None, note.words)
    record_action_event(saved, verb=move.verb, changes=changes, by=by)
    return saved
