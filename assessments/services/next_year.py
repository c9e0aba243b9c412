"""The assessment after a confirmed one: what it knows is carried, nothing is done by copying."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from assessments.models import Assessment
from assessments.services.assessments import start_assessment
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.core.errors import RuleBroken


@transaction.atomic
def start_next_assessment(
    *,
    previous: Assessment,
    year: int,
    kind: str,
    sub_elements: Collection[int],
    details: Mapping[str, Any],
    by: User,
) -> Assessment:
    """Start the assessment that follows ``previous``, with every last known rating carried.

    Of the sub-elements only those in ``sub_elements``, by node id, continue. Findings and
    actions stay where they are. Raises RuleBroken where ``check_can_be_followed`` does, or
    it would not come after ``previous``, or the year has an assessment of this kind.
    """
    # Behind this lock nobody else starts one meanwhile.
    lock_organisation(previous.organisation)
    previous = Assessment.objects.select_related(
        "certification__standard", "certification__organisation"
    ).get(pk=previous.pk)
    check_can_be_followed(previous)
    starts_on = details.get("visit_starts_on") or date.min
    if (year, starts_on) < previous.place[:2]:
        raise RuleBroken(
            f"The next assessment comes after the {previous}. Enter a later year or, for a "
            "second visit in that year, its first day."
        )
    return start_assessment(
        certification=previous.certification,
        year=year,
        kind=kind,
        carry_forward=True,
        continuing=sub_elements,
        details=details,
        by=by,
    )


def check_can_be_followed(assessment: Assessment) -> None:
    """Raise RuleBroken unless it is the newest by an assessor, and confirmed."""
    if assessment.kind == Assessment.Kind.SELF:
        raise RuleBroken(
            "A self-assessment is not carried forward. Start from what the assessor found."
        )
    if assessment.is_open:
        raise RuleBroken(
            f"The {assessment} is not confirmed yet. Confirm it before you start the next one."
        )
    newest = newest_of(assessment)
    if newest != assessment:
        raise RuleBroken(
            f"The {newest} came after the {assessment} already. Open that one instead."
        )


def can_be_followed(assessment: Assessment) -> bool:
    """Whether the next assessment can be started from this one."""
    try:
        check_can_be_followed(assessment)
    except RuleBroken:
        return False
    return True


def newest_of(assessment: Assessment) -> Assessment | None:
    """The newest assessment by an assessor for the same certification."""
    return (
        Assessment.objects.of(assessment.organisation)
        .filter(certification=assessment.certification_id)
        .by_assessor()
        .last()
    )
