"""Which rows the page of all elements shows. All of it stands in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms

from assessments.grid_filter import Show
from assessments.tree import Node
from cse_tracker.core.forms import GovukForm


class GridFilterForm(GovukForm):
    """The filter, from the query string. What is not understood filters nothing."""

    show = forms.ChoiceField(
        label="Elements",
        choices=[(choice.value, choice.words) for choice in Show],
        required=False,
    )
    criterion = forms.ChoiceField(required=False)
    mark_optional = False

    def __init__(
        self, data: Any, *, criteria: Iterable[Node], has_plan: bool = True
    ) -> None:
        super().__init__(data, auto_id="filter_%s")
        if not has_plan:
            self.fields["show"].choices = [  # type: ignore[attr-defined]
                (choice.value, choice.words)
                for choice in Show
                if choice is not Show.PLANNED
            ]
        choices = [("", "All criteria"), *((node.ref, str(node)) for node in criteria)]
        self.fields["criterion"].choices = choices  # type: ignore[attr-defined]
        # An address that names no such row shows them all; there is nothing to correct.
        self.is_valid()
        self.errors.clear()

    @property
    def show_chosen(self) -> Show:
        return Show(self.cleaned_data.get("show") or Show.ALL)

    @property
    def criterion_ref(self) -> str:
        """The ref of the criterion to show, empty for all."""
        return str(self.cleaned_data.get("criterion") or "")

    @property
    def is_narrowed(self) -> bool:
        """Whether the filter leaves anything out."""
        return self.show_chosen is not Show.ALL or bool(self.criterion_ref)
