"""Earlier versions of a row's texts, read from the change log, and the page that restores one.

Nothing is stored twice: a version is what stands there now with every later change undone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.history import NOTHING, events_about, once_a_save
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.services.events import plain_value
from cse_tracker.core.conflicts import in_words
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.word_differences import (
    Piece,
    after_of,
    before_of,
    word_differences,
)

# In the address: the key of the version to look at.
CHOSEN = "version"
# What stood there before the log begins has no event.
UNLOGGED = 0


@dataclass(frozen=True)
class Version:
    """What the texts said from one save until the next, as the log keeps values."""

    key: int
    values: Mapping[str, Any]
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The texts of a row: what their page of earlier versions shows, and how one is restored.

    ``values`` stand there now, as strings, numbers and marks. ``check`` raises RuleBroken
    while nothing may be restored; ``restore`` gets the version that the person saw and the
    values to write, and raises what the service of an ordinary change raises.
    """

    target: Model
    version: int
    labels: Mapping[str, str]
    values: Mapping[str, Any]
    permission: Permission
    check: Callable[[], None]
    restore: Callable[[int, dict[str, Any]], object]
    back_url: str
    show: Callable[[str, Any], str] = lambda name, value: in_words(value)

    def versions(self) -> list[Version]:
        """Newest first, and the first is what stands there now: one query."""
        return versions_of(events_about(self.target), self.values)


@dataclass(frozen=True)
class Comparison:
    """One text as it was beside what it says now, with marks on what differs."""

    name: str
    label: str
    before: list[Piece]
    now: list[Piece]


class RestoreForm(GovukForm):
    """Which of the texts to restore, with the version of the row that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    wanted = forms.MultipleChoiceField(
        label="What do you want to restore?",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": "Select at least one text to restore"},
    )

    def __init__(self, comparisons: list[Comparison], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(each.name, each.label) for each in comparisons]
        wanted = self.fields["wanted"]
        wanted.choices = choices  # type: ignore[attr-defined]
        wanted.initial = [name for name, _ in choices]
        if len(choices) == 1:
            wanted.widget = forms.MultipleHiddenInput()


def versions_of(events: Iterable[Event], values: Mapping[str, Any]) -> list[Version]:
    """The versions of ``values``, newest first; a blank beginning is none.

    ``events`` are the row's, newest first. Each version undoes one more of them.
    """
    found: list[Version] = []
    current = {name: plain_value(value) for name, value in values.items()}
    for event in once_a_save(events):
        before = {
            name: old
            for name, (old, new) in event.changes.items()
            if name in current and old != new
        }
        if before:
            found.append(Version(event.pk, current, event.at, _who(event)))
            current = current | before
    if any(current.values()) or not found:
        found.append(Version(UNLOGGED, current))
    return found


def versions_page(request: OrgRequest, texts: Texts) -> HttpResponse:
    """The chosen version beside the present one; a POST restores it."""
    if request.method == "POST":
        request.membership.check_may(texts.permission)
        if request.POST.get("version") != str(texts.version):
            return _changed_meanwhile(request)
    now, *earlier = texts.versions()
    chosen = _chosen(request, earlier)
    comparisons = _comparisons(texts, chosen, now) if chosen else []
    form = None
    refusal = _refusal(request, texts)
    if chosen and comparisons and not refusal:
        initial = {"version": texts.version}
        form = RestoreForm(comparisons, request.POST or None, initial=initial)
        if form.is_valid():
            try:
                return _restore(request, texts, chosen, form)
            except RuleBroken as rule:
                form.add_error(None, str(rule))
    context = {
        "texts": texts,
        "now": now,
        "earlier": earlier,
        "chosen": chosen,
        "comparisons": comparisons,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "accounts/versions.html", context)


def _restore(
    request: OrgRequest, texts: Texts, chosen: Version, form: RestoreForm
) -> HttpResponse:
    values = {name: chosen.values[name] for name in form.cleaned_data["wanted"]}
    try:
        texts.restore(form.cleaned_data["version"], values)
    except Conflict:
        return _changed_meanwhile(request)
    messages.success(request, "The earlier version is restored.")
    return redirect(texts.back_url)


def _changed_meanwhile(request: OrgRequest) -> HttpResponse:
    messages.error(
        request,
        "Someone changed this after you opened the page. Nothing is restored yet: read what "
        "it says now, then restore the earlier version if you still want it.",
    )
    return redirect(request.get_full_path())


def _refusal(request: OrgRequest, texts: Texts) -> str:
    """Why the person can't restore anything here, as words for them; empty if they can."""
    if not request.membership.may(texts.permission):
        return (
            "You can read earlier versions. Restoring one takes the right to change it."
        )
    try:
        texts.check()
    except RuleBroken as rule:
        return str(rule)
    return ""


def _chosen(request: OrgRequest, earlier: list[Version]) -> Version | None:
    """The version that the address names; the latest of the earlier ones without a name."""
    asked = request.GET.get(CHOSEN)
    if asked is None:
        return earlier[0] if earlier else None
    for version in earlier:
        if str(version.key) == asked:
            return version
    raise Http404("No such version")


def _comparisons(texts: Texts, chosen: Version, now: Version) -> list[Comparison]:
    found = []
    for name, label in texts.labels.items():
        if chosen.values[name] == now.values[name]:
            continue
        pieces = word_differences(
            _in_words(texts, name, chosen), _in_words(texts, name, now)
        )
        found.append(Comparison(name, label, before_of(pieces), after_of(pieces)))
    return found


def _in_words(texts: Texts, name: str, version: Version) -> str:
    value = version.values[name]
    return "" if value in NOTHING else texts.show(name, value)


def _who(event: Event) -> str:
    return str(event.by) if event.by else "CSE Tracker"
