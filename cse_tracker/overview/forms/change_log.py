"""Which entries of the change log are shown. All of it stands in the address."""

from typing import Any

from django import forms
from django.db.models import Q

from assessments.models import Assessment, StandardNode
from cse_tracker.accounts.models import Event, Organisation, User
from cse_tracker.accounts.models.event import EventQuerySet
from cse_tracker.core.forms import DateField, GovukForm

FILTERS = ("assessment", "element", "who", "since", "until")


class ChangeLogFilterForm(GovukForm):
    """Assessment, element, person and days, from the query string."""

    assessment = forms.ModelChoiceField(
        queryset=Assessment.objects.none(),
        label="Assessment",
        required=False,
        to_field_name="slug",
        empty_label="All",
    )
    element = forms.CharField(
        label="Element",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    who = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who",
        required=False,
        empty_label="Everybody",
    )
    since = DateField(label="From", required=False)
    until = DateField(label="To", required=False)
    mark_optional = False

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        people = User.objects.filter(memberships__organisation=organisation)
        self._offer("assessment", Assessment.objects.of(organisation).reverse())
        self._offer("who", people.order_by("full_name"))

    def narrowed(self, events: EventQuerySet) -> EventQuerySet:
        """The events asked for; a filter that can't be read narrows nothing."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        asked = Q()
        if assessment := chosen.get("assessment"):
            asked &= Q(assessment_id=assessment.pk)
        if element := chosen.get("element"):
            asked &= Q(node_id__in=self._nodes(element))
        if who := chosen.get("who"):
            asked &= Q(by=who)
        if since := chosen.get("since"):
            asked &= Q(at__date__gte=since)
        if until := chosen.get("until"):
            asked &= Q(at__date__lte=until)
        return events.filter(asked)

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.get(name) for name in FILTERS)

    def _nodes(self, ref: str) -> list[int]:
        nodes = StandardNode.objects.filter(ref=ref.strip().rstrip("."))
        own = nodes.filter(Q(organisation=None) | Q(organisation=self.organisation))
        return list(own.values_list("pk", flat=True))

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        field.queryset = choices


def organisation_events(organisation: Organisation) -> EventQuerySet:
    """All that happened in an organisation, newest first, with who did it."""
    events: EventQuerySet = Event.objects.filter(organisation=organisation)
    return events.select_related("by").order_by("-pk")
