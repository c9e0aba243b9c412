"""Where the actions of a plan stand in the standard."""

from collections.abc import Mapping, Sequence

from actions.models import Action
from assessments.models import Standard
from assessments.standard_tree import tree_for
from assessments.tree import Tree, ref_key
from cse_tracker.accounts.models import Organisation
from reports.plan.facts import Group, OpenAction

# A standard by its key, and a ref in it.
Place = tuple[int, str]


def refs_of(action: Action) -> tuple[str, ...]:
    """All that it is about; its standing findings come loaded with their nodes."""
    return tuple(dict.fromkeys(ref for _, ref in _places(action)))


def place_of(action: Action) -> Place | None:
    """The element with which it is listed: the first that it is about."""
    for standard, ref in _places(action):
        return standard, ".".join(ref.split(".")[:3])
    return None


def groups_in_order(
    by_place: Mapping[Place | None, Sequence[OpenAction]], organisation: Organisation
) -> list[Group]:
    """Groups in the order of the standard, what is about no element last."""
    places = sorted(filter(None, by_place), key=_in_the_standard)
    standards = Standard.objects.in_bulk({standard for standard, _ in places})
    trees = {pk: tree_for(organisation, each) for pk, each in standards.items()}
    groups = []
    for place in places:
        pk, ref = place
        named = f"{standards[pk]}, " if len(standards) > 1 else ""
        criterion = f"{named}{_criterion(trees[pk], ref)}"
        title = trees[pk].by_ref[ref].title
        groups.append(Group(ref, title, criterion, tuple(by_place[place])))
    if None in by_place:
        groups.append(Group("", "", "", tuple(by_place[None])))
    return groups


def _places(action: Action) -> list[Place]:
    """What its findings are about, each once, in the order of the standard."""
    nodes = [finding.node for finding in action.findings.all() if finding.node]
    places = {(node.standard_id, node.ref) for node in nodes}
    return sorted(places, key=_in_the_standard)


def _in_the_standard(place: Place) -> tuple[int, tuple[int, ...]]:
    standard, ref = place
    return standard, ref_key(ref)


def _criterion(tree: Tree, ref: str) -> str:
    criterion = tree.by_ref[tree.by_ref[ref].criterion_ref]
    return f"Criterion {criterion.ref}: {criterion.title}"
