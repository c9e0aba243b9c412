"""A date asked for as day, month and year, with errors that name the missing part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.timezone import localdate

PARTS = ("day", "month", "year")
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


class DateInput(forms.MultiWidget):
    """Three text boxes, ``NAME_day``, ``NAME_month`` and ``NAME_year``; so are their ids."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(PARTS, forms.TextInput), attrs)

    def decompress(self, value: date | None) -> list[str]:
        if value is None:
            return ["", "", ""]
        day = localdate(value) if isinstance(value, datetime) else value
        return [str(day.day), str(day.month), str(day.year)]

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        identity = context["widget"]["attrs"].get("id")
        if identity:
            for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
                box["attrs"]["id"] = f"{identity}_{part}"
        return context


class DateField(forms.DateField):
    """A date from a ``DateInput``: a ``date``, or None when it may be blank and is.

    The month may be a number or a name. GovukForm puts the label into the messages.
    """

    widget = DateInput
    default_error_messages = {
        "invalid": "The date must be a real date",
        "incomplete": "The date must include %(missing)s",
        "short_year": "The date must include a year with 4 numbers",
    }

    def __init__(
        self, *, help_text: str = "For example, 27 3 2026", **kwargs: Any
    ) -> None:
        super().__init__(help_text=help_text, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, list | tuple):
            return super().to_python(value)
        typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        self._check_complete(typed)
        day, month, year = typed
        if year.isdecimal() and len(year) != 4:
            raise self._error("short_year", ["year"])
        try:
            return date(_number(year), _month_number(month), _number(day))
        except (ValueError, OverflowError):
            raise self._error("invalid", PARTS) from None

    def _check_complete(self, typed: Sequence[str]) -> None:
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if missing:
            raise self._error("incomplete", missing)

    def _error(self, code: str, parts: Sequence[str]) -> ValidationError:
        """A message with the boxes it is about, which ``faulty_parts`` reads again."""
        words = "a " + " and ".join(parts)
        params = {"missing": words, "parts": tuple(parts)}
        return ValidationError(self.error_messages[code], code=code, params=params)


def faulty_parts(bound: BoundField) -> tuple[str, ...]:
    """The boxes that the field's errors are about; all three when an error does not say."""
    errors = bound.errors.as_data()
    if not errors:
        return ()
    named = [(error.params or {}).get("parts", PARTS) for error in errors]
    return tuple(part for part in PARTS if any(part in parts for parts in named))


@dataclass(frozen=True)
class DateBox:
    """One of the three boxes, as the template pack draws it."""

    label: str
    id: str
    name: str
    value: str
    width: int
    is_faulty: bool


def date_boxes(bound: BoundField) -> list[DateBox]:
    """The boxes of a date, filled with what was typed or with the initial date."""
    widget = bound.field.widget
    value = bound.value()
    typed = value if isinstance(value, list | tuple) else widget.decompress(value)
    faulty = faulty_parts(bound)
    return [
        DateBox(
            label=part.capitalize(),
            id=f"{bound.auto_id}_{part}",
            name=f"{bound.html_name}_{part}",
            value=text or "",
            width=4 if part == "year" else 2,
            is_faulty=part in faulty,
        )
        for part, text in zip(PARTS, typed, strict=True)
    ]


def _number(typed: str) -> int:
    """The number typed in digits alone; ``int`` would also take "1_0" and "+1"."""
    if not typed.isdecimal():
        raise ValueError(typed)
    return int(typed)


def _month_number(typed: str) -> int:
    """A number, or 1 to 12 from "Mar" or "March"; ValueError for anything else."""
    if typed.isdecimal():
        return int(typed)
    named = [month for month in MONTHS if month.startswith(typed.lower())]
    if len(typed) < 3 or not named:
        raise ValueError(typed)
    return MONTHS.index(named[0]) + 1
