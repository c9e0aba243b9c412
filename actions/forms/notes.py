"""What people say about an action as it goes on."""

from datetime import date
from typing import Any

from django import forms

from actions.models import Action
from assessments.forms.texts import LongText
from cse_tracker.core.forms import DateField, GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin


class ProgressForm(SubmissionKeyMixin, GovukForm):
    """What was done, on which day, and whether the action stands otherwise now."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = LongText(label="What happened", rows=5)
    day = DateField(
        label="Date", help_text="The day that it is about. For example, 27 3 2026"
    )
    status = forms.ChoiceField(
        label="Status from now on", required=False, widget=forms.RadioSelect
    )
    error_labels = {"day": "Date"}
    mark_optional = False

    def __init__(self, *args: Any, action: Action, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": action.version, "day": today}
        super().__init__(*args, **kwargs)
        self.today = today
        if action.is_being_done:
            self.fields["status"].choices = _status_choices(action)  # type: ignore[attr-defined]
        else:
            del self.fields["status"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError("Date must be today or in the past")
        return day

    @property
    def is_too_late(self) -> bool:
        """Whether a status was chosen for what is no longer in progress: it stays as it is."""
        return "status" not in self.fields and bool(self.data.get("status"))

    @property
    def new_status(self) -> Action.Status | None:
        """The status that was chosen; None to leave it."""
        chosen = self.cleaned_data.get("status")
        return Action.Status(chosen) if chosen else None


class CommentForm(SubmissionKeyMixin, GovukForm):
    """A word about an action."""

    text = LongText(
        label="Comment", rows=5, error_messages={"required": "Enter a comment"}
    )


def _status_choices(action: Action) -> list[tuple[str, str]]:
    others = [
        Action.Status(status)
        for status in Action.Status.in_progress()
        if status != action.status
    ]
    return [
        ("", f"Leave it: {action.get_status_display().lower()}"),
        *((status.value, status.label) for status in others),
    ]
