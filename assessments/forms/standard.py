"""What an organisation says about the standard: its own clauses, and what does not apply."""

from typing import Any

from django import forms

from assessments.forms.texts import LongText
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin

APPLIES = "yes"
APPLIES_NOT = "no"


class SubElementForm(GovukForm):
    """What a part of an element says."""

    statement = LongText(
        label="What this part of the element says",
        rows=4,
        max_length=2000,
        error_messages={"required": "Enter what this part of the element says"},
        help_text="One clause of the element's statement. Its first words become its title.",
    )


class NewSubElementForm(SubmissionKeyMixin, SubElementForm):
    """A clause to be rated by itself."""


class RenameSubElementForm(SubElementForm):
    """The clause in other words; the words that the person saw come along."""

    seen_statement = forms.CharField(
        required=False, strip=False, widget=forms.HiddenInput
    )

    def clean_seen_statement(self) -> str:
        return str(self.cleaned_data["seen_statement"]).replace("\r\n", "\n")


class ApplicabilityForm(GovukForm):
    """Whether an element applies to the organisation in one assessment."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    applies = forms.ChoiceField(
        label="Does this element apply to your organisation?",
        choices=[
            (APPLIES, "Yes, it applies"),
            (APPLIES_NOT, "No, it does not apply"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes if this element applies to you"},
    )
    reason = LongText(
        label="Why it does not apply",
        rows=3,
        max_length=2000,
        required=False,
        help_text="Only if you said no. Agree this with the certification body.",
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("applies") == APPLIES_NOT and not cleaned.get("reason"):
            self.add_error("reason", "Enter why it does not apply")
        return cleaned

    @property
    def is_applicable(self) -> bool:
        """The answer; ask once the form is valid."""
        return bool(self.cleaned_data["applies"] == APPLIES)
