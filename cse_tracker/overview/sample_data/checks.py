"""What the sample council says of the flags in its past years."""

from collections.abc import Iterable
from datetime import datetime

from assessments.models import Assessment
from assessments.services.check_acceptances import accept_check
from cse_tracker.core.dates import local_day
from cse_tracker.overview.checking import collect_told
from cse_tracker.overview.sample_data.people import LENA, Team

# Check number to why its flags may stay.
REASONS = {
    "CHK-205": "The partners stopped meeting when their building closed. The assessor said so.",
    "CHK-301": "The report of that year is on paper. What it said was put right long ago.",
}
# Of the newest past year, what was never written down stays open.
STAYS_OPEN = {"CHK-301"}


def accept_flags(past: Iterable[Assessment], team: Team, *, now: datetime) -> None:
    """Accept what the council has a reason for; ``past`` is oldest first."""
    years = list(past)
    for assessment in years:
        is_newest = assessment is years[-1]
        numbers = REASONS.keys() - (STAYS_OPEN if is_newest else set())
        told = collect_told(assessment, today=local_day(now))
        for number in sorted(numbers):
            hits = [each.hit for each in told if each.hit.number == number]
            if hits:
                accept_check(
                    assessment=assessment,
                    hits=hits,
                    reason=REASONS[number],
                    now=now,
                    by=team.user(LENA),
                )
