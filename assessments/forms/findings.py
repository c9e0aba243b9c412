"""Comments of the assessor, and the list of them."""

from typing import Any

from django import forms

from assessments.forms.response_links import PointingForm
from assessments.forms.texts import RichText
from assessments.models import Finding
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin

MISSING_COMMENT = "Enter the assessor's comment"
KIND_CHOICES = [
    (Finding.Kind.COMPLIANCE.value, "Why the element is not fully compliant"),
    (Finding.Kind.IMPROVEMENT.value, "Area for improvement: something to consider"),
    (Finding.Kind.STRENGTH.value, "Strength or good practice"),
]


class FindingForm(GovukForm):
    """One point of the assessor's, in the assessor's words."""

    kind = forms.ChoiceField(
        label="What does the comment say?",
        choices=KIND_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the comment says"},
    )
    comment = RichText(
        label="Assessor's comment",
        rows=6,
        required=False,
        help_text="One comment at a time: each is answered and acted on by itself.",
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "comment" in cleaned and not cleaned["comment"] and self.needs_comment():
            self.add_error("comment", MISSING_COMMENT)
        return cleaned

    def needs_comment(self) -> bool:
        """Real reports have an improvement without words; a partial compliance says why."""
        return bool(self.cleaned_data.get("kind") == Finding.Kind.COMPLIANCE)


class NewFindingForm(SubmissionKeyMixin, PointingForm, FindingForm):
    """A comment with the first response to it, where that is known already."""

    response = RichText(
        label="Recommended response (optional)",
        rows=4,
        required=False,
        help_text="What your organisation answers. You can add it later, and more than one.",
    )

    pointing_field = "response"

    def __init__(self, *args: Any, can_respond: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_respond:
            self.fields.pop("answer_with", None)
            del self.fields["response"]

    def needs_comment(self) -> bool:
        """Without a response either there would be nothing at all."""
        return super().needs_comment() or not self.cleaned_data.get("response")


class EditFindingForm(FindingForm):
    """The comment as it stands, with the version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class FindingFilterForm(GovukForm):
    """Which of an assessment's comments to list; blank lists all."""

    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[
            ("", "All kinds"),
            (Finding.Kind.COMPLIANCE.value, "Not fully compliant"),
            (Finding.Kind.IMPROVEMENT.value, "Area for improvement"),
            (Finding.Kind.STRENGTH.value, "Strength or good practice"),
        ],
    )
    decision = forms.ChoiceField(
        label="Decision",
        required=False,
        choices=[
            ("", "All decisions"),
            (Finding.Decision.UNDECIDED.value, "Not decided yet"),
            (Finding.Decision.ACT.value, "We will act"),
            (Finding.Decision.NO_ACTION.value, "We will not act"),
        ],
    )
    mark_optional = False

    def __init__(self, *args: Any, by_decision: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_decision:
            del self.fields["decision"]

    def chosen(self) -> dict[str, str]:
        """Field to value, for the fields that narrow the list; what can't be is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
