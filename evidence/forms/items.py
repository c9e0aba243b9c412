"""Adding evidence, adding versions to it, changing what is said about it."""

from typing import Any

from django import forms

from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from evidence.forms.fields import (
    AddressFields,
    DateFields,
    FileFields,
    ItemFields,
    MarkFields,
)

ITEM_ORDER = ["title", "description", "as_at", "expires_on", "service", "owner"]
MARK_ORDER = ["locator", "is_strongest"]


class _AddFields(SubmissionKeyMixin, ItemFields, DateFields, MarkFields):
    """All of a new item but its content. Without ``has_place`` nothing is asked about one."""

    def __init__(self, *args: Any, has_place: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_place:
            for name in MARK_ORDER:
                del self.fields[name]


class AddDocumentForm(FileFields, _AddFields):
    """A new document."""

    field_order = ["file", *ITEM_ORDER, *MARK_ORDER]


class AddLinkForm(AddressFields, _AddFields):
    """A new link."""

    field_order = ["url", *ITEM_ORDER, *MARK_ORDER]


class AddDocumentVersionForm(SubmissionKeyMixin, FileFields, DateFields):
    """A newer file of a document."""

    field_order = ["file", "as_at", "expires_on"]


class AddLinkVersionForm(SubmissionKeyMixin, AddressFields, DateFields):
    """A newer address, or the same as at a later day."""

    field_order = ["url", "as_at", "expires_on"]


class EditItemForm(ItemFields):
    """An item as the person saw it when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(GovukForm):
    """A button that acts on the row as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
