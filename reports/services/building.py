"""Building a paper in a worker: facts, blocks, files, done once or failed with words."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cse_tracker.core.atomic_files import WrittenFile, remove, write_whole
from cse_tracker.core.jobs import (
    BuildState,
    Claim,
    LeaseLost,
    Swept,
    claim,
    heartbeat,
    sweep,
)
from reports.blocks import PaperContent
from reports.kinds import recipe_of
from reports.models import Paper, PaperFile
from reports.printing import paper_html, paper_pdf, paper_word
from reports.readings import superseded_by
from reports.services.events import record_paper_event
from reports.wording import edition

logger = logging.getLogger(__name__)

READING, LAYING_OUT, SAVING = STEPS = (
    "Reading the record",
    "Laying out the pages",
    "Saving the files",
)
FAILED = (
    "The paper could not be built. Try again. If it fails again, tell your administrator "
    "its number."
)

Clock = Callable[[], datetime]


def claim_paper(paper_id: int, *, now: datetime) -> Claim | None:
    """Take a paper to build it; None if it is done, issued or somebody else's."""
    return claim(Paper.objects.all(), paper_id, now=now)


def build_claimed(held: Claim, *, clock: Clock = timezone.now) -> None:
    """Build the paper and finish it. Whatever it raises, the row is still claimed.

    When another attempt took over meanwhile, nothing of this one stays.
    """
    try:
        with heartbeat(held):
            _build(held, clock)
    except LeaseLost:
        logger.info("paper %s: attempt %s was overtaken", held.pk, held.attempt)
        _remove_files(_of(held), [held.attempt])


def put_back(held: Claim, *, now: datetime) -> BuildState:
    """After an error: queue the paper for another attempt, or fail it after the last."""
    paper = _of(held)
    with transaction.atomic():
        state = held.put_back(FAILED, now=now)
        if state is BuildState.FAILED:
            record_paper_event(paper, "could not be built", by=None)
    _remove_files(paper, [held.attempt])
    return state


@transaction.atomic
def sweep_papers(*, now: datetime) -> Swept:
    """Find papers whose worker died or whose message was lost; the caller rings for them."""
    swept = sweep(Paper.objects.all(), words=FAILED, now=now)
    for paper in Paper.objects.filter(pk__in=swept.failed).select_related(
        "organisation"
    ):
        record_paper_event(paper, "could not be built", by=None)
    return swept


def _of(held: Claim) -> Paper:
    related = "assessment__certification__standard", "assessment__organisation"
    papers = Paper.objects.select_related("organisation", "service", *related)
    return papers.get(pk=held.pk)


def _build(held: Claim, clock: Clock) -> None:
    def begin(step: str) -> None:
        number = STEPS.index(step) + 1
        held.report(number, len(STEPS), step, now=clock())

    begin(READING)
    paper = _of(held)
    recipe = recipe_of(paper)
    # Before the facts: what changes while they are read must count as later.
    version, paper.as_at = recipe.data_version(paper.organisation), clock()
    facts = recipe.collect([paper])[paper.pk]
    begin(LAYING_OUT)
    content = _with_edition(recipe.compose(facts), paper, paper.as_at)
    contents = {
        PaperFile.Format.PDF: paper_pdf(content, created=clock()),
        PaperFile.Format.HTML: paper_html(content),
        PaperFile.Format.WORD: paper_word(content, created=clock()),
    }
    begin(SAVING)
    files = {
        str(each): write_whole(_file_name(paper, held.attempt, each), written)
        for each, written in contents.items()
    }
    values = {
        "snapshot": recipe.snapshot(facts),
        "template_version": recipe.template_version,
        "data_version": version,
        "as_at": paper.as_at,
    }
    _finish(held, paper, values, files, now=clock())
    _remove_files(paper, range(1, held.attempt))


def _with_edition(content: PaperContent, paper: Paper, built: datetime) -> PaperContent:
    replaced = superseded_by(paper)
    number = replaced.number if replaced else None
    return replace(content, edition=edition(paper.number, built, number))


@transaction.atomic
def _finish(
    held: Claim,
    paper: Paper,
    values: dict[str, Any],
    files: dict[str, WrittenFile],
    *,
    now: datetime,
) -> None:
    held.finish(now=now, **values)
    paper.files.all().delete()
    PaperFile.objects.bulk_create(
        PaperFile(
            organisation=paper.organisation,
            paper=paper,
            format=file_format,
            name=file.name,
            sha256=file.sha256,
            size_bytes=file.size_bytes,
        )
        for file_format, file in files.items()
    )
    record_paper_event(paper, "built", by=None)


def _file_name(paper: Paper, attempt: int, file_format: str) -> str:
    """Known beforehand for each attempt, so that a killed one's files can be found."""
    return f"{paper.organisation.uuid}/{paper.token}-{attempt}.{file_format}"


def _remove_files(paper: Paper, attempts: Sequence[int]) -> None:
    """Tidy up. A storage that can't even delete must not keep a paper from its end."""
    for attempt in attempts:
        for file_format in PaperFile.Format.values:
            try:
                remove(_file_name(paper, attempt, file_format))
            except OSError:
                logger.exception("paper %s: a file stays behind", paper.pk)
