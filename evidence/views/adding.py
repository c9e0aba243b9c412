"""Adding evidence, by itself or for the element that the address names, and newer versions."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import visible_assessments
from assessments.models import Assessment
from assessments.standard_tree import tree_for
from assessments.tree import Node
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.stored_files import no_orphans
from evidence.access import item_view
from evidence.forms.items import (
    AddDocumentForm,
    AddDocumentVersionForm,
    AddLinkForm,
    AddLinkVersionForm,
)
from evidence.models import EvidenceItem
from evidence.services.items import add_document, add_link, add_version
from evidence.services.links import link_to_element


@dataclass(frozen=True)
class Place:
    """An element in an assessment."""

    assessment: Assessment
    node: Node

    @property
    def url(self) -> str:
        return self.assessment.url_of(self.node.ref)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.ADD_EVIDENCE)
def create(request: OrgRequest) -> HttpResponse:
    """Add a document or, with ``kind=link``, a link; then it supports the place named."""
    place = _place_of(request)
    is_link = request.GET.get("kind") == EvidenceItem.Kind.LINK
    form = (AddLinkForm if is_link else AddDocumentForm)(
        request.POST or None,
        request.FILES or None,
        organisation=request.organisation,
        today=local_day(timezone.now()),
        has_place=place is not None,
    )
    if form.is_valid():
        try:
            with no_orphans():
                path = form.submit_once(
                    request.user, lambda: _add(request, form, place)
                )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, "The evidence is in the library.")
            return redirect(path)
    context = {"form": form, "place": place, "is_link": is_link}
    return render(request, "evidence/create.html", context)


@require_http_methods(["GET", "POST"])
@item_view(Permission.ADD_EVIDENCE)
def new_version(request: OrgRequest, item: EvidenceItem) -> HttpResponse:
    """Add a newer file, or a newer address; the older ones stay."""
    is_link = item.kind == EvidenceItem.Kind.LINK
    form = (AddLinkVersionForm if is_link else AddDocumentVersionForm)(
        request.POST or None,
        request.FILES or None,
        today=local_day(timezone.now()),
    )
    if form.is_valid():

        def write() -> str:
            add_version(
                item=item, source=form.source, dates=form.dates, by=request.user
            )
            return item.get_absolute_url()

        try:
            with no_orphans():
                path = form.submit_once(request.user, write)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, "The new version is saved.")
            return redirect(path)
    return render(request, "evidence/new_version.html", {"form": form, "item": item})


def _add(
    request: OrgRequest, form: AddDocumentForm | AddLinkForm, place: Place | None
) -> str:
    """Write the item and its link; where that leads to."""
    item = _add_item(request, form)
    if place is None:
        return item.get_absolute_url()
    link_to_element(
        item=item,
        assessment=place.assessment,
        node=place.node,
        mark=form.mark,
        by=request.user,
    )
    return place.url


def _add_item(request: OrgRequest, form: AddDocumentForm | AddLinkForm) -> EvidenceItem:
    if isinstance(form, AddLinkForm):
        return add_link(
            organisation=request.organisation,
            details=form.details,
            url=form.source,
            dates=form.dates,
            by=request.user,
        )
    return add_document(
        organisation=request.organisation,
        details=form.details,
        upload=form.source,
        dates=form.dates,
        by=request.user,
    )


def _place_of(request: OrgRequest) -> Place | None:
    """The place that the address names; Http404 for one that does not exist."""
    slug, ref = request.GET.get("assessment"), request.GET.get("element")
    if not slug or not ref:
        return None
    # Compared here: PostgreSQL refuses to look for some characters that an address can hold.
    visible = visible_assessments(request.membership)
    assessment = next((each for each in visible if each.slug == slug), None)
    if assessment is None:
        raise Http404("No such assessment")
    tree = tree_for(request.organisation, assessment.certification.standard)
    node = tree.by_ref.get(ref)
    if node is None or not node.is_ratable:
        raise Http404("No such element")
    return Place(assessment, node)
