"""The preview of a plan as its page draws it: a line for each action, and what is offered."""

from collections.abc import Iterator
from dataclasses import dataclass

from actions.importing.columns import Column
from actions.importing.matching import PlannedAction
from actions.importing.words import PRIORITY_LABELS, STATUS_LABELS
from actions.plan_import_readings import StagedPlan, latest_assessment_or_none
from assessments.ratings import Rating
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import Membership, Service

LINKED_IF_TICKED = "Linked if you tick it below, else kept in a comment"
IN_IF_TICKED = "It comes in only if you tick that below"
IN_A_COMMENT = "Kept in a comment"
NOT_FULLY_MET = (Rating.NON, Rating.PARTIAL)


@dataclass(frozen=True)
class PreviewRow:
    """One action of the file as it would come in."""

    planned: PlannedAction
    # In the file, from 0, as its tick sends it.
    place: str
    # A member, or the name of somebody without an account.
    owner: str
    service: str

    @property
    def status(self) -> str:
        return STATUS_LABELS[self.planned.row.status]

    @property
    def priority(self) -> str:
        return PRIORITY_LABELS[self.planned.row.priority]

    @property
    def elements(self) -> list[tuple[str, str]]:
        """Its elements, and what becomes of them: all that become the same together."""
        refs, linked = self.planned.row.refs, self.planned.linked
        if not self.planned.is_included:
            return [(", ".join(refs), "")]
        offered = self.planned.offered
        fates = {
            "": linked,
            LINKED_IF_TICKED: offered,
            IN_A_COMMENT: [r for r in refs if r not in {*linked, *offered}],
        }
        return [(", ".join(of), words) for words, of in fates.items() if of]

    @property
    def remarks(self) -> list[str]:
        """What else there is to know about it."""
        row, known = self.planned.row, self.planned.known
        if not self.planned.is_included:
            return [f"Looks like action {known}. {IN_IF_TICKED}"] if known else []
        notes = len(row.notes)
        kept = dict.fromkeys(each.label for each in self.planned.kept)
        if row.refs:
            # Said beside them.
            kept.pop(Column.REFS.label, None)
        found = [
            f"Looks like action {known}" if known else "",
            f"With {notes} note{'' if notes == 1 else 's'} on progress"
            if notes
            else "",
            f"Kept in a comment: {', '.join(kept)}" if kept else "",
            "Withdrawn" if row.withdrawn_on else "",
        ]
        return [words for words in found if words]


@dataclass(frozen=True)
class LinkOffer:
    """An element that the plan names, and its comments that could be linked."""

    ref: str
    title: str
    rating: Rating | None
    count: int

    @property
    def label(self) -> str:
        comments = "1 comment" if self.count == 1 else f"{self.count} comments"
        rated = f", {self.rating.label.lower()}" if self.rating else ""
        return f"{self.ref} {self.title} ({comments}{rated})"


def preview_rows(staged: StagedPlan, *, most: int) -> Iterator[PreviewRow]:
    """A line for each of the first actions, in the order of the file: two queries."""
    organisation = staged.run.organisation
    members = Membership.objects.of(organisation).select_related("user")
    names = {member.pk: str(member.user) for member in members}
    services = {
        service.pk: service.name for service in Service.objects.of(organisation)
    }
    for place, planned in enumerate(staged.plan.actions[:most]):
        owner = names.get(planned.owner_id or 0, planned.row.owner)
        service = services.get(planned.service_id or 0, planned.new_service)
        yield PreviewRow(planned, str(place), owner, service)


def link_offers(staged: StagedPlan) -> list[LinkOffer]:
    """The elements with comments that could be linked; what must be put right first."""
    organisation = staged.run.organisation
    latest = latest_assessment_or_none(organisation)
    if latest is None or not staged.plan.offered:
        return []
    ratings = dict(
        latest.results.filter(node__ref__in=staged.plan.offered).values_list(
            "node__ref", "rating"
        )
    )
    tree = tree_for(organisation, latest.certification.standard)
    offers = [
        LinkOffer(
            ref=ref,
            title=tree.by_ref[ref].title,
            rating=Rating(ratings[ref]) if ratings.get(ref) else None,
            count=len(staged.record.findings[ref]),
        )
        for ref in staged.plan.offered
    ]
    return sorted(offers, key=lambda offer: offer.rating not in NOT_FULLY_MET)
