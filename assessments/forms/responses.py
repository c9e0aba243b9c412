"""Recommended responses: written, changed, used again."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.forms.response_links import PointingForm
from assessments.forms.texts import RichText
from assessments.models import Finding, Response
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from cse_tracker.core.rich_text.words import excerpt

OPTION_CHARACTERS = 90


class ResponseForm(PointingForm):
    """What the organisation answers."""

    text = RichText(
        label="Recommended response",
        rows=6,
        error_messages={"required": "Enter the recommended response"},
        help_text="What you will do, or why you will not. Papers print these words.",
    )


class NewResponseForm(SubmissionKeyMixin, ResponseForm):
    """A response to one comment."""


class EditResponseForm(ResponseForm):
    """The words as they stand, and which comments they answer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    # Which comments it answered when the page was drawn: only what was ticked or unticked
    # since is changed, so that a link which somebody else made meanwhile stays.
    seen_findings = forms.CharField(required=False, widget=forms.HiddenInput)
    findings = forms.MultipleChoiceField(
        label="Comments that this response answers",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": "Select at least one comment that this answers"},
    )
    mark_optional = False

    def __init__(self, *args: Any, findings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(finding.pk): finding for finding in findings}
        self.fields["findings"].choices = [  # type: ignore[attr-defined]
            (key, label_of(finding)) for key, finding in self.by_key.items()
        ]

    @property
    def linked(self) -> list[Finding]:
        """What was ticked; ask once the form is valid."""
        ticked = set(self.cleaned_data["findings"]) - self._seen
        return [finding for key, finding in self.by_key.items() if key in ticked]

    @property
    def unlinked(self) -> list[Finding]:
        """What was unticked; ask once the form is valid."""
        cleared = self._seen - set(self.cleaned_data["findings"])
        return [finding for key, finding in self.by_key.items() if key in cleared]

    @property
    def _seen(self) -> set[str]:
        return set(self.cleaned_data["seen_findings"].split(","))


class UseResponseForm(GovukForm):
    """A response given to another comment, to answer this one too."""

    response = forms.ChoiceField(
        label="Response to use",
        error_messages={
            "required": "Select the response that answers this comment too"
        },
    )

    def __init__(
        self, *args: Any, responses: Sequence[tuple[Response, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(response.pk): response for response, _ in responses}
        self.fields["response"].choices = [  # type: ignore[attr-defined]
            ("", "Select a response"),
            *(
                (str(response.pk), f"{refs}: {shortened(response.text)}")
                for response, refs in responses
            ),
        ]

    @property
    def chosen(self) -> Response:
        """The response; ask once the form is valid."""
        return self.by_key[self.cleaned_data["response"]]


def label_of(finding: Finding) -> str:
    """A comment on one line: where it stands and how it begins."""
    place = finding.node.ref if finding.node else "General"
    return f"{place}: {shortened(finding.comment) or 'no comment'}"


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    return excerpt(text, characters=OPTION_CHARACTERS)
