"""Forms around the elements: narratives, the report, the checklist."""

from typing import Any

from django import forms

from assessments.forms.texts import RichText
from assessments.services.checklists import Step
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import DateField, GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from cse_tracker.core.uploads import UploadedKind, check_upload

REPORT_KINDS = [kind for kind in UploadedKind if not kind.is_image]


class NarrativeForm(GovukForm):
    """What the report says about one criterion, with the version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = RichText(label="What the assessor says", rows=12, required=False)


class ReportForm(SubmissionKeyMixin, GovukForm):
    """The assessor's own document."""

    file = forms.FileField(
        label="The assessor's report",
        help_text="A PDF, Word or other office document, as you received it",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.kind = check_upload(file, allowed=REPORT_KINDS)
        except RuleBroken as rule:
            raise forms.ValidationError(str(rule)) from rule
        return file


class StepFields(GovukForm):
    """One step of the checklist."""

    text = forms.CharField(label="What is to be done", max_length=200)
    due_on = DateField(label="Due date", required=False)

    @property
    def step(self) -> Step:
        """What was entered, once the form is valid."""
        return Step(self.cleaned_data["text"], self.cleaned_data["due_on"])


class AddStepForm(SubmissionKeyMixin, StepFields):
    """A new step."""


class EditStepForm(StepFields):
    """A step as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["text", "due_on"]


class TickForm(GovukForm):
    """A tick on a step as the person saw it; without ``done`` the tick is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    done = forms.BooleanField(required=False, widget=forms.HiddenInput)
