"""Past years of an organisation, entered through the services, for tests of what shows them."""

from collections.abc import Collection, Mapping

from assessments.models import Assessment, Certification
from assessments.ratings import Rating
from assessments.services.assessments import start_assessment
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import User
from tests.factories import confirmed

REASON = "The certification body's report says so"


def assess(
    certification: Certification,
    year: int,
    codes: Mapping[str, str],
    *,
    by: User,
    kind: str = Assessment.Kind.REVIEW,
    sampled: Collection[str] = (),
    is_confirmed: bool = True,
) -> Assessment:
    """A year with these ratings by ref; from the second on, the others are carried forward."""
    assessment = start_assessment(
        certification=certification,
        year=year,
        kind=kind,
        by=by,
        carry_forward=Assessment.objects.filter(certification=certification).exists(),
    )
    rows = assessment.results.filter(node__ref__in=[*codes, *sampled])
    entries = [
        RatingEntry(
            row.pk,
            row.version,
            Rating(codes.get(row.node.ref) or row.rating),
            sampled=row.node.ref in sampled,
            reason=REASON,
        )
        for row in rows.select_related("node")
    ]
    rate_nodes(assessment=assessment, entries=entries, by=by)
    assessment.refresh_from_db()
    return confirmed(assessment, by=by) if is_confirmed else assessment
