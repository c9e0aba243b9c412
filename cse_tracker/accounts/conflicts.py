"""The page on which the second of two people chooses, field by field, what to keep."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.history import events_about, values_since
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.events import plain_value
from cse_tracker.core.conflicts import (
    SETTLING,
    Difference,
    KeepForm,
    differences,
    settled,
    typed_again,
)


@dataclass(frozen=True)
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

    def saves(self) -> list[Event]:
        """The events that raised the row's version, newest first: one query."""
        return [
            event for event in events_about(self.target) if event.verb in self.saved_by
        ]

    def differing(self, events: list[Event]) -> list[Difference]:
        """What to ask, with a proposal where only one of the two changed a field."""
        before = values_since(
            events, seen_version=self.seen_version, version=self.version
        )
        return differences(
            theirs=self.theirs,
            mine=self.mine,
            labels=self.labels,
            texts=self.texts,
            changed_by={
                name: plain_value(self.mine[name]) != value
                for name, value in before.items()
                if name in self.mine
            },
        )


def settle(request: OrgRequest, disagreement: Disagreement) -> dict[str, Any] | None:
    """The values after the choices of the conflict page; None if one is still to be made.

    A form that does not come from that page has no choices: its values are mine.
    """
    if SETTLING not in request.POST:
        return dict(disagreement.mine)
    differing = disagreement.differing(disagreement.saves())
    form = KeepForm(differing, request.POST)
    if not form.is_valid():
        return None
    return settled(
        theirs=disagreement.theirs, mine=disagreement.mine, keep=form.cleaned_data
    )


def conflict_page(
    request: OrgRequest, disagreement: Disagreement, *, back_url: str
) -> HttpResponse:
    """Both values of every field that differs, what was typed kept in hidden inputs."""
    events = disagreement.saves()
    differing = disagreement.differing(events)
    choices_missing = SETTLING in request.POST and (
        disagreement.version == disagreement.seen_version
    )
    form = KeepForm(differing, request.POST if choices_missing else None)
    context = {
        "form": form,
        "target": disagreement.target,
        "latest": events[0] if events else None,
        "typed": typed_again(request.POST, version=disagreement.version),
        "settling": SETTLING,
        "back_url": back_url,
    }
    return render(request, "accounts/conflict.html", context, status=409)
