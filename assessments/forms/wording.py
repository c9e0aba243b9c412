"""Forms about the wording of the Standard's elements."""

from django import forms

from assessments.importing.wording import tidy_lines, tidy_statement
from assessments.tree import Words
from cse_tracker.core.forms import GovukForm

OURS, ADOPTED = "ours", "adopted"


class WordingForm(GovukForm):
    """An element in the organisation's own words, with the version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    statement = forms.CharField(
        label="Statement",
        help_text="As your own document has it. Leave it blank to show ours.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    guidance = forms.CharField(
        label="What an assessor looks for",
        help_text="One point a line. Leave it blank to show ours.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    mark_optional = False

    @property
    def words(self) -> Words:
        """What was entered, tidied, once the form is valid."""
        return Words(
            tidy_statement(self.cleaned_data["statement"]),
            tidy_lines(self.cleaned_data["guidance"]),
        )


class SwitchForm(GovukForm):
    """A button that shows our words again, or the adopted ones."""

    to = forms.ChoiceField(choices=[(OURS, OURS), (ADOPTED, ADOPTED)])


class SwitchOneForm(SwitchForm):
    """The same for one element, as the person saw it."""

    version = forms.IntegerField()
