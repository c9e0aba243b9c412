"""The forms that all others here are built on."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from cse_tracker.core.forms.messages import use_govuk_messages

if TYPE_CHECKING:
    # Generic for the type checker only. What a form makes is saved by a service.
    PlainModelForm = forms.ModelForm[Any]
else:
    PlainModelForm = forms.ModelForm


class GovukFields(forms.BaseForm):
    """Mix into any form: our template pack, messages that say what to do, no browser bubbles.

    In a template: ``<form method="post" novalidate>{% csrf_token %}{% crispy form %}``, and
    a button. The error summary is in base.html and needs nothing.
    """

    use_required_attribute = False
    # "(optional)" after the label of what may be blank; off where everything may, as in filters.
    mark_optional = True
    # Field name to the words for it in messages, where the label is a question.
    error_labels: Mapping[str, str] = {}

    def layout(self) -> Layout | None:
        """The order and grouping of the fields; None puts them one below the other."""
        return None

    @cached_property
    def helper(self) -> FormHelper:
        """What ``{% crispy form %}`` needs. One per form, as layouts change while drawn."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = self.layout()
        # So that a layout need not name the version field and its like.
        helper.render_hidden_fields = True
        return helper

    def full_clean(self) -> None:
        # Here and not at the start, because forms add and rename fields in their __init__.
        for name, field in self.fields.items():
            use_govuk_messages(field, name, self.error_labels.get(name))
        super().full_clean()


class GovukForm(GovukFields, forms.Form):
    """A form of its own fields."""


class GovukModelForm(GovukFields, PlainModelForm):
    """A form of a model's fields."""
