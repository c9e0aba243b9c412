"""Doorbells: each takes an id and calls a service; the outcome stands on the row."""

from celery import shared_task
from celery.signals import worker_init
from django.utils import timezone

from cse_tracker.core.jobs import BuildState, publish_after_commit
from cse_tracker.core.pdf import warm_up
from reports.services import building


@worker_init.connect
def get_ready(**_: object) -> None:
    """Load the print engine once, before the worker forks its children."""
    warm_up()


@shared_task
def build_paper(paper_id: int) -> None:
    """Build one paper, if it is still to be built."""
    held = building.claim_paper(paper_id, now=timezone.now())
    if held is None:
        return
    try:
        building.build_claimed(held)
    except Exception:
        # Whatever went wrong, the person must not wait for ever; Celery logs the rest.
        if building.put_back(held, now=timezone.now()) is BuildState.QUEUED:
            publish_after_commit(build_paper, paper_id)
        raise


# Worth nothing once the next one is due: they must not pile up while no worker runs.
@shared_task(expires=10)
def sweep_papers() -> None:
    """Ring again for every paper that was left behind."""
    for paper_id in building.sweep_papers(now=timezone.now()).lost:
        publish_after_commit(build_paper, paper_id)
