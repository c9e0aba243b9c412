"""Forms about a certificate and its history."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from assessments.certificates import Change
from assessments.models import Certificate
from assessments.services.certificates import (
    NO_REASON,
    CertificateDetails,
    ChangeDetails,
)
from cse_tracker.core.forms import DateField, GovukForm, GovukModelForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin


class CertificateFields(GovukModelForm):
    """What stands on a certificate."""

    issued_on = DateField(label="Date of issue")
    expires_on = DateField(
        label="Expiry date", help_text="The last day on which it is valid"
    )

    class Meta:
        model = Certificate
        fields = ["body", "number", "scope", "issued_on", "expires_on"]
        labels = {
            "body": "Certification body",
            "number": "Certificate number",
            "scope": "What it is for",
        }
        help_texts = {"scope": "The scope as it is printed"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires <= issued:
            self.add_error("expires_on", "Expiry date must be after the date of issue")
        return cleaned

    @property
    def details(self) -> CertificateDetails:
        """What was entered, once the form is valid."""
        names = CertificateDetails.__dataclass_fields__
        return CertificateDetails(**{name: self.cleaned_data[name] for name in names})


class AddCertificateForm(SubmissionKeyMixin, CertificateFields):
    """A new certificate, or the one that renews the last."""


class EditCertificateForm(CertificateFields):
    """A certificate as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SeenForm(forms.Form):
    """The certificate as the person saw it who takes something back, or removes it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RecordChangeForm(SubmissionKeyMixin, GovukForm):
    """What the body did with a certificate."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    change = forms.ChoiceField(label="What happened", widget=forms.RadioSelect)
    happened_on = DateField(label="Date", help_text="As the body's letter has it")
    reason = forms.CharField(
        label="Reason",
        help_text="In the body's words. Needed when it was suspended or withdrawn.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["change", "happened_on", "reason"]
    # What is optional depends on what happened, and the hint says so.
    mark_optional = False

    def __init__(
        self, *args: Any, offered: tuple[Change, ...], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        change: Any = self.fields["change"]
        change.choices = _choices(Change)
        # Sent twice, what was offered then is not any more; the service decides.
        change.widget.choices = _choices(offered)

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError("Date must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        change = cleaned.get("change")
        if change and Change(change).needs_reason and not cleaned.get("reason"):
            self.add_error("reason", NO_REASON)
        return cleaned

    @property
    def details(self) -> ChangeDetails:
        """What was entered, once the form is valid."""
        entered = self.cleaned_data
        change = Change(entered["change"])
        return ChangeDetails(change, entered["happened_on"], entered["reason"])


def _choices(changes: Iterable[Change]) -> list[tuple[str, str]]:
    return [(change.value, f"The certificate was {change}") for change in changes]
