"""The sampling plan as its page and its print show it: what is chosen, what else there is. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessments.grid import StoredResult
from assessments.sampling import ElementStanding, SamplingPlan, reasons_for, urgency
from assessments.tree import Kind, Node, Tree

OWN_CHOICE = "Your choice"


@dataclass(frozen=True)
class PlanRow:
    """One element that can be chosen. ``place``: how pressing it is among those chosen.

    ``number`` counts all from 0, most pressing first.
    """

    node: Node
    result_id: int
    standing: ElementStanding
    reasons: tuple[str, ...]
    is_chosen: bool
    place: int | None
    number: int

    @property
    def input_id(self) -> str:
        """What its box is called on the page; that of the first is Django's, for errors."""
        return f"id_planned_{self.number}"


@dataclass(frozen=True)
class PlanSection:
    """One criterion: the elements chosen or proposed, most pressing first, and the others."""

    node: Node
    rows: tuple[PlanRow, ...]
    others: tuple[PlanRow, ...]
    quota: int
    element_count: int

    @property
    def chosen(self) -> list[PlanRow]:
        return [row for row in self.rows if row.is_chosen]


@dataclass(frozen=True)
class Outcome:
    """After the visit: where plan and sample differ, as nodes in reading order."""

    planned_only: tuple[Node, ...]
    sampled_only: tuple[Node, ...]
    both_count: int


def lay_out_plan(
    tree: Tree,
    results: Sequence[StoredResult],
    standings: Sequence[ElementStanding],
    plan: SamplingPlan,
    chosen: Collection[int],
) -> list[PlanSection]:
    """The criteria with their elements; ``chosen`` are result ids.

    Elements that don't apply are left out.
    """
    rows = _rows(tree, results, standings, plan, chosen)
    return [
        PlanSection(
            node=tree.by_ref[criterion.ref],
            rows=tuple(row for row in rows if _is_of(row, criterion.ref, wanted=True)),
            others=tuple(
                row for row in rows if _is_of(row, criterion.ref, wanted=False)
            ),
            quota=criterion.quota,
            element_count=criterion.element_count,
        )
        for criterion in plan.criteria
    ]


def proposed_ids(results: Sequence[StoredResult], plan: SamplingPlan) -> set[int]:
    """The results of the elements that the plan picks."""
    picked = {pick.standing.node_id for pick in plan.picks}
    return {result.id for result in results if result.node_id in picked}


def planned_ids(results: Sequence[StoredResult], tree: Tree) -> set[int]:
    """The elements' results that are planned now."""
    return {
        result.id
        for result in results
        if result.planned and tree.by_id[result.node_id].kind is Kind.ELEMENT
    }


def outcome_of(results: Sequence[StoredResult], tree: Tree) -> Outcome | None:
    """How the sample met the plan, by element; None before anything was sampled or planned."""
    planned = {result.node_id for result in results if result.planned}
    sampled = {result.node_id for result in results if result.sampled}
    elements = tree.elements
    if not planned or not sampled:
        return None
    return Outcome(
        planned_only=tuple(e for e in elements if e.id in planned - sampled),
        sampled_only=tuple(e for e in elements if e.id in sampled - planned),
        both_count=sum(e.id in planned & sampled for e in elements),
    )


def _rows(
    tree: Tree,
    results: Sequence[StoredResult],
    standings: Sequence[ElementStanding],
    plan: SamplingPlan,
    chosen: Collection[int],
) -> list[PlanRow]:
    """Every element that applies, most pressing first."""
    result_ids = {result.node_id: result.id for result in results}
    proposed = {pick.standing.node_id: pick.reasons for pick in plan.picks}
    ordered = sorted(
        (each for each in standings if each.applicable),
        key=lambda each: urgency(each, plan.visit),
    )
    rows = []
    place = 0
    for number, standing in enumerate(ordered):
        is_chosen = result_ids[standing.node_id] in chosen
        place += is_chosen
        reasons = proposed.get(standing.node_id, ())
        if is_chosen and not reasons:
            reasons = (OWN_CHOICE, *reasons_for(standing, plan.visit))
        rows.append(
            PlanRow(
                node=tree.by_id[standing.node_id],
                result_id=result_ids[standing.node_id],
                standing=standing,
                reasons=reasons,
                is_chosen=is_chosen,
                place=place if is_chosen else None,
                number=number,
            )
        )
    return rows


def _is_of(row: PlanRow, criterion_ref: str, *, wanted: bool) -> bool:
    return row.node.criterion_ref == criterion_ref and bool(row.reasons) is wanted
