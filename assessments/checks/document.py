"""The catalogue as the page docs/checks.md. Pure."""

from collections.abc import Iterator

from assessments.checks.catalogue import CHECKS, Cause, Check
from cse_tracker.core.importing.problems import Severity

HEAD = """\
# Checks

Made from `assessments/checks/catalogue.py` by `python manage.py write_checks`; a test fails
when it is out of date.

An **error** is wrong whatever anybody says of it. A **flag** may be right, and somebody should
look: it can be accepted with a reason, which holds until the facts that it rests on change.
An element is told of one cause once: by the first check in this list that finds it. A
sub-element is not told what its element is told.
"""
SEVERITIES = {Severity.ERROR: "Error", Severity.FLAG: "Flag"}


def checks_page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_overview(), "", *_entries()])


def _overview() -> Iterator[str]:
    yield "| Number | | What is found |"
    yield "|---|---|---|"
    for check in CHECKS:
        number = f"[{check.number}](#{check.number.lower()})"
        yield f"| {number} | {SEVERITIES[check.severity]} | {check.title} |"


def _entries() -> Iterator[str]:
    for check in CHECKS:
        yield f"## {check.number}"
        yield ""
        yield f"**{check.title}** ({SEVERITIES[check.severity].lower()})"
        yield ""
        yield f"- Why it matters: {check.why}"
        yield f"- What to do: {check.mending}"
        yield f"- Where: {check.place.label}."
        yield f"- {_acceptance(check)}"
        if before := _told_before(check):
            yield f"- Not told where {' or '.join(before)} is told of the same element."
        yield ""


def _acceptance(check: Check) -> str:
    if check.may_be_accepted:
        return "Can be accepted with a reason."
    if check.severity is Severity.ERROR:
        return "Cannot be accepted."
    return "Found while a file is read, so there is nothing to accept."


def _told_before(check: Check) -> list[str]:
    """The checks of the same cause that come first."""
    if check.cause in {Cause.THE_FILE, Cause.WORDING}:
        return []
    same = [each.number for each in CHECKS if each.cause is check.cause]
    return same[: same.index(check.number)]
