"""Forms about an assessment as a whole."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.cycle import NextVisit
from assessments.forms.texts import LongText, RichText
from assessments.models import Assessment, Certification
from cse_tracker.core.forms import DateField, GovukForm, GovukModelForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin

FIRST_YEAR = 2008
LISTS = ["sites_visited", "services_visited", "people_met"]
# Of these, two people's words can both be kept.
LONG_TEXTS = [*LISTS, "overview"]
REPORT_FIELDS = ["report_reference", *LISTS, "overview"]
VISIT_FIELDS = ["visit_code", "visit_starts_on", "visit_ends_on", "assessors"]


class VisitFields(GovukModelForm):
    """What is known about a visit."""

    visit_starts_on = DateField(label="First day of the visit", required=False)
    visit_ends_on = DateField(label="Last day of the visit", required=False)

    class Meta:
        model = Assessment
        fields = VISIT_FIELDS
        labels = {"visit_code": "Visit code", "assessors": "Assessors"}
        help_texts = {
            "visit_code": "As the certification body numbers its visits, for example Y3 or RP2",
            "assessors": "Their names, as the report gives them",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("visit_starts_on"), cleaned.get("visit_ends_on")
        if ends and not starts:
            self.add_error("visit_starts_on", "Enter the first day of the visit too")
        elif starts and ends and ends < starts:
            self.add_error(
                "visit_ends_on", "Last day of the visit must not be before the first"
            )
        return cleaned


class StartAssessmentForm(SubmissionKeyMixin, VisitFields):
    """Year, kind and visit of a new assessment."""

    year = forms.IntegerField(
        label="Year",
        min_value=FIRST_YEAR,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    carry_forward = forms.BooleanField(
        label="Carry the last known ratings forward",
        required=False,
        help_text=(
            "Each rating is marked as carried, with the year it comes from, until you enter "
            "what the assessor found. A self-assessment starts without ratings."
        ),
    )

    field_order = ["year", "kind", "carry_forward", *VISIT_FIELDS]

    class Meta(VisitFields.Meta):
        fields = ["year", "kind", *VISIT_FIELDS]
        widgets = {"kind": forms.RadioSelect}

    def __init__(
        self, *args: Any, this_year: int, can_carry: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = this_year
        self.fields["year"].max_value = this_year + 1  # type: ignore[attr-defined]
        self.last_year = this_year + 1
        self.fields["kind"].choices = Assessment.Kind.choices  # type: ignore[attr-defined]
        self.fields["kind"].initial = (
            Assessment.Kind.REVIEW if can_carry else Assessment.Kind.INITIAL
        )
        if can_carry:
            self.fields["carry_forward"].initial = True
        else:
            del self.fields["carry_forward"]

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > self.last_year:
            raise forms.ValidationError(f"Year must be {self.last_year} or earlier")
        return year


# The box that stands for every sub-element.
ALL = "all"


class StartNextForm(StartAssessmentForm):
    """The visit after a confirmed one, as proposed, and the sub-elements that continue."""

    sub_elements = forms.MultipleChoiceField(
        label="Which sub-elements continue?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Only those that you tick are rated again. The others keep their past years, and "
            "can be tracked again later."
        ),
    )

    field_order = ["year", "kind", *VISIT_FIELDS, "sub_elements"]

    def __init__(
        self,
        *args: Any,
        this_year: int,
        proposed: NextVisit,
        sub_elements: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, this_year=this_year, can_carry=False, **kwargs)
        self.fields["year"].initial = proposed.year
        self.fields["kind"].initial = proposed.kind
        self.fields["visit_code"].initial = proposed.visit_code
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in Assessment.Kind.choices
            if choice[0] != Assessment.Kind.SELF
        ]
        self.offered = [node_id for node_id, _ in sub_elements]
        every = (ALL, f"All {len(sub_elements)}")
        self.fields["sub_elements"].choices = [  # type: ignore[attr-defined]
            *([every] if len(sub_elements) > 1 else []),
            *sub_elements,
        ]
        if not sub_elements:
            del self.fields["sub_elements"]

    def clean_sub_elements(self) -> list[int]:
        """The node ids of those that continue."""
        chosen = self.cleaned_data["sub_elements"]
        return self.offered if ALL in chosen else [int(each) for each in chosen]


class EditAssessmentForm(VisitFields):
    """Visit and outcome, with the version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    sites_visited = LongText(
        label="Sites visited", rows=3, required=False, help_text="One a line"
    )
    services_visited = LongText(
        label="Services visited", rows=3, required=False, help_text="One a line"
    )
    people_met = LongText(
        label="People met",
        rows=3,
        required=False,
        help_text="One a line, as the report names them",
    )
    overview = RichText(label="Overview", rows=10, required=False)

    class Meta(VisitFields.Meta):
        fields = [*VISIT_FIELDS, "outcome", *REPORT_FIELDS]
        labels = VisitFields.Meta.labels | {
            "outcome": "Outcome",
            "report_reference": "Report reference",
        }
        help_texts = VisitFields.Meta.help_texts | {
            "outcome": "In the certification body's words. It is never worked out here.",
        }


class VersionForm(GovukForm):
    """A button that acts on what the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CertificationForm(GovukModelForm):
    """Scope and cycle: the first entry of the set-up list."""

    error_labels = {"sample_percent": "The share to sample"}

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Certification
        fields = [
            "scope",
            "certification_body",
            "cycle",
            "cycle_starts_in",
            "cycle_years",
            "sample_percent",
            "threshold_percent",
            "criterion_limit",
        ]
        labels = {
            "scope": "What is certified",
            "certification_body": "Certification body",
            "cycle": "How the body assesses you",
        }
        help_texts = {
            "scope": "For example Whole organisation, or the name of one service",
            "cycle_starts_in": "The year of the last full assessment, or of the first visit of a "
            "rolling programme. It tells which elements are still to be sampled.",
            "sample_percent": "No certification body publishes one. Leave it empty and each "
            "review takes as much as it needs for the whole Standard to fit within the cycle.",
            "threshold_percent": "For advice alone: the certification body decides the outcome. "
            "Holders report 80 percent.",
            "criterion_limit": "For advice alone. Leave it blank if your body has no such limit.",
        }
        widgets = {"cycle": forms.RadioSelect}
