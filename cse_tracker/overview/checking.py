"""The checks of an assessment with the facts of every app, and the words beside them."""

from datetime import date

from django.urls import reverse

from actions.readings import has_action
from assessments.check_readings import acceptances_of, record_facts
from assessments.checks.catalogue import Place
from assessments.checks.running import run_checks
from assessments.checks.telling import Told, told_with
from assessments.models import Assessment
from assessments.standard_tree import tree_for
from assessments.tree import Tree


def collect_told(
    assessment: Assessment,
    *,
    today: date,
    tree: Tree | None = None,
    is_closing: bool = False,
) -> list[Told]:
    """What the checks find in one assessment, in reading order: four queries, five without tree.

    ``is_closing`` looks as if it were confirmed: what is only planned was not sampled then.
    """
    if tree is None:
        tree = tree_for(assessment.organisation, assessment.certification.standard)
    record = record_facts(
        assessment, tree, acted_on=has_action(), today=today, is_closing=is_closing
    )
    hits = run_checks(record, keys={assessment.pk})
    return told_with(hits, acceptances_of(assessment, tree))


def url_to_mend(assessment: Assessment, told: Told) -> str:
    """Where the person can put it right."""
    ref, organisation = told.hit.ref, assessment.organisation.slug
    match told.check.place:
        case Place.COMMENTS:
            return f"{assessment.url_of(ref)}#comments"
        case Place.DETAILS:
            return reverse("assessments:about", args=[organisation, assessment.slug])
        case Place.ASSESSMENTS:
            return reverse("assessments:list", args=[organisation])
        case _:
            return assessment.url_of(ref)
