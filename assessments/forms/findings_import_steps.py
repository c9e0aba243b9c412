"""Dividing a row of a report: in two, or its beginning or end given to another row.

These stand in the form of the row, so that what was typed into it is saved with them.
"""

import zlib
from abc import abstractmethod
from typing import Any

from django import forms
from django.http import QueryDict

from assessments.findings_import_page import RowCard
from assessments.findings_import_readings import StagedFindings
from assessments.forms.findings_import_rows import row_option, shown
from assessments.importing.findings.edits import beginning_given, end_given, split
from assessments.importing.findings.rows import COLUMNS, FindingRow, Rows
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.rich_text.tree import Block
from cse_tracker.core.rich_text.units import text_of, units_of, words_of_unit

# Says which of these was asked for; a form sent without it is only saved.
STEP = "step"
CHOOSE_AGAIN = "You changed this text above. Select again from the text as it is now"
CHOOSE = "Select how much moves"


class StepForm(GovukForm):
    """One way to divide the row ``row``, whose words are those that were typed.

    ``name`` is its place on the page and the value of its button.
    """

    mark_optional = False
    name = ""
    what = ""

    def __init__(self, row: FindingRow, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=self.name, auto_id=f"id_{self.name}_%s")
        self.row = row

    @abstractmethod
    def edited(self, rows: Rows) -> Rows:
        """The rows once they are divided; for a valid form. Raises ValueError or NoSuchRow."""


class SplitForm(StepForm):
    """Where to split the row in two."""

    name = "split"
    what = "split in two"

    def __init__(self, row: FindingRow, data: QueryDict | None = None) -> None:
        super().__init__(row, data)
        for column in COLUMNS:
            units = units_of(row.text_in(column))
            if units:
                nothing = (_place(units, len(units)), "Nothing: all of it stays here")
                self.fields[column] = _chooser(
                    f"The second row's {column} begins with",
                    [nothing, *((_place(units, n), u) for n, u in _numbered(units, 0))],
                )

    def edited(self, rows: Rows) -> Rows:
        at = {name: _count(value) for name, value in self.cleaned_data.items()}
        return split(
            rows,
            self.row.key,
            comment_at=at.get("comment", 0),
            response_at=at.get("response", 0),
        )


class GiveForm(StepForm):
    """How much of the beginning of a cell belongs to another row, and to which."""

    part, receives = "beginning", "end"
    how_much = "Move everything up to and including"

    def __init__(  # what is divided, and what was found out about it
        self,
        row: FindingRow,
        data: QueryDict | None = None,
        *,
        staged: StagedFindings,
        column: str,
        to: int,
        is_open: bool = False,
    ) -> None:
        self.name, self.column = self.name_for(column), column
        self.what = f"its {self.part} moved to another row"
        self.is_open = is_open or data is not None
        super().__init__(row, data)
        units = units_of(row.text_in(column))
        places = self._places(units)
        # Only a person can tell how much it is, unless there is one thing to move.
        if len(places) > 1:
            places.insert(0, ("", CHOOSE))
        self.fields["units"] = _chooser(self.how_much, places, required=CHOOSE)
        self.fields["to"] = forms.ChoiceField(
            label=f"To the {self.receives} of the {column} of",
            choices=[
                (str(other.key), row_option(number, other))
                for number, other in enumerate(staged.rows, start=1)
                if other.key != row.key
            ],
            initial=str(to),
        )

    @classmethod
    def name_for(cls, column: str) -> str:
        return f"give-{column}"

    def _places(self, units: list[Block]) -> list[tuple[str, str]]:
        return [(_place(units, n), u) for n, u in _numbered(units, 1)]

    def edited(self, rows: Rows) -> Rows:
        return beginning_given(
            rows,
            self.row.key,
            to=int(self.cleaned_data["to"]),
            column=self.column,
            units=_count(self.cleaned_data["units"]),
        )


class GiveEndForm(GiveForm):
    """How much of the end of a cell belongs to another row, and to which."""

    part, receives = "end", "beginning"
    how_much = "Move everything from here on"

    @classmethod
    def name_for(cls, column: str) -> str:
        return f"give-end-{column}"

    def _places(self, units: list[Block]) -> list[tuple[str, str]]:
        return [(_place(units, n), u) for n, u in _numbered(units, 0)]

    def edited(self, rows: Rows) -> Rows:
        return end_given(
            rows,
            self.row.key,
            to=int(self.cleaned_data["to"]),
            column=self.column,
            units=_count(self.cleaned_data["units"]),
        )


def steps_for(
    staged: StagedFindings,
    card: RowCard,
    typed: FindingRow,
    data: QueryDict | None = None,
) -> list[StepForm]:
    """The ways to divide a row that says ``typed``; the one that ``data`` asks for is bound."""
    asked = data.get(STEP, "") if data else ""

    def data_of(name: str) -> QueryDict | None:
        return data if asked == name else None

    owners = {p.column: p.belongs_to for p in card.problems if p.belongs_to is not None}
    counts = {column: len(units_of(typed.text_in(column))) for column in COLUMNS}
    steps: list[StepForm] = [
        form(
            typed,
            data_of(form.name_for(column)),
            staged=staged,
            column=column,
            to=to,
            is_open=form is GiveForm and column in owners,
        )
        for column, count in counts.items()
        for form, to in (
            (GiveForm, owners.get(column, card.above)),
            (GiveEndForm, card.below),
        )
        if to is not None and (count > 1 or (count and column in owners))
    ]
    if sum(counts.values()) > 1:
        steps.append(SplitForm(typed, data_of(SplitForm.name)))
    return steps


def _chooser(
    label: str, choices: list[tuple[str, str]], *, required: str = CHOOSE_AGAIN
) -> Any:
    messages = {"invalid_choice": CHOOSE_AGAIN, "required": required}
    return forms.ChoiceField(
        label=label, choices=choices, initial=choices[0][0], error_messages=messages
    )


def _numbered(units: list[Block], start: int) -> list[tuple[int, str]]:
    return [(n, shown(words_of_unit(u))) for n, u in enumerate(units, start)]


def _place(units: list[Block], count: int) -> str:
    """After so many units, with a mark of their words: other words are another choice."""
    mark = zlib.crc32(text_of(units[:count]).encode())
    return f"{count}-{mark:08x}"


def _count(place: str) -> int:
    return int(place.partition("-")[0])
