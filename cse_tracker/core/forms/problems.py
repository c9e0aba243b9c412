"""What is wrong with the forms on a page: for its error summary and for its title."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.forms import BaseForm, BaseFormSet, BoundField
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template import Context

from cse_tracker.core.forms.dates import DateInput, faulty_parts

AnyForm: TypeAlias = "BaseForm | BaseFormSet[Any]"


@dataclass(frozen=True)
class Problem:
    """One line of the error summary; ``target`` is the id it leads to, or empty."""

    text: str
    target: str = ""


def problems_on_page(context: Context) -> list[Problem]:
    """Everything wrong in what a template was given.

    Counted are every form and formset in the context, lists of forms, and ``problems``, a
    list of ``Problem`` from a view that reads its fields by itself.
    """
    given: dict[Any, Any] = context.flatten()
    found: list[Problem] = list(given.get("problems") or [])
    for form in _distinct_forms(given.values()):
        if form.is_bound:
            found += _problems(form)
    return found


def first_input_id(bound: BoundField) -> str:
    """The id of the first input that a person can correct, or empty if there is none."""
    widget = bound.field.widget
    if widget.is_hidden or not bound.auto_id:
        return ""
    if isinstance(widget, DateInput):
        return f"{bound.auto_id}_{(faulty_parts(bound) or ('day',))[0]}"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return str(bound.subwidgets[0].id_for_label) if bound.subwidgets else ""
    return bound.id_for_label or ""


def _problems(form: AnyForm) -> Iterator[Problem]:
    if isinstance(form, BaseFormSet):
        yield from _without_target(form.non_form_errors())
        for one in form.forms:
            yield from _problems(one)
        return
    yield from _without_target(form.non_field_errors())
    for bound in form:
        for error in bound.errors:
            yield Problem(str(error), first_input_id(bound))


def _without_target(errors: Iterable[object]) -> Iterator[Problem]:
    return (Problem(str(error)) for error in errors)


def _distinct_forms(values: Iterable[Any]) -> list[AnyForm]:
    """The forms among the values, each once, in order.

    Asked by ``type``, because ``isinstance`` would wake a lazy value such as the user.
    """
    found: dict[int, AnyForm] = {}
    for value in values:
        candidates = value if type(value) in {list, tuple} else [value]
        for candidate in candidates:
            if issubclass(type(candidate), BaseForm | BaseFormSet):
                found[id(candidate)] = candidate
    return list(found.values())
