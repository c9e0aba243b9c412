"""The words with which an action is said to be done, closed, declined or taken up again."""

from datetime import date
from typing import Any

from django import forms

from actions.closing import Closing
from actions.models import Action
from assessments.forms.texts import LongText
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from evidence.forms.fields import DocumentField, WebAddressField
from evidence.models import EvidenceItem, EvidenceItemQuerySet
from evidence.services.details import ItemDetails, VersionDates

# More of the library than anybody reads; older evidence is named by its number.
OFFERED_AT_MOST = 50
# As the column can hold.
MOST_NUMBER = 2**31 - 1
BY_CLOSING = {
    Closing.FREE: ("Anything to say about it", "It stands in the action's notes"),
    Closing.WITH_REASON: (
        "Why you close it yourself",
        "Nobody else in your organisation may approve, so the reason takes their place",
    ),
}


class OptionalDocument(DocumentField):
    """A document, or None where none was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


class ItemsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Items of evidence to tick."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple(
            attrs={"class": "govuk-checkboxes--small"}
        )
        super().__init__(
            queryset=EvidenceItem.objects.none(),
            required=False,
            widget=widget,
            **kwargs,
        )


class ClaimForm(SubmissionKeyMixin, GovukForm):
    """What was done and what shows it: evidence that is there, or one new item."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = LongText(label="What was done", rows=5)
    near = ItemsField(label="Evidence on the elements that it is about")
    others = ItemsField(label="Other evidence in the library")
    number = forms.IntegerField(
        label="Or the number of older evidence",
        required=False,
        min_value=1,
        max_value=MOST_NUMBER,
        help_text="It stands before its title in the library. For example, 14",
    )
    new_title = forms.CharField(label="Title", required=False, max_length=200)
    new_url = WebAddressField(
        label="Web address", required=False, max_length=1000, assume_scheme="https"
    )
    new_file = OptionalDocument(label="Or a document")
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        action: Action,
        near: EvidenceItemQuerySet,
        others: EvidenceItemQuerySet,
        may_add: bool,
        **kwargs: Any,
    ) -> None:
        shown = set(action.evidence.values_list("pk", flat=True))
        kwargs["initial"] = {"version": action.version, "near": shown, "others": shown}
        super().__init__(*args, **kwargs)
        self._library = [near, others]
        is_cut = [self._offer("near", near), self._offer("others", others)]
        if not any(is_cut):
            del self.fields["number"]
        if "near" not in self.fields and "others" in self.fields:
            self.fields["others"].label = "Evidence in the library"
        if not may_add:
            for name in ("new_title", "new_url", "new_file"):
                del self.fields[name]

    def clean_number(self) -> EvidenceItem | None:
        """The item of that number, as it is what will be linked."""
        number = self.cleaned_data["number"]
        if number is None:
            return None
        found = [each.filter(number=number).first() for each in self._library]
        if not any(found):
            raise forms.ValidationError(f"There is no evidence {number} in the library")
        return next(filter(None, found))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sources = [name for name in ("new_url", "new_file") if cleaned.get(name)]
        if len(sources) > 1:
            self.add_error(
                "new_url", "Enter a web address or choose a document, not both"
            )
        if sources and not cleaned.get("new_title"):
            self.add_error("new_title", "Enter a title for the new evidence")
        if cleaned.get("new_title") and not sources and not self.errors:
            self.add_error("new_url", "Enter a web address, or choose a document")
        if not (self.chosen or sources or self.errors):
            self.add_error(
                None, "Choose or add the evidence that shows that this is done"
            )
        return cleaned

    def full_clean(self) -> None:
        super().full_clean()
        # A browser does not send a file again by itself.
        if self.is_bound and self.errors and self.cleaned_data.get("new_file"):
            self.add_error("new_file", "Select the document again")

    @property
    def chosen(self) -> list[EvidenceItem]:
        """What was ticked, and what was named by its number."""
        names = ("near", "others")
        ticked = [item for name in names for item in self.cleaned_data.get(name, [])]
        numbered = self.cleaned_data.get("number")
        return [*ticked, numbered] if numbered else ticked

    @property
    def adds_evidence(self) -> bool:
        return bool(
            self.cleaned_data.get("new_url") or self.cleaned_data.get("new_file")
        )

    @property
    def new_details(self) -> ItemDetails:
        """What is said about the new item."""
        return ItemDetails(title=self.cleaned_data["new_title"])

    @staticmethod
    def new_dates(today: date) -> VersionDates:
        """A new item is as of today; its own page can say otherwise."""
        return VersionDates(as_at=today)

    def _offer(self, name: str, items: EvidenceItemQuerySet) -> bool:
        """Let the newest be ticked, and what is ticked already; whether there are more."""
        newest = list(items.order_by("-number")[: OFFERED_AT_MOST + 1])
        if not newest:
            del self.fields[name]
            return False
        field: Any = self.fields[name]
        field.queryset = items
        ticked = items.filter(pk__in=self.initial[name])
        offered = {*newest[:OFFERED_AT_MOST], *ticked}
        field.choices = [
            (item.pk, field.label_from_instance(item))
            for item in sorted(offered, key=lambda item: item.number)
        ]
        return len(newest) > OFFERED_AT_MOST


class MoveForm(SubmissionKeyMixin, GovukForm):
    """Words for a move that needs a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = LongText(label="Why", rows=4)

    def __init__(self, *args: Any, action: Action, label: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": action.version}
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label

    @property
    def said(self) -> dict[str, Any]:
        """What the move's service takes of what was filled in."""
        return {"words": self.cleaned_data["words"]}


class ReopenForm(MoveForm):
    """Why it is taken up again, and how it stands from now on."""

    status = forms.ChoiceField(
        label="Status from now on",
        choices=[
            (status, Action.Status(status).label)
            for status in Action.Status.in_progress()
        ],
        initial=Action.Status.ON_TRACK,
        widget=forms.RadioSelect,
    )

    @property
    def said(self) -> dict[str, Any]:
        return super().said | {"status": Action.Status(self.cleaned_data["status"])}


class CloseForm(MoveForm):
    """Words for closing, which only some need."""

    def __init__(self, *args: Any, closing: Closing, **kwargs: Any) -> None:
        label, hint = BY_CLOSING[closing]
        super().__init__(*args, label=label, **kwargs)
        self.fields["words"].help_text = hint
        self.fields["words"].required = closing is Closing.WITH_REASON
