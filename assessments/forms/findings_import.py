"""Bringing findings in from a report: where they are, and whether to record ratings."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.findings_import_readings import StagedFindings
from assessments.models import Assessment
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin


class StageFindingsForm(SubmissionKeyMixin, GovukForm):
    """Where the findings are, and which assessment they belong to."""

    assessment = forms.ChoiceField(
        label="Assessment",
        error_messages={
            "required": "Select the assessment that the comments belong to"
        },
    )
    file = forms.FileField(
        label="Word document",
        required=False,
        help_text="A .docx of up to 10 MB with the comments in tables.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    pasted = forms.CharField(
        label="Or paste the tables here",
        required=False,
        strip=False,
        help_text="Copy them in Word, Excel or on a web page, headings included.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    # What the browser says of the same paste with its cells, lists and links.
    pasted_html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(
        self, *args: Any, assessments: Sequence[Assessment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_slug = {each.slug: each for each in assessments}
        field = self.fields["assessment"]
        field.choices = [(slug, str(each)) for slug, each in self.by_slug.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_file, has_paste = cleaned.get("file"), cleaned.get("pasted", "").strip()
        if not self.errors and not has_file and not has_paste:
            self.add_error("file", "Select a Word document or paste the tables")
        elif has_file and has_paste:
            self.add_error("pasted", "Choose one: the document or what you pasted")
        return cleaned

    @property
    def chosen(self) -> Assessment:
        """The assessment; ask once the form is valid."""
        return self.by_slug[self.cleaned_data["assessment"]]


class BringInForm(GovukForm):
    """Whether to record the ratings that the rows report, and what the person saw."""

    seen = forms.CharField(widget=forms.HiddenInput)
    record = forms.ChoiceField(
        label="Do you want to record these ratings?",
        choices=[
            ("yes", "Yes, record them with the comments"),
            ("no", "No, bring in the comments alone"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether to record the ratings"},
    )
    sampled = forms.BooleanField(
        label="Mark these elements as sampled",
        help_text="If you record the ratings: the assessor examined them at this visit",
        initial=True,
        required=False,
    )
    mark_optional = False

    def __init__(self, *args: Any, staged: StagedFindings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = staged.fingerprint
        if not staged.ratings:
            del self.fields["record"]
        if not staged.ratings or staged.assessment.examines_everything:
            del self.fields["sampled"]
