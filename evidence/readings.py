"""Reading evidence for pages, in few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q

from assessments.models import Assessment
from assessments.tree import Node, ref_key
from evidence.models import (
    EvidenceItem,
    EvidenceItemQuerySet,
    EvidenceLink,
    EvidenceVersion,
)


@dataclass(frozen=True)
class Support:
    """One item that supports a node in an assessment, with its newest version."""

    item: EvidenceItem
    newest: EvidenceVersion
    link: EvidenceLink


@dataclass(frozen=True)
class SupportedYear:
    """What one item supports in one assessment, element by element."""

    assessment: Assessment
    links: list[EvidenceLink]


@dataclass(frozen=True)
class LibraryCounts:
    """How many items the library holds. Expired: the newest version's last day is over."""

    items: int
    documents: int
    links: int
    unlinked: int
    expired: int


def evidence_by_node(assessment: Assessment) -> dict[int, list[Support]]:
    """Node id to what supports it in this assessment, the strongest first: two queries.

    Nodes without evidence are left out.
    """
    found: defaultdict[int, list[Support]] = defaultdict(list)
    for support in _supports(assessment):
        found[support.link.node_id].append(support)
    return dict(found)


def evidence_for(assessment: Assessment, node: Node) -> list[Support]:
    """What supports one node in this assessment, the strongest first: two queries."""
    return _supports(assessment, node=node.id)


def evidence_counts(assessment: Assessment) -> dict[int, int]:
    """Node id to the number of items that support it; nodes without are left out: one query."""
    rows = (
        EvidenceLink.objects.filter(assessment=assessment, item__withdrawn_at=None)
        .order_by()
        .values_list("node")
        .annotate(Count("pk"))
    )
    return dict(rows)


def supported_years(
    item: EvidenceItem, *, among: Iterable[Assessment] | None = None
) -> list[SupportedYear]:
    """What an item supports, the newest assessment first, in the standard's order: one query.

    ``among`` leaves out what it supports in other assessments.
    """
    links = item.links.select_related("assessment", "node")
    if among is not None:
        links = links.filter(assessment__in=[each.pk for each in among])
    by_assessment: defaultdict[Assessment, list[EvidenceLink]] = defaultdict(list)
    for link in sorted(links, key=lambda link: ref_key(link.node.ref)):
        by_assessment[link.assessment].append(link)
    newest_first = sorted(
        by_assessment, key=lambda assessment: (-assessment.year, -assessment.pk)
    )
    return [
        SupportedYear(assessment, by_assessment[assessment])
        for assessment in newest_first
    ]


def library_counts(items: EvidenceItemQuerySet, *, on: date) -> LibraryCounts:
    """Counts of these items on a day, withdrawn ones left out: one query."""
    links = EvidenceLink.objects.filter(item=OuterRef("pk"))
    counts = (
        items.current()
        .with_dates()
        .annotate(is_linked=Exists(links))
        .order_by()
        .aggregate(
            items=Count("pk"),
            documents=Count("pk", filter=Q(kind=EvidenceItem.Kind.DOCUMENT)),
            links=Count("pk", filter=Q(kind=EvidenceItem.Kind.LINK)),
            unlinked=Count("pk", filter=Q(is_linked=False)),
            expired=Count("pk", filter=Q(latest_expires_on__lt=on)),
        )
    )
    return LibraryCounts(**counts)


def newest_number(item: EvidenceItem) -> int:
    """The number of the item's newest version: one query."""
    return int(item.versions.aggregate(latest=Max("number"))["latest"])


def newest_version(item: EvidenceItem) -> EvidenceVersion:
    """The newest of the versions, which ``with_details`` loads newest first."""
    return item.versions.all()[0]


def _supports(assessment: Assessment, **narrowed: int) -> list[Support]:
    links: Iterable[EvidenceLink] = (
        EvidenceLink.objects.filter(
            assessment=assessment, item__withdrawn_at=None, **narrowed
        )
        .select_related("item__service")
        .prefetch_related(
            Prefetch(
                "item__versions", queryset=EvidenceVersion.objects.order_by("-number")
            )
        )
        .order_by("-is_strongest", "item__number")
    )
    supports = []
    for link in links:
        link.item.organisation = assessment.organisation
        supports.append(Support(link.item, newest_version(link.item), link))
    return supports
