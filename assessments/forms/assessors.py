"""Inviting an assessor, and changing or ending what they were invited to."""

from datetime import date
from typing import Any

from django import forms

from assessments.services.assessors import Stay
from cse_tracker.accounts.forms import OneLineField
from cse_tracker.core.forms import DateField, GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin

READ, RATE = "read", "rate"


class StayFields(GovukForm):
    """What an invitation allows."""

    right = forms.ChoiceField(
        label="What may they do?",
        choices=[(READ, "Read"), (RATE, "Read, rate and comment")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what they may do"},
    )
    until = DateField(
        label="Last day",
        help_text="They can see the assessment up to and including this day.",
    )

    error_labels = {"until": "The last day"}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError("The last day must be today or in the future")
        return until

    @property
    def stay(self) -> Stay:
        """What was entered, once the form is valid."""
        entered = self.cleaned_data
        return Stay(until=entered["until"], may_rate=entered["right"] == RATE)


class InviteAssessorForm(SubmissionKeyMixin, StayFields):
    """Somebody from outside, who may or may not have an account already."""

    full_name = OneLineField(label="Full name", max_length=150)
    email = forms.EmailField(label="Email address", max_length=254)

    field_order = ["full_name", "email", "right", "until"]


class ChangeInvitationForm(StayFields):
    """An invitation as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class MailAgainForm(SubmissionKeyMixin, GovukForm):
    """The button that sends the invitation again."""
