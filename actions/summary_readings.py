"""What the summary counts, in two queries whatever the plan holds, and how its parts are called."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Coalesce

from actions.models import (
    Action,
    ActionFinding,
    ActionQuerySet,
    due_within,
    outstanding,
    overdue,
)
from actions.readings import SOON_DAYS
from actions.summary import SummaryRow
from assessments.models import Certification
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Organisation, Service
from cse_tracker.core.dates import local_day


def summary_rows(
    actions: ActionQuerySet, organisation: Organisation, *, on: date
) -> list[SummaryRow]:
    """These actions as the summary counts them on a day, withdrawn ones left out."""
    criteria = _criteria_by_action(organisation)
    found = actions.current().annotate(
        is_open=_says(outstanding()),
        is_late=_says(overdue(on=on)),
        is_soon=_says(due_within(SOON_DAYS, on=on)),
        belongs_to_id=Coalesce("service", "owner__service"),
    )
    columns = [
        *("pk", "status", "is_open", "is_late", "is_soon"),
        *("belongs_to_id", "starts_on", "created_at", "finished_at"),
    ]
    return [
        _row(action, criteria[action.pk])
        for action in found.values_list(*columns, named=True)
    ]


def _row(action: Any, criteria: Collection[str]) -> SummaryRow:
    planned_on = local_day(action.created_at)
    is_closed = action.status == Action.Status.CLOSED
    return SummaryRow(
        is_open=action.is_open,
        # Unknown, which is no, where there is no due date.
        is_overdue=bool(action.is_late),
        is_due_soon=bool(action.is_soon),
        is_waiting=action.status == Action.Status.DONE,
        closed_on=local_day(action.finished_at) if is_closed else None,
        began_on=min(action.starts_on or planned_on, planned_on),
        service=str(action.belongs_to_id or ""),
        criteria=frozenset(criteria),
    )


def service_names(organisation: Organisation) -> dict[str, str]:
    """Every service as an address names it, withdrawn ones too, with its name: one query."""
    found = Service.objects.filter(organisation=organisation).order_by("name")
    return {str(pk): name for pk, name in found.values_list("pk", "name")}


def criterion_names(organisation: Organisation) -> dict[str, str]:
    """Ref to ref and name, of the standard that it is assessed against: one query."""
    certifications = Certification.objects.filter(organisation=organisation)
    certification = certifications.select_related("standard").first()
    if certification is None:
        return {}
    tree = shared_tree(certification.standard)
    return {node.ref: str(node) for node in tree.criteria}


def _says(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _criteria_by_action(organisation: Organisation) -> defaultdict[int, set[str]]:
    """Action id to the refs of the criteria that its standing findings are about."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    refs = ActionFinding.objects.filter(
        organisation=organisation,
        finding__withdrawn_at=None,
        finding__node__isnull=False,
    ).values_list("action", "finding__node__ref")
    for action, ref in refs:
        found[action].add(ref.partition(".")[0])
    return found
