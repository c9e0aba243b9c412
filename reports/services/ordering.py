"""Asking for a paper: once for all clicks, and again when it failed or its data changed."""

from datetime import datetime

from django.db import IntegrityError, transaction

from assessments.models import Assessment
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import Changes
from cse_tracker.accounts.services.numbering import next_number
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.jobs import queue_again
from reports.models import Paper
from reports.services.events import record_paper_event


@transaction.atomic
def order_paper(*, assessment: Assessment, kind: str, now: datetime, by: User) -> Paper:
    """Queue a paper; the one that is being built already, if there is one.

    The caller rings for it. Raises RuleBroken when the assessment has nothing to print.
    """
    if not assessment.results.rated().exists():
        raise RuleBroken(
            "Nothing is rated in this assessment yet. Enter the ratings, then build the paper."
        )
    try:
        with transaction.atomic():
            return _create(assessment, kind, now, by)
    except IntegrityError:
        # Somebody else's click was first; the index let only theirs through.
        papers = Paper.objects.filter(
            organisation=assessment.organisation, assessment=assessment, kind=kind
        )
        return papers.being_built().first() or papers.latest("number")


@transaction.atomic
def build_again(*, paper: Paper, now: datetime, by: User) -> None:
    """Queue a failed or outdated paper anew. A reviewed one becomes a draft again.

    The caller rings for it. Raises RuleBroken when it was issued or is being built.
    """
    if not paper.is_open:
        raise RuleBroken(
            "This paper is no longer a draft, so it stays as it is. Build a new one instead."
        )
    if not _queue_again(paper, now):
        raise RuleBroken("This paper is being built already. Wait until it is done.")
    changes = _unreview(Paper.objects.get(pk=paper.pk))
    record_paper_event(paper, "ordered again", by=by, changes=changes)


def _unreview(paper: Paper) -> Changes:
    """Make a reviewed paper a draft; what that changes."""
    if paper.state != Paper.State.REVIEWED:
        return {}
    values = {"state": Paper.State.DRAFT.value, "reviewed_by": None}
    Paper.objects.filter(pk=paper.pk).update(**values, reviewed_at=None)
    return {name: (getattr(paper, name), value) for name, value in values.items()}


def _queue_again(paper: Paper, now: datetime) -> bool:
    open_papers = Paper.objects.filter(
        state__in=[Paper.State.DRAFT, Paper.State.REVIEWED]
    )
    try:
        with transaction.atomic():
            return queue_again(open_papers, paper.pk, now=now)
    except IntegrityError:
        # Another paper of this kind about this assessment is being built.
        return False


def _create(assessment: Assessment, kind: str, now: datetime, by: User) -> Paper:
    organisation = assessment.organisation
    paper = Paper.objects.create(
        organisation=organisation,
        assessment=assessment,
        kind=kind,
        number=next_number(Paper.objects.all(), organisation),
        title=f"{Paper.Kind(kind).label}, {assessment}",
        ordered_at=now,
        ordered_by=by,
        queued_at=now,
        published_at=now,
    )
    record_paper_event(paper, "ordered", by=by)
    return paper
