"""A form shown again with what somebody typed before, without complaining about it yet."""

from django import forms
from django.http import QueryDict


def fill_with(form: forms.BaseForm, typed: QueryDict) -> None:
    """Let the form begin with what was typed in place of its own initial values.

    Also the hidden ones: the version that was seen then still finds a conflict, and the
    submission key of then still makes a thing once.
    """
    for name, field in form.fields.items():
        raw = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
        form.initial[name] = raw
