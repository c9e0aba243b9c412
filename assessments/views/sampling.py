"""The sampling plan of a visit: proposed, adjusted, saved, printed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import assessment_view
from assessments.forms.sampling import PlanForm, as_text
from assessments.grid import StoredResult
from assessments.models import Assessment, Result
from assessments.readings import stored_results
from assessments.sampling import ElementStanding, SamplingPlan, propose_sample
from assessments.sampling_page import (
    lay_out_plan,
    outcome_of,
    planned_ids,
    proposed_ids,
)
from assessments.sampling_readings import sampling_facts
from assessments.services.sampling import plan_sampling
from assessments.standard_tree import tree_for
from assessments.tree import Tree
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.keys import keys_in

OK, CONFLICT = 200, 409


@dataclass(frozen=True)
class _Facts:
    """What both pages are drawn from."""

    tree: Tree
    results: list[StoredResult]
    standings: list[ElementStanding]
    plan: SamplingPlan
    # Result ids.
    saved: set[int]
    proposed: set[int]


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.READ)
def sampling(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Show the plan, or what is proposed; with the right to prepare, save it as a whole."""
    if request.method == "POST":
        request.membership.check_may(Permission.PREPARE)
    facts = _facts(assessment)
    form = _form(request.POST or None, facts)
    if form.is_valid():
        try:
            plan_sampling(
                assessment=assessment,
                seen=form.cleaned_data["seen"],
                planned=form.cleaned_data["planned"],
                by=request.user,
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        except Conflict as conflict:
            # The other's commit may have come after the first reading.
            facts = _facts(assessment)
            again = _form_again(request, facts, conflict)
            return _show(request, assessment, facts, again, status=CONFLICT)
        else:
            count = len(form.cleaned_data["planned"])
            messages.success(request, f"The plan is saved: {count} elements.")
            return redirect(plan_url(assessment))
    return _show(request, assessment, facts, form)


@require_safe
@assessment_view(Permission.READ)
def sampling_print(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """The plan alone, for paper: the saved one or, before that, the proposal."""
    facts = _facts(assessment)
    context = _context(assessment, facts, facts.saved or facts.proposed)
    return render(request, "assessments/sampling/print.html", context)


def plan_url(assessment: Assessment) -> str:
    """The page of the plan."""
    address = [assessment.organisation.slug, assessment.slug]
    return reverse("assessments:sampling", args=address)


def _show(
    request: OrgRequest,
    assessment: Assessment,
    facts: _Facts,
    form: PlanForm,
    status: int = OK,
) -> HttpResponse:
    may = request.membership.may
    context = _context(assessment, facts, _chosen(request, facts)) | {
        "form": form,
        "can_plan": assessment.is_open
        and not assessment.examines_everything
        and may(Permission.PREPARE),
        "may_set_up": may(Permission.SET_UP),
        "is_proposal": not facts.saved or "proposal" in request.GET,
        "outcome": outcome_of(facts.results, facts.tree),
    }
    return render(request, "assessments/sampling/plan.html", context, status=status)


def _facts(assessment: Assessment) -> _Facts:
    tree = tree_for(assessment.organisation, assessment.certification.standard)
    results = stored_results(assessment)
    standings, visit = sampling_facts(assessment, tree)
    plan = propose_sample(standings, visit)
    return _Facts(
        tree=tree,
        results=results,
        standings=standings,
        plan=plan,
        saved=planned_ids(results, tree),
        proposed=proposed_ids(results, plan),
    )


def _form(data: QueryDict | None, facts: _Facts) -> PlanForm:
    refs = {result.id: facts.tree.by_id[result.node_id].ref for result in facts.results}
    return PlanForm(data, refs=refs, seen=facts.saved)


def _form_again(request: OrgRequest, facts: _Facts, conflict: Conflict) -> PlanForm:
    """The form, knowing the plan as it stands now: sending it again puts it in its place."""
    changed = ", ".join(
        clash.current.node.ref
        for clash in conflict.clashes
        if isinstance(clash.current, Result)
    )
    data = request.POST.copy()
    data["seen"] = as_text(facts.saved)
    form = _form(data, facts)
    form.add_error(
        None,
        f"Someone changed the plan after you opened it: {changed}. Your choice stands below. "
        "Save again to put it in place of theirs.",
    )
    return form


def _chosen(request: OrgRequest, facts: _Facts) -> set[int]:
    """The boxes that are ticked: as sent, as saved or as proposed."""
    if request.method == "POST":
        return keys_in(request.POST.getlist("planned"))
    if "proposal" in request.GET or not facts.saved:
        return facts.proposed
    return facts.saved


def _context(assessment: Assessment, facts: _Facts, chosen: set[int]) -> dict[str, Any]:
    sections = lay_out_plan(
        facts.tree, facts.results, facts.standings, facts.plan, chosen
    )
    return {
        "assessment": assessment,
        "sections": sections,
        "visit": facts.plan.visit,
        "is_saved": bool(facts.saved),
        "saved_count": len(facts.saved),
        "proposed_count": len(facts.proposed),
        "chosen_count": sum(len(section.chosen) for section in sections),
        "element_count": sum(section.element_count for section in sections),
    }
