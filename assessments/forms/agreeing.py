"""Choosing which draft responses the organisation agrees to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget

from assessments.models import Response
from cse_tracker.core.forms import GovukForm


@dataclass(frozen=True)
class Offered:
    """A draft response as the page lists it: ``refs`` are the elements that it answers."""

    response: Response
    refs: str
    is_brought_in: bool

    @property
    def seen(self) -> str:
        """Names the response with the words that are shown."""
        return f"{self.response.pk}:{self.response.version}"


class AgreeForm(GovukForm):
    """Which of the draft responses to agree to; those from a report are ticked."""

    responses = forms.MultipleChoiceField(
        label="Responses",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select at least one response",
            "invalid_choice": (
                "Someone changed these responses after you opened the page. Read them as "
                "they are now, then agree again"
            ),
        },
    )

    def __init__(self, *args: Any, offered: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        chooser: Any = self.fields["responses"]
        chooser.choices = [(each.seen, each.refs) for each in offered]
        self.initial["responses"] = [
            each.seen for each in offered if each.is_brought_in
        ]

    def rows(self) -> list[tuple[Offered, BoundWidget]]:
        """Each response with its box."""
        return list(zip(self.offered, self["responses"], strict=True))

    @property
    def seen(self) -> dict[int, int]:
        """The versions of what was ticked, by id; for a valid form."""
        pairs = (each.split(":") for each in self.cleaned_data["responses"])
        return {int(key): int(version) for key, version in pairs}


def offered(
    responses: Sequence[tuple[Response, str]], brought_in: Collection[int]
) -> list[Offered]:
    """The draft responses of an assessment, those from a report first."""
    found = [Offered(each, refs, each.pk in brought_in) for each, refs in responses]
    return sorted(found, key=lambda each: not each.is_brought_in)
