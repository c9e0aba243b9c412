"""Bringing an annex in: the file, then which of its years as what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from assessments.import_readings import StagedImport
from assessments.importing.annex import AnnexYear
from assessments.importing.doubts import is_possible
from assessments.importing.plan import ExistingYear, YearChoice
from assessments.models import Assessment
from assessments.services.annex_staging import AlsoChosen
from assessments.wording_page import elements
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin

KINDS = [
    (kind.value, kind.label)
    for kind in Assessment.Kind
    if kind is not Assessment.Kind.SELF
]


class UploadAnnexForm(SubmissionKeyMixin, GovukForm):
    """The spreadsheet that an organisation kept its ratings in."""

    file = forms.FileField(
        label="Annex spreadsheet",
        help_text="An Excel workbook (.xlsx) or separated text (.csv) of up to 10 MB. "
        "Nothing is changed until you have checked what was read.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Select the spreadsheet to bring in"},
    )


@dataclass(frozen=True)
class YearFields:
    """One year of the file as the form asks about it. ``include`` None: it can't come in."""

    year: AnnexYear
    include: BoundField | None
    # None where an existing assessment keeps its kind.
    kind: BoundField | None
    existing: ExistingYear | None
    # Why it can't come in.
    barrier: str

    @property
    def existing_kind(self) -> str:
        return Assessment.Kind(self.existing.kind).label if self.existing else ""


class ImportYearsForm(GovukForm):
    """Which years to bring in, and as which kind of assessment."""

    seen = forms.CharField(widget=forms.HiddenInput)
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        staged: StagedImport,
        may_confirm: bool,
        also: AlsoChosen,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.staged = staged
        self.fields["seen"].initial = staged.fingerprint
        for year in staged.reading.years:
            self._add_year(year)
        if may_confirm:
            self.fields["confirm"] = forms.BooleanField(
                label="Confirm these years",
                help_text="Locks them and shows them to the governing body. "
                "What was found in the file may stay as it is: past years often have gaps.",
                required=False,
                initial=also.confirm,
            )
        worded = len(staged.new_wording)
        if worded:
            self.fields["wording"] = forms.BooleanField(
                label=f"Adopt the wording of this file for {elements(worded)}",
                help_text="Its statements and guidance are then shown and printed in place of "
                "ours, for your organisation alone. You can restore ours at any time.",
                required=False,
                initial=also.wording,
            )

    def _add_year(self, year: AnnexYear) -> None:
        if self._barrier(year):
            return
        choice = self.staged.choices[year.year]
        self.fields[f"include_{year.year}"] = forms.BooleanField(
            label=f"Bring {year.year} in", required=False, initial=choice.include
        )
        if year.year not in self.staged.existing:
            self.fields[f"kind_{year.year}"] = forms.ChoiceField(
                label=f"Kind of assessment in {year.year}",
                choices=KINDS,
                initial=choice.kind,
            )

    def _barrier(self, year: AnnexYear) -> str:
        existing = self.staged.existing.get(year.year)
        if not is_possible(year.year, self.staged.this_year):
            return "This year can't be right"
        if existing is not None and not existing.is_open:
            return "Confirmed already: unlock it first to change it"
        return ""

    def year_fields(self) -> Iterator[YearFields]:
        """A row for each year of the file, oldest first."""
        for year in self.staged.reading.years:
            yield YearFields(
                year=year,
                include=self._bound(f"include_{year.year}"),
                kind=self._bound(f"kind_{year.year}"),
                existing=self.staged.existing.get(year.year),
                barrier=self._barrier(year),
            )

    def choices(self) -> dict[int, YearChoice]:
        """What the person chose, for a valid form; years that can't come in are left out."""
        cleaned = self.cleaned_data
        return {
            year: YearChoice(
                include=cleaned.get(f"include_{year}", False),
                kind=cleaned.get(f"kind_{year}", choice.kind),
            )
            for year, choice in self.staged.choices.items()
        }

    @property
    def also(self) -> AlsoChosen:
        """What else the person ticked, for a valid form."""
        return AlsoChosen(
            confirm=self.cleaned_data.get("confirm", False),
            wording=self.cleaned_data.get("wording", False),
        )

    def _bound(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None
