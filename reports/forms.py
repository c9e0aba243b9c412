"""Forms about papers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.models import Assessment
from cse_tracker.accounts.models import Organisation, Service
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from cse_tracker.core.sorting import order_of
from reports.models import Paper
from reports.models.paper import PaperQuerySet
from reports.options import PaperOptions

STATE_CHOICES = [
    ("", "All but superseded and withdrawn"),
    *Paper.State.choices,
    ("all", "All"),
]
OPTION_CHOICES = [
    ("with_improvements", "Areas for improvement"),
    ("with_decisions", "What was decided on each comment"),
    ("with_actions", "Actions, with owner, due date and status"),
    ("with_drafts", "Draft responses, marked as drafts"),
]
PLAN_CHOICES = [
    ("with_finished", "Closed and declined actions"),
    ("with_progress", "The latest progress of each action"),
    ("with_names", "The names of owners, beside their services"),
]
NO_ASSESSMENT = "Select the assessment that the paper is about"
ORDERS = {
    "number": ["number"],
    "assessment": ["assessment__year", "number"],
    "state": ["state", "number"],
    "ordered": ["ordered_at", "number"],
    "issued": ["issued_at", "number"],
}


class OrderPaperForm(SubmissionKeyMixin, GovukForm):
    """Which assessment the paper is about."""

    assessment = forms.ModelChoiceField(
        queryset=Assessment.objects.none(),
        to_field_name="slug",
        empty_label=None,
        label="Which assessment is it about?",
        error_messages={"required": NO_ASSESSMENT, "invalid_choice": NO_ASSESSMENT},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest_first = Assessment.objects.of(organisation).order_by("-year", "-pk")
        self.fields["assessment"].queryset = newest_first  # type: ignore[attr-defined]
        self._assessments = newest_first

    @property
    def about(self) -> Assessment | None:
        """The assessment that stands in the form: the one asked for, else the newest."""
        asked_for = self._assessments.filter(slug=self["assessment"].value() or "")
        return asked_for.first() or self._assessments.first()

    @property
    def options(self) -> PaperOptions:
        """What was chosen beside the assessment; read after ``is_valid``."""
        return PaperOptions()


class OrderAppendixForm(OrderPaperForm):
    """What the appendix shows beside the partial compliances."""

    shows = forms.MultipleChoiceField(
        label="What should it show beside the partial compliances?",
        choices=OPTION_CHOICES,
        required=False,
        initial=["with_improvements"],
        widget=forms.CheckboxSelectMultiple,
        help_text="Only responses that are agreed are printed, unless you choose drafts too.",
    )
    mark_optional = False

    @property
    def options(self) -> PaperOptions:
        """What was chosen; read after ``is_valid``."""
        return PaperOptions(**dict.fromkeys(self.cleaned_data["shows"], True))


class OrderPlanForm(SubmissionKeyMixin, GovukForm):
    """Whose actions the plan shows, and what of them. Its day is the one on which it is built."""

    service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        required=False,
        empty_label="All services",
        label="Whose actions should it show?",
    )
    shows = forms.MultipleChoiceField(
        label="What should it show beside the open actions?",
        choices=PLAN_CHOICES,
        required=False,
        initial=["with_finished", "with_progress"],
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave the names out of a paper that you publish. Titles, reasons and "
        "progress are printed as they were written, with the names in them.",
    )
    mark_optional = False

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = Service.objects.of(organisation).current()
        self.fields["service"].queryset = services  # type: ignore[attr-defined]

    @property
    def options(self) -> PaperOptions:
        """What was chosen; read after ``is_valid``."""
        return PaperOptions(**dict.fromkeys(self.cleaned_data["shows"], True))


class SeenForm(GovukForm):
    """The build that the person has seen: what they approve is what they read."""

    attempt = forms.IntegerField(widget=forms.HiddenInput)


class IssueForm(SeenForm):
    """Where the paper leaves out years, issuing it so is a choice of its own."""

    without_years = forms.BooleanField(
        label="Issue it without these years",
        error_messages={
            "required": "Tick the box to issue it without these years, "
            "or confirm them and build the paper again"
        },
    )

    def __init__(
        self, *args: Any, left_out: Sequence[Assessment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not left_out:
            del self.fields["without_years"]


class WithdrawForm(GovukForm):
    """Why an issued paper is taken back."""

    reason = forms.CharField(
        label="Why are you withdrawing this paper?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter the reason for withdrawing this paper"},
    )


class PaperFilterForm(GovukForm):
    """Which papers the list shows, and in which order. All of it stands in the address."""

    kind = forms.ChoiceField(
        label="Kind",
        choices=[("", "All kinds"), *Paper.Kind.choices],
        required=False,
    )
    state = forms.ChoiceField(label="State", choices=STATE_CHOICES, required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")

    @property
    def order(self) -> str:
        """The order as it stands in the address, empty for newest first."""
        chosen = self._chosen("sort")
        return chosen if order_of(chosen, ORDERS) else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether the address asks for something else than the usual list."""
        return bool(self._chosen("state") or self._chosen("kind"))

    def apply(self, papers: PaperQuerySet) -> PaperQuerySet:
        """The papers to show, in order. A filter that was not understood filters nothing."""
        state = self._chosen("state")
        if not state:
            papers = papers.standing()
        elif state in Paper.State.values:
            papers = papers.filter(state=state)
        if self._chosen("kind"):
            papers = papers.filter(kind=self._chosen("kind"))
        return papers.order_by(*(order_of(self.order, ORDERS) or ["-number"]))

    def _chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")
