"""Which two years to compare."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.rows import YearColumn
from cse_tracker.core.forms import GovukForm


class ComparisonForm(GovukForm):
    """Two assessments by their slug, the earlier one first."""

    earlier = forms.ChoiceField(label="Earlier year")
    later = forms.ChoiceField(label="Later year")
    # Sent along where the organisation has several certifications.
    certification = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, asked: Mapping[str, str], years: Sequence[YearColumn]) -> None:
        latest_two = {"earlier": years[-2].slug, "later": years[-1].slug}
        super().__init__({**latest_two, **{k: v for k, v in asked.items() if v}})
        self.positions = {year.slug: place for place, year in enumerate(years)}
        labels = [(year.slug, year.label) for year in years]
        self.fields["earlier"].choices = labels[:-1]  # type: ignore[attr-defined]
        self.fields["later"].choices = labels[1:]  # type: ignore[attr-defined]

    def clean_earlier(self) -> int:
        """The position of the year among the columns."""
        return self.positions[self.cleaned_data["earlier"]]

    def clean_later(self) -> int:
        return self.positions[self.cleaned_data["later"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        earlier, later = cleaned.get("earlier"), cleaned.get("later")
        if earlier is not None and later is not None and earlier >= later:
            self.add_error("later", "Later year must be after the earlier year")
        return cleaned
