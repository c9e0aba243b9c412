"""Runs checks over a record and tells each cause once. Pure."""

from collections.abc import Collection, Iterable, Iterator

from assessments.checks.catalogue import BY_NUMBER, CHECKS, Cause, Check
from assessments.checks.facts import RecordFacts, YearView
from assessments.checks.hits import Hit

# Assessment, ref and cause: told once.
Once = tuple[int, str, Cause]


def run_checks(
    record: RecordFacts,
    *,
    keys: Collection[int] | None = None,
    numbers: Collection[str] | None = None,
) -> list[Hit]:
    """What the checks find, in reading order.

    ``keys`` are the assessments to check and ``numbers`` the checks to run; None: all. The
    other assessments still count as what was known before.
    """
    checks = [check for check in CHECKS if numbers is None or check.number in numbers]
    hits = [
        hit
        for view in record.views()
        if keys is None or view.facts.key in keys
        for check in checks
        for hit in _hits(check, view)
    ]
    return sorted(told_once(hits), key=lambda hit: hit.place)


def told_once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Leave out what another hit tells already.

    That is a later check of the same cause at the same element, and a sub-element for which
    its element is told the same.
    """
    listed = sorted(hits, key=_precedence)
    told: set[Once] = set()
    at_elements = {(hit.key, hit.ref, hit.number) for hit in listed}
    for hit in listed:
        spot = (hit.key, hit.ref, BY_NUMBER[hit.number].cause)
        whole = (hit.key, hit.ref.rpartition(".")[0], hit.number)
        is_told_above = bool(hit.ref) and whole in at_elements
        if spot not in told and not is_told_above:
            told.add(spot)
            yield hit


def _hits(check: Check, view: YearView) -> Iterator[Hit]:
    if check.rule is None:
        return
    for found in check.rule(view):
        yield Hit(
            number=check.number,
            key=view.facts.key,
            year=view.year,
            ref=found.ref,
            message=found.message,
            facts=found.facts,
        )


_POSITION = {check.number: position for position, check in enumerate(CHECKS)}


def _precedence(hit: Hit) -> int:
    return _POSITION[hit.number]
