"""Which items the library shows, and in which order. All of it stands in the address."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from assessments.models import Assessment
from assessments.models.assessment import AssessmentQuerySet
from cse_tracker.accounts.models import Organisation, Service
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.sorting import order_of
from evidence.models import EvidenceItem, EvidenceItemQuerySet

STATE_CHOICES = [
    ("", "All but withdrawn"),
    ("unlinked", "Supports nothing yet"),
    ("expired", "Expired"),
    ("withdrawn", "Withdrawn"),
]
ORDERS = {
    "number": ["number"],
    "title": ["title", "number"],
    "kind": ["kind", "number"],
    "service": ["service__name", "number"],
    "as_at": ["latest_as_at", "number"],
}
FILTERS = ("q", "kind", "service", "element", "assessment", "state")


class EvidenceFilterForm(GovukForm):
    """Filters and order, from the query string."""

    q = forms.CharField(label="Words", required=False, max_length=100)
    element = forms.CharField(
        label="Element",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        validators=[
            RegexValidator(
                r"^\d+(\.\d+){0,3}$", "Element must be a number like 1.3.4 or 1.3"
            )
        ],
    )
    assessment = forms.ModelChoiceField(
        queryset=Assessment.objects.none(),
        label="Year",
        required=False,
        to_field_name="slug",
        empty_label="Any year",
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("", "Documents and links"), *EvidenceItem.Kind.choices],
        required=False,
    )
    service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        label="Service",
        required=False,
        empty_label="Any service",
    )
    state = forms.ChoiceField(label="State", choices=STATE_CHOICES, required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(
        self, data: Any, *, organisation: Organisation, assessments: AssessmentQuerySet
    ) -> None:
        super().__init__(data, auto_id="filter_%s")
        services = Service.objects.filter(organisation=organisation)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        self.fields["assessment"].queryset = assessments  # type: ignore[attr-defined]

    def apply(self, items: EvidenceItemQuerySet, *, on: date) -> EvidenceItemQuerySet:
        """The items to show, in order. A filter that was not understood filters nothing."""
        shown = _by_state(items, self._chosen("state"), on)
        if words := self._chosen("q"):
            shown = shown.mentioning(words)
        for name in ("kind", "service"):
            if value := self._chosen(name):
                shown = shown.filter(**{name: value})
        ref, assessment = self._chosen("element"), self._chosen("assessment")
        if ref or assessment:
            shown = shown.supporting(ref=ref or "", assessment=assessment)
        order = order_of(self.order or "-number", ORDERS) or []
        return shown.with_dates().order_by(*order)

    @property
    def order(self) -> str:
        """The order as it stands in the address, empty for the newest first."""
        chosen = str(self._chosen("sort") or "")
        return chosen if order_of(chosen, ORDERS) else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter leaves something out."""
        return any(self._chosen(name) for name in FILTERS)

    def _chosen(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)


def _by_state(
    items: EvidenceItemQuerySet, state: str | None, on: date
) -> EvidenceItemQuerySet:
    match state:
        case "withdrawn":
            return items.withdrawn()
        case "unlinked":
            return items.current().unlinked()
        case "expired":
            return items.current().expired(on=on)
        case _:
            return items.current()
