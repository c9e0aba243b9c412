"""Template tags that every page may use without loading them."""

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.utils.safestring import SafeString

from cse_tracker.core.forms.dates import DateBox, DateInput, date_boxes
from cse_tracker.core.forms.problems import Problem, problems_on_page

register = template.Library()

# The GOV.UK class of each kind of widget; an input is everything else.
WIDGET_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
]
# maxlength cuts pasted text without a word, so a message tells the limit instead.
# A placeholder vanishes when a person begins to type, so the label says it all.
UNWANTED = {"maxlength": False, "minlength": False, "placeholder": False, "cols": False}
# What Django gives a textarea that nobody gave a height; a number was chosen by somebody.
DJANGO_ROWS = "10"
GOVUK_ROWS = 5


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """``Error: `` for the title of a page with something to correct, else nothing."""
    return "Error: " if problems_on_page(context) else ""


@register.inclusion_tag("govuk/error_summary.html", takes_context=True)
def error_summary(context: Context) -> dict[str, list[Problem]]:
    """The error summary of all forms on the page (see ``problems_on_page``)."""
    return {"problems": problems_on_page(context)}


@register.simple_tag
def govuk_widget(bound: BoundField, extra_class: str = "") -> SafeString:
    """The widget of one field with GOV.UK classes; ids and aria attributes are Django's."""
    widget = _plain_widget(bound.field.widget)
    base = next(
        (name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)),
        "govuk-input",
    )
    classes = [base, extra_class, widget.attrs.get("class", "")]
    if bound.errors:
        classes.append(f"{base}--error")
    attrs: dict[str, Any] = {**UNWANTED, "class": " ".join(filter(None, classes))}
    if widget.attrs.get("rows") == DJANGO_ROWS:
        attrs["rows"] = GOVUK_ROWS
    return bound.as_widget(widget, attrs)


@register.filter
def is_date(bound: BoundField) -> bool:
    """Whether the field is asked for as day, month and year."""
    return isinstance(bound.field.widget, DateInput)


@register.filter
def boxes(bound: BoundField) -> list[DateBox]:
    """Day, month and year of a date field."""
    return date_boxes(bound)


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """The numbers to offer around a page, with the paginator's ELLIPSIS for what is left out."""
    paginator = page.paginator
    return paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def thousands(number: int) -> str:
    """``50000`` as ``50,000``."""
    return f"{number:,}"


def _plain_widget(widget: forms.Widget) -> forms.Widget:
    """A text box in place of a number box, whose value a mouse wheel changes unseen."""
    if type(widget) is not forms.NumberInput:
        return widget
    numbers = {"min": False, "max": False, "step": False, "inputmode": "numeric"}
    return forms.TextInput(attrs={**widget.attrs, **numbers})
