"""Putting the rows of a report right before they are brought in."""

from collections.abc import Callable
from typing import Any

from django import forms

from assessments.findings_import_readings import StagedFindings
from assessments.forms.texts import RichText
from assessments.importing.findings.edits import (
    merged_up,
    moved,
    rewritten,
    with_inclusion,
    with_own_words,
)
from assessments.importing.findings.rows import GENERAL, FindingRow, Rows
from assessments.models import Finding
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.rich_text.words import excerpt

OPTION_CHARACTERS = 80
KIND_CHOICES = [
    (
        f"{Finding.Kind.COMPLIANCE.value}:PC",
        "Partial compliance: why it is not fully met",
    ),
    (f"{Finding.Kind.COMPLIANCE.value}:NC", "Non-compliance: why it is not met"),
    (
        f"{Finding.Kind.IMPROVEMENT.value}:",
        "Area for improvement: something to consider",
    ),
    (f"{Finding.Kind.STRENGTH.value}:", "Strength or good practice"),
]
EDITS = ["up", "down", "merge", "leave", "take", "own"]


class EditRowsForm(forms.Form):
    """One edit of the rows of a preview, from one of its buttons."""

    version = forms.IntegerField()
    row = forms.IntegerField()
    edit = forms.ChoiceField(choices=[(each, each) for each in EDITS])

    def edited(self, rows: Rows) -> Rows:
        """The rows after the edit; for a valid form. Raises NoSuchRow."""
        key = self.cleaned_data["row"]
        edits: dict[str, Callable[[], Rows]] = {
            "up": lambda: moved(rows, key, by=-1),
            "down": lambda: moved(rows, key, by=1),
            "merge": lambda: merged_up(rows, key),
            "leave": lambda: with_inclusion(rows, key, is_included=False),
            "take": lambda: with_inclusion(rows, key, is_included=True),
            "own": lambda: with_own_words(rows, key),
        }
        return edits[self.cleaned_data["edit"]]()


class ChangeRowForm(GovukForm):
    """One row of the preview: its element, kind and words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ref = forms.ChoiceField(
        label="Element", error_messages={"required": "Select the element it is about"}
    )
    kind = forms.ChoiceField(
        label="What does the comment say?",
        choices=KIND_CHOICES,
        widget=forms.RadioSelect,
    )
    comment = RichText(label="Assessor's comment", rows=10, required=False)
    response = RichText(label="Recommended response", rows=10, required=False)
    answered_by = forms.ChoiceField(
        label="Where the response comes from",
        required=False,
        help_text="One response may answer several comments.",
    )
    mark_optional = False

    def __init__(
        self, *args: Any, staged: StagedFindings, row: FindingRow, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        elements = [
            (node.ref, f"{node.ref} {node.title}") for node in staged.tree.ratable
        ]
        about_none = (GENERAL, "No element: about the assessment as a whole")
        chooser: Any = self.fields["ref"]
        chooser.choices = [("", "Select an element"), *elements, about_none]
        answering: Any = self.fields["answered_by"]
        answering.choices = [
            ("", "Its own words above"),
            *(
                (str(other.key), row_option(number, other))
                for number, other in enumerate(staged.rows, start=1)
                if other.response and other.key != row.key
            ),
        ]
        self.initial.update(
            version=staged.run.version,
            ref=row.ref,
            kind=f"{row.kind}:{row.rating}",
            comment=row.comment,
            response=row.response,
            answered_by=str(row.answered_by or ""),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["comment"] and not cleaned["response"]:
            self.add_error(
                "comment", "Enter a comment or a response, or leave the row out"
            )
        return cleaned

    def typed(self, row: FindingRow) -> FindingRow:
        """The row with what was entered; for a valid form."""
        return self.edited((row,), row.key)[0]

    def edited(self, rows: Rows, key: int) -> Rows:
        """The rows with what was entered; for a valid form."""
        values = self.cleaned_data
        kind, _, rating = values["kind"].partition(":")
        return rewritten(
            rows,
            key,
            ref=values["ref"],
            kind=kind,
            rating=rating,
            comment=values["comment"],
            response=values["response"],
            answered_by=int(values["answered_by"]) if values["answered_by"] else None,
        )


def row_option(number: int, row: FindingRow) -> str:
    """A row in a list to choose from."""
    return f"Row {number} ({row.ref or 'no element yet'}): {shown(row.comment or row.response)}"


def shown(text: str) -> str:
    """The beginning of a text, as a list has room for it."""
    return excerpt(text, characters=OPTION_CHARACTERS)
