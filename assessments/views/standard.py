"""The standard: all of it, and one element with what the years say of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import text_labels
from assessments.models import Standard, StandardNode
from assessments.standard_page import element_count, element_part, lay_out_standard
from assessments.standard_readings import (
    results_by_year,
    standard_of,
    sub_element_years,
    visible_tree,
    years_of,
)
from assessments.tree import Kind, Node, Tree
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.models.event import was_reworded
from cse_tracker.accounts.permissions import Permission

SEARCH_CHARACTERS = 200


@require_safe
@organisation_view(Permission.READ_ISSUED)
def browse(request: OrgRequest) -> HttpResponse:
    """Criteria, sub-criteria and elements, all or those that mention ``?q=``."""
    standard = standard_of(request.organisation)
    search = request.GET.get("q", "").strip()[:SEARCH_CHARACTERS]
    context: dict[str, Any] = {"standard": standard, "search": search}
    if standard:
        years = years_of(request.membership, standard)
        rated = sub_element_years(request.organisation, years)
        tree = visible_tree(request.membership, standard, rated)
        criteria = lay_out_standard(tree, rated, search)
        context |= {
            "criteria": criteria,
            "found": element_count(criteria),
            "adopted_count": len(tree.adopted),
        }
    return render(request, "assessments/standard/browse.html", context)


@require_safe
@organisation_view(Permission.READ_ISSUED)
def element(request: OrgRequest, ref: str) -> HttpResponse:
    """One element or sub-element: what it asks, its clauses, its ratings over the years."""
    standard = standard_of(request.organisation)
    if standard is None:
        raise Http404("No standard is loaded")
    return _show_element(request, standard, ref)


def _show_element(request: OrgRequest, standard: Standard, ref: str) -> HttpResponse:
    years = years_of(request.membership, standard)
    rated = sub_element_years(request.organisation, years)
    tree = visible_tree(request.membership, standard, rated)
    node = _ratable_or_404(tree, ref)
    can_rate = request.membership.may(Permission.PREPARE)
    history = results_by_year(node.id, years)
    context = {
        "node": node,
        "parent": tree.by_ref[node.parent_ref],
        "part": element_part(tree, node, rated),
        "history": history,
        "is_sub_element": node.kind is Kind.SUB_ELEMENT,
        "can_rate": can_rate,
        "has_earlier": _may_read_earlier(request, node),
        "open_results": [
            result for result in history if can_rate and result.assessment.is_open
        ],
        "previous": tree.previous_ratable(node, tree.by_id),
        "following": tree.next_ratable(node, tree.by_id),
    }
    return render(request, "assessments/standard/element.html", context)


def _may_read_earlier(request: OrgRequest, node: Node) -> bool:
    """Whether a sub-element was worded anew, and this person sees the work behind it."""
    if node.kind is not Kind.SUB_ELEMENT or not request.membership.may(Permission.READ):
        return False
    rows = StandardNode.objects.added_by(request.organisation).filter(pk=node.id)
    return rows.filter(was_reworded(StandardNode, text_labels.STATEMENT)).exists()


def _ratable_or_404(tree: Tree, ref: str) -> Node:
    node = tree.by_ref.get(ref)
    if node is None or not node.is_ratable:
        raise Http404("No such element")
    return node
