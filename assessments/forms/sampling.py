"""The plan of a visit's sample."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from cse_tracker.core.forms import GovukForm
from cse_tracker.core.keys import keys_in


def as_text(result_ids: Iterable[int]) -> str:
    """A plan as a hidden field carries it."""
    return ",".join(map(str, sorted(result_ids)))


class PlanForm(GovukForm):
    """The elements to sample, by result id, and the plan that the person saw."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    planned = forms.TypedMultipleChoiceField(
        label="Elements to sample",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one element to sample"},
    )

    def __init__(
        self, data: Any = None, *, refs: Mapping[int, str], seen: Iterable[int]
    ) -> None:
        super().__init__(data, initial={"seen": as_text(seen)})
        self.fields["planned"].choices = list(refs.items())  # type: ignore[attr-defined]

    def clean_seen(self) -> set[int]:
        """The result ids; what is no number was never sent by the page."""
        return keys_in(self.cleaned_data["seen"].split(","))
