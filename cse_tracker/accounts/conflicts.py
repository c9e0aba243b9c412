"""The page on which the second of two people chooses, field by field, what to keep."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.drafts import NOT_TYPED
from cse_tracker.accounts.history import events_about, once_a_save, values_since
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.events import plain_value
from cse_tracker.core.conflicts import (
    SETTLING,
    Difference,
    KeepForm,
    differences,
    in_words,
    settled,
    typed_again,
)
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.keys import key_or_none

Row = TypeVar("Row", bound=Model)
Form = TypeVar("Form", bound=BaseForm)


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A row that somebody changed while somebody else was changing it.

    ``target`` is the row as it stands now, at ``version``; ``theirs`` and ``mine`` are domain
    values by field, ``labels`` says which fields to ask about, and ``texts`` which are long.
    ``saved_by`` are the verbs of the events that raised the row's version.
    """

    target: Model
    version: int
    seen_version: int
    theirs: Mapping[str, Any]
    mine: Mapping[str, Any]
    labels: Mapping[str, str]
    saved_by: Collection[str]
    texts: Collection[str] = ()

    @property
    def is_over(self) -> bool:
        """Whether the person has seen what stands there now."""
        return self.version == self.seen_version

    @property
    def seen(self) -> dict[str, str]:
        """What the form says of having seen the row as it stands now: hidden inputs."""
        return {"version": str(self.version)}

    def saves(self) -> list[Event]:
        """The events that raised the row's version, newest first: one query."""
        saves = once_a_save(events_about(self.target))
        return [event for event in saves if event.verb in self.saved_by]

    def ancestor(self, saves: list[Event], opened: int) -> dict[str, Any]:
        """What the fields changed since said in version ``opened``, as the log has it."""
        return values_since(saves, seen_version=opened, version=self.version)

    def differing(self, saves: list[Event], opened: int) -> list[Difference]:
        """What differs, with a proposal where only one of the two changed a field.

        ``opened`` is the version that the form was opened with, before any conflict.
        """
        before = {
            name: value
            for name, value in self.ancestor(saves, opened).items()
            if name in self.mine
        }
        return differences(
            theirs=self.theirs,
            mine=self.mine,
            labels=self.labels,
            texts=self.texts,
            changed_by={
                name: plain_value(self.mine[name]) != value
                for name, value in before.items()
            },
            before={
                name: words
                for name, value in before.items()
                if (words := _words_of(value, self.theirs[name], self.mine[name]))
                is not None
            },
        )


def _words_of(logged: Any, theirs: Any, mine: Any) -> str | None:
    """What the log keeps of a text or a date; None for a code or key, which says nothing."""
    if type(theirs) is str and isinstance(logged, str):
        return logged
    if isinstance(theirs or mine, date):
        return in_words(date.fromisoformat(logged)) if logged else ""
    return None


@dataclass(frozen=True, kw_only=True)
class SeenDisagreement(Disagreement):
    """One about a row without a version: the form brings along what the person saw.

    ``ancestral`` are those values as the log keeps them, ``hidden`` the inputs that say what
    stands there now.
    """

    ancestral: Mapping[str, Any]
    hidden: Mapping[str, str]
    version: int = 0
    seen_version: int = 0

    @property
    def is_over(self) -> bool:
        now = {name: plain_value(value) for name, value in self.theirs.items()}
        return all(now[name] == value for name, value in self.ancestral.items())

    @property
    def seen(self) -> dict[str, str]:
        return dict(self.hidden)

    def ancestor(self, saves: list[Event], opened: int) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.ancestral.items()
            if plain_value(self.theirs[name]) != value
        }


def save_or_ask(
    request: OrgRequest,
    row: Row,
    disagreement_of: Callable[[Row], Disagreement],
    save: Callable[[dict[str, Any]], object],
    *,
    back_url: str,
) -> HttpResponse | None:
    """Save what was typed or, from the conflict page, what was chosen; None once it is saved.

    Where somebody was faster, the page that asks what to keep. What else ``save`` raises is
    the caller's, but for a rule that the choices themselves broke: the page asks again.
    """
    disagreement = disagreement_of(row)
    values = settle(request, disagreement)
    if values is None:
        return conflict_page(request, disagreement, back_url=back_url)
    try:
        save(values)
    except Conflict as conflict:
        newer: Any = conflict.clashes[0].current
        return conflict_page(request, disagreement_of(newer), back_url=back_url)
    except RuleBroken as rule:
        if SETTLING not in request.POST:
            raise
        return conflict_page(
            request, disagreement, back_url=back_url, problem=str(rule)
        )
    return None


