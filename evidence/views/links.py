"""What an item supports: many elements at once, or one link looked at again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import visible_assessments
from assessments.models.assessment import AssessmentQuerySet
from assessments.standard_tree import tree_for
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import Problem
from evidence.access import item_view
from evidence.forms.links import EditLinkForm, LinkMoreForm
from evidence.models import EvidenceItem, EvidenceLink
from evidence.services.links import edit_link, link_to_elements, unlink


@require_http_methods(["GET", "POST"])
@item_view(Permission.ADD_EVIDENCE)
def link_more(request: OrgRequest, item: EvidenceItem) -> HttpResponse:
    """Link to more elements, in as many years as one likes."""
    latest = visible_assessments(request.membership).last()
    if latest is None:
        return render(request, "evidence/link_more.html", {"item": item})
    standard = latest.certification.standard
    form = LinkMoreForm(
        request.POST or None,
        assessments=_assessed_by(request, standard.pk),
        tree=tree_for(request.organisation, standard),
        initial={"years": [latest.pk]},
    )
    if form.is_valid():
        try:
            new = link_to_elements(
                item=item, places=form.places, mark=form.mark, by=request.user
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, _linked_words(len(new), len(form.places)))
            return redirect(item)
    return render(request, "evidence/link_more.html", {"form": form, "item": item})


@require_http_methods(["GET", "POST"])
@item_view(Permission.ADD_EVIDENCE)
def change_link(request: OrgRequest, item: EvidenceItem, link: int) -> HttpResponse:
    """Where to look, whether it is among the strongest, or removing the link."""
    found = _link_or_404(item, link)
    form = EditLinkForm(request.POST or None, link=found)
    conflict = None
    if form.is_valid():
        try:
            edit_link(link=found, seen=form.seen, mark=form.mark, by=request.user)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        except Conflict as refusal:
            conflict = refusal
            found = _link_or_404(item, link)
            form = _renewed(request, found)
        else:
            messages.success(request, f"The link to {found.node.ref} is saved.")
            return redirect(item)
    context = {
        "form": form,
        "item": item,
        "link": found,
        "conflict": conflict,
        "problems": [Problem(str(conflict))] if conflict else [],
    }
    status = 409 if conflict else 200
    return render(request, "evidence/change_link.html", context, status=status)


@require_POST
@item_view(Permission.ADD_EVIDENCE)
def remove_link(request: OrgRequest, item: EvidenceItem, link: int) -> HttpResponse:
    """The item no longer supports this element in this year."""
    found = _link_or_404(item, link)
    try:
        unlink(link=found, by=request.user)
    except RuleBroken as rule:
        messages.error(request, str(rule))
    else:
        place = f"{found.node.ref} in the {found.assessment}"
        messages.success(request, f"It is no longer linked to {place}.")
    return redirect(item)


def _assessed_by(request: OrgRequest, standard_id: int) -> AssessmentQuerySet:
    """Years assessed by the same standard, the newest first: their elements are the same."""
    visible = visible_assessments(request.membership)
    return visible.filter(certification__standard=standard_id).reverse()


def _link_or_404(item: EvidenceItem, link_id: int) -> EvidenceLink:
    links = item.links.select_related("assessment", "node")
    link: EvidenceLink = get_object_or_404(links, pk=link_id)
    # Its events need the organisation, which is here already.
    link.item = item
    return link


def _renewed(request: OrgRequest, link: EvidenceLink) -> EditLinkForm:
    """What was typed, to be saved over what stands there now."""
    data = request.POST.copy()
    data["seen_locator"] = link.locator
    data["seen_strongest"] = str(link.is_strongest)
    return EditLinkForm(data, link=link)


def _linked_words(new_count: int, chosen_count: int) -> str:
    if not new_count:
        return "All of these were linked already."
    words = "1 link is" if new_count == 1 else f"{new_count} links are"
    before = chosen_count - new_count
    return f"{words} added{f', {before} were there already' if before else ''}."
