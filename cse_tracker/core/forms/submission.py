"""A form that makes something, sent twice: a double click, a reload, Back and Send again."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model

from cse_tracker.core.models import submit_once


class SubmissionKeyField(forms.UUIDField):
    """The hidden key that each rendered form carries. A form sent without one gets a new one."""

    def __init__(self, **kwargs: Any) -> None:
        # Without an id, so that a page may have several such forms.
        widget = forms.HiddenInput(attrs={"id": False})
        super().__init__(required=False, initial=uuid.uuid4, widget=widget, **kwargs)

    def clean(self, value: Any) -> uuid.UUID:
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


class SubmissionKeyMixin(forms.Form):
    """Put before GovukForm or GovukModelForm: what the form makes is made once.

    In a view, after ``is_valid``: ``redirect(form.submit_once(request.user, write))``.
    """

    submission_key = SubmissionKeyField()

    def submit_once(self, submitter: Model, write: Callable[[], str]) -> str:
        """Run ``write`` for the first submission of this form; return the path it leads to.

        A second submission, also a parallel one, gets the first one's path. ``write`` runs in
        a transaction; what it raises undoes it, and the same form can be sent again.
        """
        return submit_once(self.cleaned_data["submission_key"], submitter.pk, write)
