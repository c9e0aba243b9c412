"""About what a member wants email."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from cse_tracker.accounts.models import Topic
from cse_tracker.core.forms import GovukForm


class MailTopicsForm(GovukForm):
    """A box for each topic; ticked means mail."""

    topics = forms.MultipleChoiceField(
        label="Email me about",
        choices=[(topic.value, capfirst(topic.label)) for topic in Topic],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Whatever you choose, all of it is on your page of notifications.",
    )
    mark_optional = False

    def __init__(self, data: Any, *, unwanted: set[str]) -> None:
        wanted = [topic.value for topic in Topic if topic.value not in unwanted]
        super().__init__(data, initial={"topics": wanted})

    def wanted(self) -> list[Topic]:
        """The topics that are ticked."""
        return [Topic(value) for value in self.cleaned_data["topics"]]
