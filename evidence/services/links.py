"""What an item supports: elements and sub-elements, in one assessment or over the years.

A confirmed assessment may still get and lose evidence: what is confirmed are its ratings, and
an organisation goes on gathering proof for them, or finds that a document was filed at the
wrong element. The change log says what was there when.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from assessments.models import Assessment, StandardNode
from assessments.tree import Kind, Node
from cse_tracker.accounts.models import User
from cse_tracker.core.errors import Clash, Conflict, RuleBroken
from evidence.models import EvidenceItem, EvidenceLink
from evidence.services.events import record_link_event, record_link_events
from evidence.services.items import check_standing

RATABLE = [Kind.ELEMENT.value, Kind.SUB_ELEMENT.value]


@dataclass(frozen=True)
class Mark:
    """Where to look in the item for one element, and whether it is among the strongest."""

    locator: str = ""
    is_strongest: bool = False


def link_to_element(
    *,
    item: EvidenceItem,
    assessment: Assessment,
    node: Node,
    mark: Mark,
    by: User,
) -> EvidenceLink:
    """Say that an item supports a node in an assessment. Where it does already, nothing changes."""
    link_to_elements(item=item, places=[(assessment, node.id)], mark=mark, by=by)
    return EvidenceLink.objects.get(item=item, assessment=assessment, node=node.id)


@transaction.atomic
def link_to_elements(
    *,
    item: EvidenceItem,
    places: Iterable[tuple[Assessment, int]],
    mark: Mark,
    by: User,
) -> list[EvidenceLink]:
    """Link to many (assessment, node id) at once and return the links that are new.

    What is linked already keeps its locator and mark. Raises RuleBroken if the item was
    withdrawn or a node is none of its assessment's standard; then nothing is linked.
    """
    # Locked, so that a double submission finds the links of the first.
    held = EvidenceItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    check_standing(held)
    wanted = list(dict.fromkeys(places))
    _check_places(held, wanted)
    linked = set(held.links.values_list("assessment_id", "node_id"))
    new = EvidenceLink.objects.bulk_create(
        EvidenceLink(
            organisation=held.organisation,
            item=held,
            assessment=assessment,
            node_id=node_id,
            locator=mark.locator,
            is_strongest=mark.is_strongest,
        )
        for assessment, node_id in wanted
        if (assessment.pk, node_id) not in linked
    )
    record_link_events(held, new, by=by)
    return new


@transaction.atomic
def edit_link(*, link: EvidenceLink, seen: Mark, mark: Mark, by: User) -> EvidenceLink:
    """Change where to look and whether it is among the strongest.

    Raises RuleBroken if the item was withdrawn, Conflict if either is no longer as it was
    ``seen``.
    """
    check_standing(link.item)
    values = {"locator": mark.locator, "is_strongest": mark.is_strongest}
    written = EvidenceLink.objects.filter(
        pk=link.pk, locator=seen.locator, is_strongest=seen.is_strongest
    ).update(**values)
    current = (
        EvidenceLink.objects.filter(pk=link.pk)
        .select_related("item__organisation", "node", "assessment")
        .first()
    )
    if current is None:
        raise RuleBroken("Someone removed this link meanwhile. Link it again.")
    if not written:
        raise Conflict([Clash(current, values)])
    if seen != mark:
        changes = {
            "locator": (seen.locator, mark.locator),
            "is_strongest": (seen.is_strongest, mark.is_strongest),
        }
        record_link_event(current, verb="edited_link", changes=changes, by=by)
    return current


@transaction.atomic
def unlink(*, link: EvidenceLink, by: User) -> None:
    """Say that an item no longer supports a node. Linking it again undoes that.

    Raises RuleBroken if the item was withdrawn: then it supports nothing until it is restored.
    """
    check_standing(link.item)
    removed, _ = EvidenceLink.objects.filter(pk=link.pk).delete()
    if removed:
        changes = {
            "locator": (link.locator, ""),
            "is_strongest": (link.is_strongest, False),
        }
        record_link_event(link, verb="unlinked", changes=changes, by=by)


def _check_places(
    item: EvidenceItem, places: Collection[tuple[Assessment, int]]
) -> None:
    """Raise RuleBroken for a place that is not the organisation's, or a node that isn't rated."""
    standards = dict(
        StandardNode.objects.filter(
            Q(organisation=None) | Q(organisation=item.organisation_id),
            pk__in={node_id for _, node_id in places},
            kind__in=RATABLE,
        ).values_list("pk", "standard_id")
    )
    for assessment, node_id in places:
        is_own = assessment.organisation_id == item.organisation_id
        standard_id = assessment.certification.standard_id
        if not is_own or standards.get(node_id) != standard_id:
            raise RuleBroken(
                "Choose elements of the standard that the year was assessed by."
            )
