"""What people say about an action."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from actions.models import Action
from actions.services.details import ActionDetails, details_of
from actions.wording import LABELS
from assessments.forms.texts import LongText
from cse_tracker.accounts.models import Membership, Organisation, Service
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.forms import DateField, GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin


class ActionForm(GovukForm):
    """The fields of an action; ``details`` holds them once the form is valid.

    Members and services offered are the organisation's current ones, and those that the
    action has already, so that saving it does not take them away.
    """

    title = forms.CharField(label=LABELS["title"], max_length=200)
    done_looks_like = LongText(
        label=LABELS["done_looks_like"],
        required=False,
        rows=3,
        help_text="How somebody else can tell that it is finished",
    )
    owner = forms.ModelChoiceField(
        queryset=Membership.objects.none(),
        label=LABELS["owner"],
        required=False,
        empty_label="Choose a member",
    )
    owner_name = forms.CharField(
        label="Or an owner without an account",
        required=False,
        max_length=150,
        help_text="Their name, if they do not use CSE Tracker",
    )
    service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        label=LABELS["service"],
        required=False,
        empty_label="Choose a service",
    )
    priority = forms.ChoiceField(
        label=LABELS["priority"],
        choices=Action.Priority.choices,
        initial=Action.Priority.MEDIUM,
        widget=forms.RadioSelect,
    )
    starts_on = DateField(label=LABELS["starts_on"], required=False)
    due_on = DateField(label=LABELS["due_on"], required=False)
    status = forms.ChoiceField(
        label=LABELS["status"],
        choices=[
            (status, Action.Status(status).label)
            for status in Action.Status.in_progress()
        ],
        widget=forms.RadioSelect,
    )
    origin = forms.ChoiceField(
        label=LABELS["origin"],
        choices=Action.Origin.choices,
        initial=Action.Origin.ALONE,
        widget=forms.RadioSelect,
    )
    resource_note = LongText(
        label=LABELS["resource_note"],
        required=False,
        rows=3,
        help_text="Money, people or time",
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        today: date,
        action: Action | None = None,
        answers: bool = False,
        **kwargs: Any,
    ) -> None:
        if action is not None:
            kwargs["initial"] = _initial(action) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.today = today
        self._origin = action.origin if action else Action.Origin.ALONE
        # What answers an assessor's comment comes from there.
        if answers:
            del self.fields["origin"]
        # Who can't see it can't do it.
        readers = Membership.objects.current().who_may(Permission.READ)
        owners = Q(pk__in=readers.values("pk"))
        services = Q(withdrawn_at=None)
        if action is not None:
            owners |= Q(pk=action.owner_id)
            services |= Q(pk=action.service_id)
        self._offer(
            "owner", Membership.objects.filter(owners).with_people(), organisation
        )
        self._offer("service", Service.objects.filter(services), organisation)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("owner") and cleaned.get("owner_name"):
            self.add_error("owner_name", "Choose a member or enter a name, not both")
        due = cleaned.get("due_on")
        if due and due < self.today and not self.was_due_on(due):
            self.add_error("due_on", "Due date must be today or in the future")
        starts = cleaned.get("starts_on")
        if due and starts and due < starts:
            self.add_error("due_on", "Due date must be on or after the start date")
        return cleaned

    def was_due_on(self, day: date) -> bool:
        """Whether the person found this due date there: what is overdue may stay so."""
        return False

    @property
    def details(self) -> ActionDetails:
        """What was filled in."""
        cleaned = self.cleaned_data
        return ActionDetails(
            title=cleaned["title"],
            done_looks_like=cleaned["done_looks_like"],
            owner=cleaned["owner"] or cleaned["owner_name"] or None,
            service=cleaned["service"],
            priority=Action.Priority(cleaned["priority"]),
            origin=Action.Origin(cleaned.get("origin", self._origin)),
            starts_on=cleaned["starts_on"],
            due_on=cleaned["due_on"],
            status=Action.Status(cleaned["status"]),
            resource_note=cleaned["resource_note"],
        )

    def _offer(self, name: str, rows: Any, organisation: Organisation) -> None:
        self.fields[name].queryset = rows.filter(organisation=organisation)  # type: ignore[attr-defined]


class PlanActionForm(SubmissionKeyMixin, ActionForm):
    """A new action, for a finding or alone. ``version`` is the finding's."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class UpdateActionForm(ActionForm):
    """An action as the person saw it when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    # As it was when the form was opened; somebody may have moved it since.
    seen_due_on = forms.DateField(required=False, widget=forms.HiddenInput)

    def was_due_on(self, day: date) -> bool:
        return bool(day == self.cleaned_data.get("seen_due_on"))


class VersionForm(GovukForm):
    """A button that acts on the row as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def _initial(action: Action) -> dict[str, Any]:
    return details_of(action).as_values() | {
        "owner": action.owner,
        "owner_name": action.owner_name,
        "version": action.version,
        "seen_due_on": action.due_on.isoformat() if action.due_on else "",
    }
