"""Which actions the list shows, and in which order. All of it stands in the address."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, TextChoices, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.http import QueryDict

from actions.models import Action, ActionQuerySet, due_within, outstanding, overdue
from actions.owners import of_owner, owner_choices
from actions.readings import SOON_DAYS
from actions.slices import (
    AGE_BY_KEY,
    closed_in,
    earlier_than,
    of_age,
    of_criterion,
    of_service_named,
    period_in_words,
    to_be_checked_by,
)
from actions.summary import NONE
from actions.summary_readings import criterion_names, service_names
from assessments.access import visible_assessments
from assessments.models import Assessment
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.sorting import order_of

OPEN, SOON, FINISHED, WITHDRAWN = "open", "soon", "finished", "withdrawn"
# Only those who may approve are offered it.
TO_CHECK = "to_check"
STATUS_CHOICES = [
    ("", "All but withdrawn"),
    (OPEN, "Open"),
    (SOON, f"Due in {SOON_DAYS} days"),
    (FINISHED, "Closed or declined"),
    *Action.Status.choices,
    (WITHDRAWN, "Withdrawn"),
]
# What the board has no column for.
OFF_BOARD = {FINISHED, Action.Status.DECLINED, WITHDRAWN}
AGE_CHOICES = [
    ("", "Any time"),
    *((key, age.label) for key, age in AGE_BY_KEY.items()),
]
NARROWING = (
    *("whose", "status", "service", "criterion", "owner", "priority"),
    *("q", "overdue", "closed", "age", "before"),
)
# What each filter asks for, by what was chosen and the day.
CONDITIONS: dict[str, Callable[[Any, date], Q]] = {
    "overdue": lambda _, on: overdue(on=on),
    "service": lambda chosen, _: of_service_named(chosen),
    "criterion": lambda chosen, _: of_criterion(chosen),
    "owner": lambda chosen, _: of_owner(chosen),
    "priority": lambda chosen, _: Q(priority=chosen),
    "closed": lambda chosen, _: closed_in(chosen),
    "age": lambda chosen, on: of_age(AGE_BY_KEY[chosen], on=on),
}
MINE, SERVICE = "mine", "service"
ORDERS = {
    "number": ["number"],
    "title": ["title", "number"],
    "owner": ["owner_sort", "number"],
    "service": ["service_sort", "number"],
    "due": ["due_on", "number"],
    "status": ["status_sort", "number"],
    "priority": ["priority_sort", "number"],
    "start": ["starts_on", "number"],
}


class ActionFilterForm(GovukForm):
    """Filters and order, from the query string."""

    whose = forms.ChoiceField(label="Whose", required=False)
    status = forms.ChoiceField(label="Status", choices=STATUS_CHOICES, required=False)
    service = forms.ChoiceField(label="Service", required=False)
    criterion = forms.ChoiceField(label="Criterion", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    priority = forms.ChoiceField(
        label="Priority",
        choices=[("", "All priorities"), *Action.Priority.choices],
        required=False,
    )
    q = forms.CharField(label="Words", required=False, max_length=100)
    overdue = forms.BooleanField(label="Overdue only", required=False)
    # Where the summary leads; the page shows them only where the address has them.
    closed = forms.ChoiceField(
        label="Closed",
        required=False,
        error_messages={"invalid_choice": "Select when it was closed from the list"},
    )
    age = forms.ChoiceField(
        label="Open for",
        choices=AGE_CHOICES,
        required=False,
        error_messages={"invalid_choice": "Select how long it is open from the list"},
    )
    # Where an assessment leads: to what is open of those before it.
    before = forms.ChoiceField(
        label="Open since before",
        required=False,
        error_messages={"invalid_choice": "Select the assessment from the list"},
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, data: Any, *, membership: Membership) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.membership = membership
        self.fields["whose"].choices = _whose_choices(membership)  # type: ignore[attr-defined]
        self.fields["status"].choices = _status_choices(membership)  # type: ignore[attr-defined]
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            ("", "All services"),
            *service_names(membership.organisation).items(),
            (NONE, "No service"),
        ]
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            ("", "All criteria"),
            *criterion_names(membership.organisation).items(),
            (NONE, "No element"),
        ]
        self.fields["owner"].choices = owner_choices(membership.organisation)  # type: ignore[attr-defined]
        self.fields["closed"].choices = _closed_choices(data)  # type: ignore[attr-defined]
        self.newer = _assessment_named(data, membership)
        self.fields["before"].choices = [  # type: ignore[attr-defined]
            ("", "Any assessment"),
            *([(self.newer.slug, f"The {self.newer}")] if self.newer else []),
        ]

    def of_person(self, actions: ActionQuerySet) -> ActionQuerySet:
        """All, mine or my service's, before any other filter."""
        match self._chosen("whose"):
            case "mine":
                return actions.owned_by(self.membership)
            case "service":
                return actions.of_service(self.membership.service_id)
            case _:
                return actions

    def apply(self, actions: ActionQuerySet, *, on: date) -> ActionQuerySet:
        """The actions to show, in order. A filter that was not understood filters nothing."""
        mine_or_all, status = self.of_person(actions), self._chosen("status")
        if status == TO_CHECK:
            shown = mine_or_all.filter(to_be_checked_by(self.membership))
        else:
            shown = _by_status(mine_or_all, status, on)
        for name, condition in CONDITIONS.items():
            if asked := self._chosen(name):
                shown = shown.filter(condition(asked, on))
        if self.newer and self._chosen("before"):
            shown = shown.filter(earlier_than(self.newer))
        if words := self._chosen("q"):
            shown = shown.mentioning(words)
        return _in_order(shown, self.order)

    @property
    def order(self) -> str:
        """The order as it stands in the address, empty for the usual one."""
        chosen = str(self._chosen("sort") or "")
        return chosen if order_of(chosen, ORDERS) else ""

    @property
    def narrows_by_place(self) -> bool:
        """Whether any of the filters that the page keeps folded up is in use."""
        folded = ("service", "criterion", "owner", "priority")
        return any(self._chosen(name) for name in folded)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter leaves something out."""
        return any(self._chosen(name) for name in NARROWING)

    def _chosen(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)


class BoardFilterForm(ActionFilterForm):
    """The same for the board: it offers what has a column there, and filters by no other."""

    def __init__(self, data: QueryDict, *, membership: Membership) -> None:
        kept = data.copy()
        if kept.get("status") in OFF_BOARD:
            del kept["status"]
        super().__init__(kept, membership=membership)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            ("", "All on the board"),
            *(each for each in STATUS_CHOICES[1:] if each[0] not in OFF_BOARD),
        ]


def _status_choices(membership: Membership) -> list[tuple[str, str]]:
    if not membership.may(Permission.APPROVE):
        return STATUS_CHOICES
    return [*STATUS_CHOICES, (TO_CHECK, "Waiting for you to check")]


def _whose_choices(membership: Membership) -> list[tuple[str, str]]:
    choices = [("", "Everybody's"), (MINE, "Mine")]
    if membership.service:
        choices.append((SERVICE, f"My service's: {membership.service}"))
    return choices


def _closed_choices(data: Any) -> list[tuple[str, str]]:
    """Any time, and the period that the address names."""
    asked = str(data.get("closed") or "")
    words = period_in_words(asked)
    return [("", "At any time"), *([(asked, words)] if words else [])]


def _assessment_named(data: Any, membership: Membership) -> Assessment | None:
    """The assessment that the address names: one query where it names any."""
    asked = str(data.get("before") or "").replace("\0", "")
    if not asked:
        return None
    return visible_assessments(membership).filter(slug=asked).first()


def _by_status(actions: ActionQuerySet, status: str | None, on: date) -> ActionQuerySet:
    if status == WITHDRAWN:
        return actions.withdrawn()
    if not status:
        return actions.current()
    rules = {
        OPEN: outstanding(),
        SOON: due_within(SOON_DAYS, on=on),
        FINISHED: Q(status__in=Action.Status.finished()),
    }
    return actions.current().filter(rules.get(status, Q(status=status)))


def _in_order(actions: ActionQuerySet, sort: str) -> ActionQuerySet:
    fields = order_of(sort, ORDERS)
    if fields is None:
        return actions.by_urgency()
    return actions.annotate(
        owner_sort=Coalesce(NullIf("owner_name", Value("")), "owner__user__full_name"),
        service_sort=Coalesce("service__name", "owner__service__name"),
        status_sort=_place_in("status", Action.Status),
        priority_sort=_place_in("priority", Action.Priority),
    ).order_by(*fields)


def _place_in(column: str, choices: type[TextChoices]) -> Case:
    """The column's value by its place among the choices."""
    return Case(
        *(
            When(**{column: choice.value}, then=place)
            for place, choice in enumerate(choices)
        ),
        output_field=IntegerField(),
    )
