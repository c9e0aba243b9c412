"""What drafts of this app's forms are about: names of form and row, as views and readings give them."""

from assessments.models import Assessment, Finding, Response
from assessments.tree import Node
from cse_tracker.accounts.models import ImportRun


def new_finding_subject(assessment: Assessment, node: Node | None = None) -> str:
    """A new comment on an element, or on none."""
    return f"finding-new:{assessment.pk}:{node.id if node else ''}"


def finding_subject(finding: Finding) -> str:
    return f"finding:{finding.pk}"


def new_response_subject(finding: Finding) -> str:
    """A new response to a comment."""
    return f"response-new:{finding.pk}"


def response_subject(response: Response) -> str:
    return f"response:{response.pk}"


def rating_subject(assessment: Assessment, node: Node) -> str:
    return f"rating:{assessment.pk}:{node.id}"


def imported_row_subject(run: ImportRun, row: int) -> str:
    """A row of a report that waits to be brought in."""
    return f"imported-row:{run.pk}:{row}"


def details_subject(assessment: Assessment) -> str:
    return f"assessment:{assessment.pk}"


def narrative_subject(assessment: Assessment, criterion: Node) -> str:
    """What the report says about a criterion."""
    return f"narrative:{assessment.pk}:{criterion.id}"
