"""What many actions shall say from now on. What is left blank stays as it is in each."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from actions.models import Action
from actions.summary import NONE
from actions.wording import LABELS
from cse_tracker.accounts.models import Membership, Organisation, Service
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.forms import DateField, GovukForm

LEAVE = ("", "Leave as it is")
# A number and a version, with no more digits than their columns take.
SEEN = re.compile(r"(\d{1,9}):(\d{1,9})", re.ASCII)
SEEN_CHARACTERS = 20
REFUSED = re.compile(r"\b\d{1,9}\b", re.ASCII)
# So many can be looked through before they are changed.
MANY_AT_MOST = 500


class RowChoice(forms.ChoiceField):
    """One of the organisation's rows, none of them, or what each action has already."""

    def __init__(self, *, none: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.none = none
        self.rows: dict[str, Any] = {}

    def offer(self, rows: Iterable[Any]) -> None:
        """Let these rows be chosen."""
        self.rows = {str(row.pk): row for row in rows}
        named = [(key, str(row)) for key, row in self.rows.items()]
        self.choices = [LEAVE, *named, (NONE, self.none)]


class BulkForm(GovukForm):
    """The fields that may be changed in many actions; ``values`` has what was filled in."""

    # The version of each action as the person saw it: "3:1 14:2".
    seen = forms.CharField(
        widget=forms.HiddenInput, max_length=MANY_AT_MOST * SEEN_CHARACTERS
    )
    # The numbers of those that stand in the way: "3 14".
    refused = forms.CharField(widget=forms.HiddenInput, required=False)
    leave_out = forms.MultipleChoiceField(
        label="Leave these out and change the rest",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    leave_out_all = forms.BooleanField(label="Leave all of these out", required=False)
    owner = RowChoice(label=LABELS["owner"], none="Nobody")
    owner_name = forms.CharField(
        label="Or an owner without an account", required=False, max_length=150
    )
    service = RowChoice(label=LABELS["service"], none="No service")
    priority = forms.ChoiceField(
        label=LABELS["priority"],
        choices=[LEAVE, *Action.Priority.choices],
        required=False,
    )
    status = forms.ChoiceField(
        label=LABELS["status"],
        choices=[
            LEAVE,
            *(
                (each, Action.Status(each).label)
                for each in Action.Status.in_progress()
            ),
        ],
        required=False,
    )
    due_on = DateField(
        label=LABELS["due_on"],
        required=False,
        help_text="Blank leaves it as it is. For example, 27 3 2026",
    )
    no_due_on = forms.BooleanField(label="Take the due date away", required=False)
    mark_optional = False

    def __init__(
        self, *args: Any, organisation: Organisation, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        # Who can't see it can't do it.
        members = Membership.objects.of(organisation).current()
        readers = members.who_may(Permission.READ).with_people()
        services = Service.objects.filter(organisation=organisation, withdrawn_at=None)
        self._row_choice("owner").offer(readers)
        self._row_choice("service").offer(services)
        self._offer_to_leave_out(organisation)

    def clean_seen(self) -> dict[int, int]:
        found = [SEEN.fullmatch(pair) for pair in self.cleaned_data["seen"].split()]
        if not found or not all(found):
            raise forms.ValidationError("Choose the actions again")
        return {int(pair[1]): int(pair[2]) for pair in found if pair}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("owner") and cleaned.get("owner_name"):
            self.add_error("owner_name", "Choose a member or enter a name, not both")
        due = cleaned.get("due_on")
        if due and due < self.today:
            self.add_error("due_on", "Due date must be today or in the future")
        if due and cleaned.get("no_due_on"):
            self.add_error("no_due_on", "Enter a due date or take it away, not both")
        if not self.errors and not self.values:
            self.add_error(None, "Choose what to change")
        if not self.errors and not self.seen_versions:
            self.add_error("leave_out", "Leave at least one action to change")
        return cleaned

    @property
    def seen_versions(self) -> dict[int, int]:
        """Number to version of those to change: all that were picked but what is left out."""
        chosen = self.cleaned_data.get("leave_out", [])
        leaves_all = self.cleaned_data.get("leave_out_all")
        left_out = {int(each) for each in (self.in_the_way if leaves_all else chosen)}
        seen: dict[int, int] = self.cleaned_data.get("seen", {})
        return {each: seen[each] for each in seen if each not in left_out}

    @property
    def values(self) -> dict[str, Any]:
        """What to change, by field of ``ActionDetails``."""
        cleaned = self.cleaned_data
        values: dict[str, Any] = {}
        if cleaned["owner"] or cleaned["owner_name"]:
            values["owner"] = self._row("owner") or cleaned["owner_name"] or None
        if cleaned["service"]:
            values["service"] = self._row("service")
        if cleaned["priority"]:
            values["priority"] = Action.Priority(cleaned["priority"])
        if cleaned["status"]:
            values["status"] = Action.Status(cleaned["status"])
        if cleaned["due_on"] or cleaned["no_due_on"]:
            values["due_on"] = cleaned["due_on"]
        return values

    def _offer_to_leave_out(self, organisation: Organisation) -> None:
        """Let what stood in the way be left out, each or all."""
        self.in_the_way: list[str] = REFUSED.findall(self.data.get("refused", ""))
        if not self.in_the_way:
            del self.fields["leave_out"]
        if len(self.in_the_way) <= 1:
            del self.fields["leave_out_all"]
        if self.in_the_way:
            rows = Action.objects.of(organisation).filter(number__in=self.in_the_way)
            self.fields["leave_out"].choices = [  # type: ignore[attr-defined]
                (str(action.number), str(action)) for action in rows.order_by("number")
            ]

    def _row(self, name: str) -> Any:
        return self._row_choice(name).rows.get(self.cleaned_data[name])

    def _row_choice(self, name: str) -> RowChoice:
        field = self.fields[name]
        if not isinstance(field, RowChoice):
            raise TypeError(f"{name} offers no rows")
        return field


def seen_in_words(actions: Iterable[Action]) -> str:
    """The versions of these actions for the hidden field."""
    return " ".join(f"{action.number}:{action.version}" for action in actions)
