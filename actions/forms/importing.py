"""Bringing a plan in: where it is, then what to do where the file leaves a choice."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from actions.importing.matching import ADD, LEAVE_OUT, Choices
from actions.importing.rows import plain
from actions.plan_import_page import LinkOffer
from actions.plan_import_readings import StagedPlan
from cse_tracker.accounts.models import Service
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin

# More names than this are no services; they are left out and named.
MAX_SERVICES_ASKED = 30
MAX_SERVICE_CHARACTERS = 100


class StagePlanForm(SubmissionKeyMixin, GovukForm):
    """Where the plan is: in a file or on the clipboard."""

    file = forms.FileField(
        label="Spreadsheet",
        required=False,
        help_text="An Excel workbook (.xlsx) or separated text (.csv) of up to 10 MB. "
        "Nothing is changed until you have checked what was read.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    pasted = forms.CharField(
        label="Or paste the table here",
        required=False,
        strip=False,
        help_text="Copy it in Excel or Word, headings included.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_file, has_paste = cleaned.get("file"), cleaned.get("pasted", "").strip()
        if not self.errors and not has_file and not has_paste:
            self.add_error("file", "Select a spreadsheet or paste the table")
        elif has_file and has_paste:
            self.add_error("pasted", "Choose one: the file or what you pasted")
        return cleaned


class BringPlanInForm(GovukForm):
    """What becomes of services, comments, doubles and rows; and what the person saw."""

    seen = forms.CharField(widget=forms.HiddenInput)
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        staged: StagedPlan,
        services: Sequence[Service],
        offers: Sequence[LinkOffer],
        may_add_services: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = staged.fingerprint
        self.fields["left_out"] = forms.TypedMultipleChoiceField(
            coerce=int,
            required=False,
            choices=[(place, "Leave out") for place in range(len(staged.plan.actions))],
            initial=list(staged.choices.left_out),
        )
        self.asked = dict(enumerate(staged.plan.unknown_services[:MAX_SERVICES_ASKED]))
        for number, name in self.asked.items():
            field = _service_field(name, services, may_add=may_add_services)
            field.initial = staged.choices.services.get(plain(name), LEAVE_OUT)
            self.fields[f"service_{number}"] = field
        if offers:
            self.fields["linked"] = forms.MultipleChoiceField(
                label="Which comments do these actions answer?",
                help_text="An action on an element you tick answers the assessor’s comments on "
                "it, and those count as decided: you will act on them. Otherwise it "
                "stands alone.",
                required=False,
                choices=[(offer.ref, offer.label) for offer in offers],
                initial=list(staged.choices.linked),
                widget=forms.CheckboxSelectMultiple,
            )
        known = len(staged.plan.known)
        if known:
            self.fields["known_too"] = forms.BooleanField(
                label="Bring in the one that you seem to have too"
                if known == 1
                else f"Bring in the {known} that you seem to have too",
                help_text="You would then have them twice, but for those that you leave out.",
                required=False,
                initial=staged.choices.known_too,
            )

    def service_fields(self) -> Iterator[BoundField]:
        """A question for each service that the organisation does not have."""
        return (self[f"service_{number}"] for number in self.asked)

    @property
    def choices(self) -> Choices:
        """What the person chose; for a valid form."""
        cleaned = self.cleaned_data
        return Choices(
            known_too=cleaned.get("known_too", False),
            services={
                plain(name): cleaned[f"service_{number}"]
                for number, name in self.asked.items()
                if cleaned[f"service_{number}"] != LEAVE_OUT
            },
            linked=cleaned.get("linked", []),
            left_out=cleaned["left_out"],
        )

    @property
    def ticked_rows(self) -> set[str]:
        """The places of the rows to be left out, as they stand in the form."""
        return {str(place) for place in self["left_out"].value() or ()}


def _service_field(
    name: str, services: Sequence[Service], *, may_add: bool
) -> forms.ChoiceField:
    """Which of ours it is. What is no name of a service can't become a new one."""
    may_add = may_add and len(name) <= MAX_SERVICE_CHARACTERS
    adding = [(ADD, "A new service: add it")] if may_add else []
    return forms.ChoiceField(
        label=f"“{name}” is",
        required=False,
        choices=[
            (LEAVE_OUT, "None of ours: leave it out"),
            *adding,
            *((str(service.pk), service.name) for service in services),
        ],
    )
