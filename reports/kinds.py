"""What each kind of paper is made of: its facts, its blocks, and what they are compared by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from cse_tracker.accounts.models import (
    DataVersion,
    Membership,
    Organisation,
    Service,
    User,
)
from cse_tracker.accounts.models.data_version import NOBODYS
from reports import appendix_facts, facts, plan_facts
from reports.annex import compose as annex
from reports.annex.differences import differences as annex_differences
from reports.annex.facts import snapshot as annex_snapshot
from reports.appendix import compose as appendix
from reports.appendix.differences import differences as appendix_differences
from reports.appendix.facts import snapshot as appendix_snapshot
from reports.blocks import PaperContent
from reports.differences import Difference
from reports.models import Paper
from reports.plan import compose as plan
from reports.plan.differences import differences as plan_differences
from reports.plan.facts import snapshot as plan_snapshot

Snapshot = Mapping[str, Any]
NAMES = User._meta.label_lower
# An action may belong to the service of its owner, who can move to another one.
ACTIONS_AND_WHOSE = (
    *("assessments.", "actions.", Membership._meta.label_lower),
    *(Service._meta.label_lower, NAMES),
)


@dataclass(frozen=True)
class Recipe:
    """How one kind of paper is made. The facts of one kind are for its own functions alone."""

    # The facts of papers of one organisation by paper id: the only queries about it.
    collect: Callable[[Sequence[Paper]], Mapping[int, Any]]
    compose: Callable[[Any], PaperContent]
    # The facts as plain JSON; the same facts always give equal snapshots.
    snapshot: Callable[[Any], dict[str, Any]]
    differences: Callable[[Snapshot, Snapshot], list[Difference]]
    template_version: int
    # Changes of these may change the paper.
    sources: tuple[str, ...]

    def snapshots(self, papers: Sequence[Paper]) -> dict[int, dict[str, Any]]:
        """What the data says now for papers of this kind, by paper id."""
        return {pk: self.snapshot(each) for pk, each in self.collect(papers).items()}

    def may_have_changed(self, paper: Paper) -> bool:
        """Whether anything happened since it was built that could change it."""
        return paper.data_version != self.data_version(paper.organisation)

    def data_version(self, organisation: Organisation) -> int:
        """A number that rises with every event that could change such a paper."""
        about = Q(target_type=Organisation._meta.label_lower)
        for source in self.sources:
            about |= Q(target_type__startswith=source)
        counted = Q(about, organisation_id=organisation.pk)
        if NAMES in self.sources:
            # A person's name changes in all of their organisations at once.
            counted |= Q(organisation_id=NOBODYS, target_type=NAMES)
        return DataVersion.objects.filter(counted).version()


RECIPES = {
    Paper.Kind.PROGRESSION_ANNEX: Recipe(
        collect=facts.collect_annexes,
        compose=annex.compose_annex,
        snapshot=annex_snapshot,
        differences=annex_differences,
        template_version=annex.TEMPLATE_VERSION,
        sources=("assessments.",),
    ),
    Paper.Kind.FINDINGS_APPENDIX: Recipe(
        collect=appendix_facts.collect_appendices,
        compose=appendix.compose_appendix,
        snapshot=appendix_snapshot,
        differences=appendix_differences,
        template_version=appendix.TEMPLATE_VERSION,
        sources=ACTIONS_AND_WHOSE,
    ),
    Paper.Kind.ACTION_PLAN: Recipe(
        collect=plan_facts.collect_plans,
        compose=plan.compose_plan,
        snapshot=plan_snapshot,
        differences=plan_differences,
        template_version=plan.TEMPLATE_VERSION,
        sources=ACTIONS_AND_WHOSE,
    ),
}


def recipe_of(paper: Paper) -> Recipe:
    """How this paper is made."""
    return RECIPES[Paper.Kind(paper.kind)]


def snapshot_now(paper: Paper) -> dict[str, Any]:
    """What the paper would keep if it were built now."""
    return recipe_of(paper).snapshots([paper])[paper.pk]