def save_form_or_none(
    request: OrgRequest,
    row: Row,
    form: Form,
    disagreement_of: Callable[[Row, Form], Disagreement],
    save: Callable[[dict[str, Any]], str],
    *,
    back_url: str,
) -> HttpResponse | None:
    """Save what a valid form holds and go back, or ask what to keep where somebody was faster.

    ``save`` returns what to tell the person. None if it broke a rule, which the form then says.
    """
    told: list[str] = []
    try:
        asked = save_or_ask(
            request,
            row,
            lambda row: disagreement_of(row, form),
            lambda values: told.append(save(_fitting(form, values))),
            back_url=back_url,
        )
    except RuleBroken as rule:
        form.add_error(None, str(rule))
        return None
    for words in told:
        messages.success(request, words)
    return asked or redirect(back_url)


def _fitting(form: BaseForm, values: dict[str, Any]) -> dict[str, Any]:
    """The values again. Raises RuleBroken where what became of two texts is too long."""
    for name, field in form.fields.items():
        most, value = getattr(field, "max_length", None), values.get(name)
        if most and isinstance(value, str) and len(value) > most:
            raise RuleBroken(
                f"“{field.label}” must be {most:,} characters or fewer, and is now "
                f"{len(value):,}. Put the two together yourself and shorten them."
            )
    return values


def labels_of(form: BaseForm) -> dict[str, str]:
    """What the form calls its fields, but for the hidden ones."""
    fields = form.fields.items()
    return {
        name: str(field.label) for name, field in fields if not field.widget.is_hidden
    }


def settle(request: OrgRequest, disagreement: Disagreement) -> dict[str, Any] | None:
    """The values after the choices of the conflict page; None if one is still to be made.

    A form that does not come from that page has no choices: its values are mine.
    """
    if SETTLING not in request.POST:
        return dict(disagreement.mine)
    opened = _opened(request, disagreement)
    differing = disagreement.differing(disagreement.saves(), opened)
    form = KeepForm(differing, request.POST)
    if not form.is_valid():
        return None
    return settled(
        theirs=disagreement.theirs,
        mine=disagreement.mine,
        keep=form.keep,
        merged=form.merged,
    )


def conflict_page(
    request: OrgRequest, disagreement: Disagreement, *, back_url: str, problem: str = ""
) -> HttpResponse:
    """Both values of every field that differs, what was typed kept in hidden inputs.

    ``problem`` is what stood in the way of the choices made so far.
    """
    events = disagreement.saves()
    opened = _opened(request, disagreement)
    differing = disagreement.differing(events, opened)
    has_chosen = SETTLING in request.POST and disagreement.is_over
    if has_chosen:
        form = KeepForm(differing, request.POST)
    else:
        form = KeepForm(differing, earlier=request.POST)
    context = {
        "form": form,
        "problems": [Problem(problem)] if problem else [],
        "target": disagreement.target,
        "latest": events[0] if events else None,
        "typed": _typed(request, disagreement),
        "settling": SETTLING,
        "opened": opened,
        "back_url": back_url,
    }
    return render(request, "accounts/conflict.html", context, status=409)


def _typed(request: OrgRequest, disagreement: Disagreement) -> list[tuple[str, str]]:
    """What was typed, for hidden inputs; the draft's own are drawn where it is kept."""
    typed = typed_again(request.POST, seen=disagreement.seen)
    if not getattr(request, "draft", None):
        return typed
    return [(name, value) for name, value in typed if name not in NOT_TYPED]


def _opened(request: OrgRequest, disagreement: Disagreement) -> int:
    """The version that the form was opened with; the conflict page hands it on."""
    handed_on = key_or_none(request.POST.get(SETTLING, ""))
    return disagreement.seen_version if handed_on is None else handed_on
