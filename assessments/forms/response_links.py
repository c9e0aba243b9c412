"""Offering the response that somebody's words point to, in place of the words."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from assessments.models import Response
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.rich_text.words import excerpt

OWN_WORDS = "own"
OPTION_CHARACTERS = 90
# A text to the responses it points to, each with the refs that it answers.
PointedAt = Callable[[str], Sequence[tuple[Response, str]]]


class PointingForm(GovukForm):
    """Asks, when a response says "see 3.3.2", whether to use the response to 3.3.2 instead.

    ``pointing_field`` is the field with the response's words.
    """

    pointing_field = "text"

    def __init__(self, *args: Any, pointed_at: PointedAt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = pointed_at(self._words())
        self.offered = {str(response.pk): response for response, _ in found}
        if found:
            self.fields["answer_with"] = forms.ChoiceField(
                label="These words point to a response that you gave already. Use it here?",
                help_text="One response then answers both, and is changed for both.",
                choices=[
                    *((str(each.pk), _option(each, refs)) for each, refs in found),
                    (OWN_WORDS, "No, keep these words"),
                ],
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Select whether to use the response that these words point to"
                },
            )

    @property
    def answering(self) -> Response | None:
        """The response to use in place of the words; ask once the form is valid."""
        return self.offered.get(self.cleaned_data.get("answer_with", OWN_WORDS))

    def _words(self) -> str:
        if self.is_bound:
            return str(self.data.get(self.add_prefix(self.pointing_field), ""))
        return str(self.initial.get(self.pointing_field, ""))


def _option(response: Response, refs: str) -> str:
    return f"Yes, use the response to {refs}: {excerpt(response.text, characters=OPTION_CHARACTERS)}"
