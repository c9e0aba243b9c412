"""What the pages of all imports share: the run an address names, upload, discard and undo.

An importer's own views say what is read and shown; their templates extend
``accounts/imports/done.html`` and ``undo.html``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.models import ImportRun, Organisation, User
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.services.imports import ImportInUse, discard_import
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from cse_tracker.core.stored_files import no_orphans

Runs = Callable[[Organisation], QuerySet[ImportRun]]
# The page of an import that was brought in, with what stands in the way of undoing it.
ShowDone = Callable[[OrgRequest, ImportRun, list[Problem]], HttpResponse]


class UndoService(Protocol):
    """Takes back what an import wrote. Raises RuleBroken, ImportInUse with the obstacles."""

    def __call__(self, *, run: ImportRun, now: datetime, by: User) -> ImportRun: ...


@dataclass(frozen=True)
class ImportPages:
    """The pages of one kind of import."""

    # The imports of this kind that an organisation has, newest first.
    runs: Runs
    # To upload a file, with the files uploaded before, as the name of an address.
    upload: str
    # One run: its preview or, once it was brought in, what it did. The name of an address.
    run: str
    # The folder of the importer's list.html and undo.html.
    templates: str

    def url_of(self, run: ImportRun) -> str:
        """The page of one run; its organisation is loaded."""
        return reverse(self.run, args=[run.organisation.slug, run.pk])


def import_view(pages: ImportPages, *, key: str) -> Callable[[View], View]:
    """Give the view the import that the address names by ``key``, to people who may import."""

    def decorate(view: View) -> View:
        @organisation_view(Permission.IMPORT)
        @wraps(view)
        def wrapper(request: OrgRequest, **kwargs: Any) -> HttpResponseBase:
            found = pages.runs(request.organisation).select_related(
                "organisation", "uploaded_by", "committed_by", "undone_by"
            )
            run = get_object_or_404(found, pk=kwargs.pop(key))
            return view(request, run, **kwargs)

        return wrapper

    return decorate


def upload_page(
    request: OrgRequest,
    form: SubmissionKeyMixin,
    stage: Callable[[], ImportRun],
    pages: ImportPages,
    **context: Any,
) -> HttpResponse:
    """Stage what the form holds, once however often it is sent, and go to its preview.

    Else the form, with what ``stage`` refused, and below it what was uploaded before.
    """
    if form.is_valid():
        try:
            with no_orphans():
                return redirect(
                    form.submit_once(request.user, lambda: pages.url_of(stage()))
                )
        except RuleBroken as rule:
            form.add_error("file" if request.FILES else "pasted", str(rule))
    runs = pages.runs(request.organisation).select_related("uploaded_by")
    context |= {"form": form, "runs": list(runs), "run_page": pages.run}
    return render(request, f"{pages.templates}/list.html", context)


def done_page(
    request: OrgRequest, run: ImportRun, pages: ImportPages, show_done: ShowDone
) -> HttpResponse:
    """What a run that waits no longer did; a second click finds the first one's work done."""
    if request.method == "POST":
        return redirect(pages.url_of(run))
    return show_done(request, run, [])


def discard_upload(
    request: OrgRequest, run: ImportRun, pages: ImportPages
) -> HttpResponse:
    """Give up a preview."""
    try:
        discard_import(run=run, by=request.user)
    except RuleBroken as rule:
        messages.error(request, str(rule))
        return redirect(pages.url_of(run))
    messages.success(request, f"{run.file_name} was discarded. Nothing was changed.")
    return redirect(pages.upload, request.organisation.slug)


def undo_page(  # noqa: PLR0913  # what each importer undoes in its own way
    request: OrgRequest,
    run: ImportRun,
    pages: ImportPages,
    *,
    facts: Callable[[ImportRun], dict[str, Any]],
    check: Callable[[ImportRun], None],
    undo: UndoService,
    show_done: ShowDone,
) -> HttpResponse:
    """Say what would go and ask once, or say what stands in the way; then take it back.

    ``facts``, for the page that asks, and ``check``, which raises what ``undo`` would refuse,
    are called only for a run that was brought in.
    """
    back = pages.url_of(run)
    if request.method == "POST":
        return _take_back(request, run, back, undo, show_done)
    if run.state != ImportRun.State.COMMITTED:
        return redirect(back)
    try:
        check(run)
    except RuleBroken as refusal:
        return show_done(request, run, _obstacles(refusal))
    context = {"run": run, "back": back, **facts(run)}
    return render(request, f"{pages.templates}/undo.html", context)


def _take_back(
    request: OrgRequest,
    run: ImportRun,
    back: str,
    undo: UndoService,
    show_done: ShowDone,
) -> HttpResponse:
    try:
        undo(run=run, now=timezone.now(), by=request.user)
    except ImportInUse as refusal:
        return show_done(request, run, _obstacles(refusal))
    except RuleBroken as rule:
        messages.error(request, str(rule))
    else:
        messages.success(
            request, f"{run.file_name} was undone. The record is as it was before."
        )
    return redirect(back)


def _obstacles(refusal: RuleBroken) -> list[Problem]:
    named = refusal.obstacles if isinstance(refusal, ImportInUse) else []
    return [Problem(str(refusal)), *map(Problem, named)]
