"""What is planned to be sampled at a visit. What was sampled is entered with the ratings."""

from collections.abc import Collection

from django.db import transaction

from assessments.models import Assessment, Result
from assessments.services.findings import hold_open
from assessments.tree import Kind, ref_key
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import record_event
from cse_tracker.core.errors import Clash, Conflict, RuleBroken


@transaction.atomic
def plan_sampling(
    *,
    assessment: Assessment,
    seen: Collection[int],
    planned: Collection[int],
    by: User,
) -> None:
    """Make these results, and no others, the plan of the visit; the same plan writes nothing.

    ``seen`` is the plan that the person saw, as result ids too. No result's version rises:
    a plan and a rating never overwrite each other. Raises RuleBroken if confirmed, if the visit
    examines everything or an element doesn't apply; Conflict naming what somebody else changed.
    """
    assessment = hold_open(assessment)
    if assessment.examines_everything:
        raise RuleBroken(EXAMINES_EVERYTHING)
    results = {
        result.pk: result
        for result in assessment.results.select_related("node").filter(
            node__kind=Kind.ELEMENT.value
        )
    }
    before = {pk for pk, result in results.items() if result.planned_for_sampling}
    after = results.keys() & set(planned)
    _check(results, before, after, set(seen))
    if before == after:
        return
    assessment.results.filter(pk__in=before - after).update(planned_for_sampling=False)
    assessment.results.filter(pk__in=after - before).update(planned_for_sampling=True)
    record_event(
        by=by,
        verb="planned the sample of",
        target=assessment,
        organisation=assessment.organisation,
        changes={
            "planned_for_sampling": (_refs(results, before), _refs(results, after))
        },
        assessment_id=assessment.pk,
    )


EXAMINES_EVERYTHING = (
    "This visit examines every element, so there is nothing to choose."
)


def _check(
    results: dict[int, Result], before: set[int], after: set[int], seen: set[int]
) -> None:
    barred = [pk for pk in after if not results[pk].applicable]
    if barred:
        refs = ", ".join(_refs(results, barred))
        raise RuleBroken(f"{refs} does not apply to your organisation this year.")
    changed = before ^ (results.keys() & seen)
    if changed and before != after:
        raise Conflict(
            [
                Clash(results[pk], {"planned_for_sampling": pk in after})
                for pk in sorted(changed)
            ]
        )


def _refs(results: dict[int, Result], pks: Collection[int]) -> list[str]:
    return sorted((results[pk].node.ref for pk in pks), key=ref_key)
