"""A form whose row somebody else changed: renewed so that it can be sent again, with both values."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.forms import BaseModelForm
from django.http import HttpRequest, QueryDict

from cse_tracker.core.dates import long_date
from cse_tracker.core.errors import Conflict


@dataclass(frozen=True)
class BothValues:
    """One field on which the newer row and the form differ, as text."""

    label: str
    theirs: str
    mine: str


def with_version_of(request: HttpRequest, conflict: Conflict) -> QueryDict:
    """What was sent, with the version of the row as it stands now: sending it again wins."""
    data = request.POST.copy()
    data["version"] = str(getattr(conflict.clashes[0].current, "version", ""))
    return data


def both_values(form: "BaseModelForm[Model]", conflict: Conflict) -> list[BothValues]:
    """The fields that differ, with what stands there now and what was typed."""
    current = conflict.clashes[0].current
    found = [
        BothValues(
            str(form.fields[name].label),
            _in_words(current, name, getattr(current, name)),
            _in_words(form.instance, name, value),
        )
        for name, value in form.cleaned_data.items()
        if name != "version" and hasattr(current, name)
    ]
    return [each for each in found if each.theirs != each.mine]


def _in_words(row: Model, name: str, value: object) -> str:
    """The value as people read it: the words of a choice, a date as it is written here."""
    if isinstance(value, date):
        return long_date(value)
    choices = dict(getattr(row._meta.get_field(name), "flatchoices", []))
    return str(choices.get(value, value)) if value not in (None, "") else ""
