"""One evidence item: read, changed, withdrawn and restored."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.conflicts import Disagreement, save_form_or_none
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict
from evidence.access import ItemRequest, item_view, shown_item_view
from evidence.forms.items import EditItemForm, VersionForm
from evidence.history import history_of
from evidence.models import EvidenceItem
from evidence.readings import supported_years
from evidence.services.details import ItemDetails, details_of
from evidence.services.items import edit_item, restore_item, withdraw_item
from evidence.wording import LABELS, LONG_TEXTS, SAVING_VERBS, TEXTS


@require_safe
@shown_item_view
def show(request: ItemRequest, item: EvidenceItem) -> HttpResponse:
    """The versions, what they support by year, and what happened so far.

    An assessor is shown the item as it stands now, and what it supports of theirs.
    """
    today = local_day(timezone.now())
    accesses = request.accesses
    of_theirs = None if accesses is None else [each.assessment for each in accesses]
    versions = item.versions.select_related("added_by").order_by("-number")
    if of_theirs is not None:
        versions = versions[:1]
    context = {
        "item": item,
        "versions": [(version, version.is_expired(on=today)) for version in versions],
        "years": supported_years(item, among=of_theirs),
        "history": history_of(item) if accesses is None else [],
        "sees_library": accesses is None,
        "has_earlier": accesses is None
        and Event.objects.about(item).rewording(TEXTS).exists(),
        "can_change": request.membership.may(Permission.ADD_EVIDENCE),
        "version_form": VersionForm(initial={"version": item.version}),
    }
    return render(request, "evidence/item.html", context)


@require_http_methods(["GET", "POST"])
@item_view(Permission.ADD_EVIDENCE)
@keeps_draft(lambda _, item: f"evidence:{item.pk}")
def edit(request: DraftRequest, item: EvidenceItem) -> HttpResponse:
    """Change what is said about it; what somebody else changed meanwhile is shown, not lost."""
    form = EditItemForm(
        request.POST or None, organisation=request.organisation, item=item
    )
    restore_draft(request, form)
    answer = _save_or_none(request, item, form) if form.is_valid() else None
    return answer or render(request, "evidence/edit.html", {"form": form, "item": item})


@require_POST
@item_view(Permission.ADD_EVIDENCE)
def withdraw(request: OrgRequest, item: EvidenceItem) -> HttpResponse:
    """Take it out of the library; its page offers to restore it."""
    return _move(request, item, withdraw_item, "withdrawn", now=timezone.now())


@require_POST
@item_view(Permission.ADD_EVIDENCE)
def restore(request: OrgRequest, item: EvidenceItem) -> HttpResponse:
    """Bring it back into the library."""
    return _move(request, item, restore_item, "back in the library")


def _save_or_none(
    request: OrgRequest, item: EvidenceItem, form: EditItemForm
) -> HttpResponse | None:
    def save(values: dict[str, Any]) -> str:
        edit_item(
            item=item,
            seen_version=form.cleaned_data["version"],
            details=ItemDetails(**values),
            by=request.user,
        )
        return f"Evidence {item.number} is saved."

    back = item.get_absolute_url()
    return save_form_or_none(request, item, form, _disagreement, save, back_url=back)


def _disagreement(item: EvidenceItem, form: EditItemForm) -> Disagreement:
    return Disagreement(
        target=item,
        version=item.version,
        seen_version=form.cleaned_data["version"],
        theirs=details_of(item).as_values(),
        mine=form.details.as_values(),
        labels=LABELS,
        saved_by=SAVING_VERBS,
        texts=LONG_TEXTS,
    )


def _move(
    request: OrgRequest, item: EvidenceItem, move: Any, outcome: str, **arguments: Any
) -> HttpResponse:
    form = VersionForm(request.POST)
    if form.is_valid():
        seen_version = form.cleaned_data["version"]
        try:
            move(item=item, seen_version=seen_version, by=request.user, **arguments)
        except Conflict as conflict:
            messages.error(request, str(conflict))
        else:
            messages.success(request, f"Evidence {item.number} is {outcome}.")
    return redirect(item)
