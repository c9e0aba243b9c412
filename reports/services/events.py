"""The change log of papers: each entry says which assessment it is about, if any."""

from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import Changes, record_event
from reports.models import Paper


def record_paper_event(
    paper: Paper, verb: str, *, by: User | None, changes: Changes | None = None
) -> None:
    """Write one change of a paper. ``by`` None means that a worker made it."""
    record_event(
        by=by,
        verb=verb,
        target=paper,
        organisation=paper.organisation,
        changes=changes,
        assessment_id=paper.assessment_id,
    )
