"""The wording of the Standard: ours beside what an organisation took from its own document."""

from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessments.forms.wording import OURS, SwitchForm, SwitchOneForm, WordingForm
from assessments.models import Standard, Wording
from assessments.services import wording as services
from assessments.standard_readings import standard_of
from assessments.standard_tree import shared_tree, tree_for
from assessments.tree import Kind, Node, Words
from assessments.wording_page import Entry, elements, entries
from assessments.wording_readings import wording_of
from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.conflicts import Disagreement, labels_of, save_or_ask
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken


def element_view(view: View) -> View:
    """Give the view the standard and its element with the address's ref, in our words."""

    @organisation_view(Permission.SET_UP)
    @wraps(view)
    def wrapper(request: OrgRequest, ref: str) -> HttpResponseBase:
        standard = _standard_or_404(request)
        node = shared_tree(standard).by_ref.get(ref)
        if node is None or node.kind is not Kind.ELEMENT:
            raise Http404("No such element")
        return view(request, standard, node)

    return wrapper


@require_safe
@organisation_view(Permission.SET_UP)
def wording(request: OrgRequest) -> HttpResponse:
    """Every element in our words and in the adopted ones."""
    standard = standard_of(request.organisation)
    listed: list[Entry] = []
    if standard:
        kept = wording_of(request.organisation, standard)
        listed = entries(shared_tree(standard), kept)
    adopted = [entry for entry in listed if entry.is_adopted]
    show = request.GET.get("show", "")
    chosen = {
        "adopted": adopted,
        "ours": [entry for entry in listed if not entry.is_adopted],
    }
    context = {
        "entries": chosen.get(show, listed),
        "show": show if show in chosen else "all",
        "total": len(listed),
        "adopted_count": len(adopted),
        "ours_count": len(listed) - len(adopted),
        "kept_count": sum(entry.wording is not None for entry in listed),
        "language": _language_name(request.organisation.language),
        "may_import": request.membership.may(Permission.IMPORT),
    }
    return render(request, "assessments/wording/list.html", context)


@require_http_methods(["GET", "POST"])
@element_view
def edit(request: OrgRequest, standard: Standard, node: Node) -> HttpResponse:
    """Correct the words of one element by hand."""
    row = wording_of(request.organisation, standard).get(node.id)
    form = WordingForm(request.POST or None, initial=_as_it_stands(row))

    def save(values: dict[str, Any]) -> None:
        services.word_element(
            organisation=request.organisation,
            standard=standard,
            node=tree_for(request.organisation, standard).by_id[node.id],
            seen_version=form.cleaned_data["version"],
            words=Words(**values),
            by=request.user,
        )

    if form.is_valid():
        try:
            asked = save_or_ask(
                request,
                row or Wording(node_id=node.id, version=0),
                partial(_disagreement, form=form),
                save,
                back_url=request.path,
            )
        except RuleBroken as rule:
            form.add_error("statement", str(rule))
        else:
            if asked is None:
                messages.success(request, f"The wording of {node.ref} is saved.")
            return asked or redirect(_list_url(request, node.ref))
    context = {
        "node": node,
        "entry": Entry(node, row),
        "form": form,
        "back": _list_url(request, node.ref),
    }
    return render(request, "assessments/wording/edit.html", context)


def _disagreement(row: Wording, form: WordingForm) -> Disagreement:
    mine = form.words._asdict()
    return Disagreement(
        target=row,
        version=row.version,
        seen_version=form.cleaned_data["version"],
        theirs={name: getattr(row, name) for name in mine},
        mine=mine,
        labels=labels_of(form),
        saved_by=services.SAVING_VERBS,
        texts=mine.keys(),
    )


@require_POST
@element_view
def switch(request: OrgRequest, standard: Standard, node: Node) -> HttpResponse:
    """Show our words of one element again, or the adopted ones."""
    form = SwitchOneForm(request.POST)
    row = wording_of(request.organisation, standard).get(node.id)
    if row is None or not form.is_valid():
        raise BadRequest("There is no such wording")
    seen = form.cleaned_data["version"]
    try:
        if form.cleaned_data["to"] == OURS:
            services.restore_our_wording(
                wording=row, seen_version=seen, now=timezone.now(), by=request.user
            )
            messages.success(request, f"{node.ref} is in our words again.")
        else:
            services.show_adopted_wording(
                wording=row, seen_version=seen, by=request.user
            )
            messages.success(request, f"{node.ref} is in your own wording again.")
    except Conflict as conflict:
        messages.error(request, str(conflict))
    return redirect(_list_url(request, node.ref))


@require_POST
@organisation_view(Permission.SET_UP)
def switch_all(request: OrgRequest) -> HttpResponse:
    """Show our words everywhere, or the adopted ones wherever there are any."""
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Neither our words nor the adopted ones")
    asked: dict[str, Any] = {
        "organisation": request.organisation,
        "standard": _standard_or_404(request),
        "by": request.user,
    }
    if form.cleaned_data["to"] == OURS:
        count = services.restore_all_ours(now=timezone.now(), **asked)
        messages.success(request, f"{elements(count)} in our words again.")
    else:
        count = services.show_all_adopted(**asked)
        messages.success(request, f"{elements(count)} in your own wording again.")
    return redirect(_list_url(request))


def _as_it_stands(row: Wording | None) -> dict[str, Any]:
    if row is None:
        return {"version": 0}
    return {
        "version": row.version,
        "statement": row.statement,
        "guidance": row.guidance,
    }


def _language_name(code: str) -> str:
    """The language in its own words, or its code where Django has no name for it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _standard_or_404(request: OrgRequest) -> Standard:
    standard = standard_of(request.organisation)
    if standard is None:
        raise Http404("No standard is loaded")
    return standard


def _list_url(request: OrgRequest, ref: str = "") -> str:
    url = reverse("assessments:wording", args=[request.organisation.slug])
    return f"{url}#element-{ref}" if ref else url
