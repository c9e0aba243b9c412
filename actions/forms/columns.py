"""Choosing the columns of the list."""

from django import forms

from actions.columns import OPTIONAL
from cse_tracker.core.forms import GovukForm


class ColumnsForm(GovukForm):
    """A box for each column that may be left out."""

    columns = forms.MultipleChoiceField(
        label="Show these columns beside number and action",
        choices=[(column.key, column.label) for column in OPTIONAL],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    mark_optional = False

    def __init__(self, *, shown: list[str]) -> None:
        super().__init__(initial={"columns": shown}, auto_id="shown_%s")
