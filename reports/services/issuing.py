"""A paper's life after it was built: reviewed, issued and thereby frozen, withdrawn."""

from datetime import datetime

from django.db import transaction

from assessments.models import Assessment
from cse_tracker.accounts.models import User
from cse_tracker.core.atomic_files import read_unchanged
from cse_tracker.core.errors import RuleBroken
from reports.kinds import snapshot_now
from reports.models import Paper
from reports.services.events import record_paper_event


@transaction.atomic
def review_paper(*, paper: Paper, seen_attempt: int, now: datetime, by: User) -> None:
    """Say that somebody read this build and found it fit to be issued.

    Raises RuleBroken when it isn't built, isn't a draft, or was built anew since.
    """
    locked = _lock(paper)
    _check_seen(locked, seen_attempt)
    if locked.state != Paper.State.DRAFT:
        raise RuleBroken(f"This paper is {locked.get_state_display().lower()} already.")
    _move(locked, Paper.State.REVIEWED, by, reviewed_at=now, reviewed_by=by)


@transaction.atomic
def issue_paper(*, paper: Paper, seen_attempt: int, now: datetime, by: User) -> None:
    """Freeze the paper and show it to the governing body; an earlier issue is superseded.

    Files, their SHA-256, facts and template version stay as they are from now on. Raises
    RuleBroken when it wasn't reviewed, its assessment isn't confirmed, its figures are no
    longer those of the data (but for those of a day that it names), or a file is not what
    was built.
    """
    _hold_plans_like(paper)
    locked = _lock(paper)
    _check_seen(locked, seen_attempt)
    _hold_assessment(locked)
    _check_fit_to_issue(locked)
    before = Paper.objects.issued().about_the_same(locked)
    # Without ``of`` the organisation would be held too, and with it everybody's change log.
    rows = before.select_for_update(of=("self",)).select_related("organisation")
    for superseded in rows:
        _move(superseded, Paper.State.SUPERSEDED, by)
    _move(locked, Paper.State.ISSUED, by, issued_at=now, issued_by=by)


@transaction.atomic
def withdraw_paper(*, paper: Paper, reason: str, now: datetime, by: User) -> None:
    """Take an issued paper back. It stays in the list, and the reason in the log.

    Raises RuleBroken when it isn't issued or no reason is given.
    """
    locked = _lock(paper)
    if locked.state != Paper.State.ISSUED:
        raise RuleBroken("This paper isn't issued, so there is nothing to withdraw.")
    if not reason.strip():
        raise RuleBroken("Enter the reason for withdrawing this paper.")
    _move(locked, Paper.State.WITHDRAWN, by, reason=reason.strip(), withdrawn_at=now)


@transaction.atomic
def discard_paper(*, paper: Paper, now: datetime, by: User) -> None:
    """Drop a paper that was never issued. It stays in the list, as withdrawn.

    Raises RuleBroken when it is being built or is no longer a draft.
    """
    locked = _lock(paper)
    check_can_discard(locked)
    _move(locked, Paper.State.WITHDRAWN, by, withdrawn_at=now)


def check_can_discard(paper: Paper) -> None:
    """Raise RuleBroken while it is being built and once it is no longer a draft."""
    if paper.is_being_built:
        raise RuleBroken("This paper is being built. Wait until it is done.")
    if not paper.is_open:
        raise RuleBroken(f"This paper is {paper.get_state_display().lower()} already.")


def _check_seen(paper: Paper, seen_attempt: int) -> None:
    if not paper.is_built:
        raise RuleBroken("This paper isn't built yet. Wait until it is done.")
    if paper.attempt != seen_attempt:
        raise RuleBroken(
            "This paper was built again after you opened it. Read it first."
        )


def _check_fit_to_issue(paper: Paper) -> None:
    if paper.state != Paper.State.REVIEWED:
        raise RuleBroken(
            "This paper hasn't been reviewed. Ask an officer to review it."
        )
    if not paper.is_about_confirmed or (paper.assessment and paper.assessment.is_open):
        raise RuleBroken(
            "This paper is about an assessment that isn't confirmed. Confirm the "
            "assessment, then build the paper again."
        )
    if not paper.says_its_day and snapshot_now(paper) != paper.snapshot:
        raise RuleBroken(
            "The data has changed since this paper was built. Build it again, then issue it."
        )
    for file in paper.files.all():
        if read_unchanged(file.name, file.sha256) is None:
            raise RuleBroken(
                "A file of this paper is missing or damaged. Build the paper again."
            )


def _lock(paper: Paper) -> Paper:
    rows = Paper.objects.of(paper.organisation).select_for_update(of=("self",))
    return rows.get(pk=paper.pk)


def _hold_plans_like(paper: Paper) -> None:
    """Let plans of the same services be issued one after the other.

    Other papers wait for each other at their assessment. All are held in one order, or two
    approvers would each wait for the other's.
    """
    if paper.assessment_id is None:
        alike = Paper.objects.about_the_same(paper).order_by("pk")
        list(alike.select_for_update(of=("self",)).values_list("pk"))


def _hold_assessment(paper: Paper) -> None:
    """Keep the paper's assessment, if it is about one, from being unlocked until the end."""
    if paper.assessment_id is None:
        return
    rows = Assessment.objects.select_related("organisation", "certification__standard")
    held = rows.select_for_update(of=("self",))
    paper.assessment = held.get(pk=paper.assessment_id)


def _move(
    paper: Paper, state: Paper.State, by: User, *, reason: str = "", **values: object
) -> None:
    changes = {"state": (paper.state, state.value)}
    if reason:
        changes["reason"] = ("", reason)
    if state == Paper.State.ISSUED:
        changes |= {
            f"sha256_{file.format}": ("", file.sha256) for file in paper.files.all()
        }
    Paper.objects.filter(pk=paper.pk).update(state=state, **values)
    record_paper_event(paper, state.label.lower(), by=by, changes=changes)
