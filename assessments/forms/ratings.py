"""One element's rating."""

from typing import Any

from django import forms

from assessments.entering import KnownRating, needs_reason
from assessments.models import Assessment, Result
from assessments.ratings import RATING_CHOICES, Rating
from cse_tracker.core.forms import GovukForm


class RatingForm(GovukForm):
    """Rating, sampled mark and reason of one result, with the version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    rating = forms.ChoiceField(
        label="This year's rating",
        choices=[*RATING_CHOICES, ("", "Not rated")],
        required=False,
        widget=forms.RadioSelect,
    )
    sampled = forms.BooleanField(label="Sampled at this visit", required=False)
    reason = forms.CharField(
        label="Reason for a change without a sample",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        assessment: Assessment,
        result: Result,
        known: KnownRating | None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "version": result.version,
            "rating": result.rating,
            "sampled": result.sampled,
            "reason": result.reason,
        }
        super().__init__(*args, **kwargs)
        self.examines_everything = assessment.examines_everything
        self.known = known
        if self.examines_everything:
            # Everything is examined at such a visit, so there is nothing to mark or explain.
            self.fields["sampled"].widget = forms.HiddenInput()
            self.fields["reason"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rating = Rating(cleaned["rating"]) if cleaned.get("rating") else None
        cleaned["rating"] = rating
        if not cleaned.get("reason") and needs_reason(
            rating,
            sampled=cleaned.get("sampled", False),
            examines_everything=self.examines_everything,
            known=self.known,
        ):
            self.add_error("reason", self._words_for_missing_reason())
        return cleaned

    def _words_for_missing_reason(self) -> str:
        if self.known is None:
            return "Enter the reason"
        return (
            f"Enter the reason: it was {self.known.rating.label} in {self.known.year} "
            "and is not marked as sampled"
        )
