"""A form that makes something, sent twice: a double click, a reload, Back and Send again."""

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.models import CHANGED_SINCE, submit_once

KEY = "submission_key"


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

        Sent once more with other words, as after Back, it raises RuleBroken. The form then has
        a new key, so that it can be sent again knowingly.
        """
        key = self.cleaned_data["submission_key"]
        try:
            return submit_once(key, submitter.pk, write, digest=self._digest())
        except RuleBroken as rule:
            if str(rule) == CHANGED_SINCE:
                self._renew_key()
            raise

    def _digest(self) -> str:
        """A hash of what was entered, files with what they hold.

        What is blank is left out: making something may add a field to the next form.
        """
        said = [
            (name, _say(raw))
            for name, field in sorted(self.fields.items())
            if name != KEY and _is_entered(raw := self._raw(name, field))
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def _raw(self, name: str, field: forms.Field) -> Any:
        named = self.add_prefix(name)
        return field.widget.value_from_datadict(self.data, self.files, named)

    def _renew_key(self) -> None:
        # What a request posted can't be written to.
        sent: Any = self.data
        renewed = sent.copy()
        renewed[self.add_prefix(KEY)] = str(uuid.uuid4())
        self.data = renewed


def _is_entered(raw: Any) -> bool:
    return any(raw) if isinstance(raw, list) else bool(raw)


def _say(raw: Any) -> Any:
    """What a field holds; of a file its content too, since a corrected one keeps its name."""
    if isinstance(raw, list):
        return [_say(each) for each in raw]
    if not isinstance(raw, UploadedFile):
        return raw
    content = hashlib.sha256()
    for chunk in raw.chunks():
        content.update(chunk)
    raw.seek(0)
    return raw.name, raw.size, content.hexdigest()
