"""Asking for a paper: once for all clicks, and again when it failed or its data changed."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from actions.models import Action
from assessments.models import Assessment, Finding
from cse_tracker.accounts.models import Organisation, Service, User
from cse_tracker.accounts.services.events import Changes
from cse_tracker.accounts.services.numbering import next_number
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.jobs import queue_again
from reports.models import Paper
from reports.options import PaperOptions
from reports.services.events import record_paper_event

NO_OPTIONS = PaperOptions()


@transaction.atomic
def order_paper(
    *,
    assessment: Assessment,
    kind: str,
    options: PaperOptions = NO_OPTIONS,
    now: datetime,
    by: User,
) -> Paper:
    """Queue a paper; the one with the same options that is being built already, if any.

    The caller rings for it. Raises RuleBroken when the assessment has nothing to print.
    """
    _check_has_content(assessment, kind)
    same = {
        "organisation": assessment.organisation,
        "assessment": assessment,
        "kind": kind,
        **asdict(options),
    }
    return _create_once(same, title_of(assessment, kind, options), now, by)


@transaction.atomic
def order_plan(
    *,
    organisation: Organisation,
    service: Service | None,
    options: PaperOptions = NO_OPTIONS,
    now: datetime,
    by: User,
) -> Paper:
    """Queue an action plan of one service, or (None) of all; as ``order_paper`` does.

    The caller rings for it. Raises RuleBroken when nothing was ever planned.
    """
    if not Action.objects.of(organisation).current().exists():
        raise RuleBroken("No actions are planned yet. Plan one, then build the paper.")
    same = {
        "organisation": organisation,
        "service": service,
        "kind": Paper.Kind.ACTION_PLAN.value,
        **asdict(options),
    }
    title = f"Action plan, {service}" if service else "Action plan"
    return _create_once(same, title, now, by)


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
        # Another paper of this kind about the same is being built.
        return False


def _check_has_content(assessment: Assessment, kind: str) -> None:
    if assessment.results.rated().exists():
        return
    if kind == Paper.Kind.PROGRESSION_ANNEX:
        raise RuleBroken(
            "Nothing is rated in this assessment yet. Enter the ratings, then build the paper."
        )
    findings = Finding.objects.standing().filter(finding_set=assessment.finding_set_id)
    if not findings.exists():
        raise RuleBroken(
            "Nothing is rated in this assessment yet and it has no comments. Enter the "
            "ratings or the assessor's comments, then build the paper."
        )


def title_of(assessment: Assessment, kind: str, options: PaperOptions) -> str:
    """What the paper is called in lists: what it shows, and of which assessment."""
    name = str(Paper.Kind(kind).label)
    if kind == Paper.Kind.FINDINGS_APPENDIX and not options.with_improvements:
        name = "Partial compliances"
    return f"{name}, {assessment}"


def _create_once(same: dict[str, Any], title: str, now: datetime, by: User) -> Paper:
    try:
        with transaction.atomic():
            return _create(same, title, now, by)
    except IntegrityError:
        # Somebody else's click was first; the index let only theirs through.
        papers = Paper.objects.filter(**same)
        return papers.being_built().first() or papers.latest("number")


def _create(values: dict[str, Any], title: str, now: datetime, by: User) -> Paper:
    paper = Paper.objects.create(
        title=title,
        number=next_number(Paper.objects.all(), values["organisation"]),
        ordered_at=now,
        ordered_by=by,
        queued_at=now,
        published_at=now,
        **values,
    )
    shown = paper.options.words
    changes = {"shows": ("", shown)} if shown else None
    record_paper_event(paper, "ordered", by=by, changes=changes)
    return paper
