"""The parts that the forms about evidence are put together from."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db.models import Q

from assessments.forms.texts import LongText
from cse_tracker.accounts.models import Membership, Organisation, Service
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import DateField, GovukForm
from cse_tracker.core.uploads import KINDS_BY_SUFFIX
from evidence.models import EvidenceItem
from evidence.services.details import ItemDetails, VersionDates, details_of
from evidence.services.links import Mark
from evidence.services.versions import CheckedFile, checked_file
from evidence.wording import LABELS, LINK_LABELS, VERSION_LABELS

WEB_ADDRESS = "Enter a web address in the correct format, like https://www.example.org"


class DocumentField(forms.FileField):
    """A file whose content is what its name says: a ``CheckedFile``."""

    widget = forms.FileInput(attrs={"accept": ",".join(KINDS_BY_SUFFIX)})

    def clean(self, data: Any, initial: Any = None) -> CheckedFile:
        file = super().clean(data, initial)
        try:
            return checked_file(file)
        except RuleBroken as rule:
            raise forms.ValidationError(str(rule)) from rule


class ItemFields(GovukForm):
    """What people say about an item. Offers current members and services, and its own."""

    title = forms.CharField(label=LABELS["title"], max_length=200)
    description = LongText(
        label=LABELS["description"],
        rows=3,
        required=False,
        help_text="What an assessor can learn from it",
    )
    service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        label=LABELS["service"],
        required=False,
        empty_label="Choose a service",
        help_text="The service that contributes it",
    )
    owner = forms.ModelChoiceField(
        queryset=Membership.objects.none(),
        label=LABELS["owner"],
        required=False,
        empty_label="Choose a member",
        help_text="Who knows about it and brings it up to date",
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        item: EvidenceItem | None = None,
        **kwargs: Any,
    ) -> None:
        if item is not None:
            kwargs["initial"] = details_of(item).as_values() | {"version": item.version}
        super().__init__(*args, **kwargs)
        # Who can't see it can't do it.
        readers = Membership.objects.current().who_may(Permission.READ)
        owners = Q(pk__in=readers.values("pk"))
        services = Q(withdrawn_at=None)
        if item is not None:
            owners |= Q(pk=item.owner_id)
            services |= Q(pk=item.service_id)
        self._offer(
            "owner", Membership.objects.filter(owners).with_people(), organisation
        )
        self._offer("service", Service.objects.filter(services), organisation)

    @property
    def details(self) -> ItemDetails:
        """What was filled in."""
        names = ("title", "description", "service", "owner")
        return ItemDetails(**{name: self.cleaned_data[name] for name in names})

    def _offer(self, name: str, rows: Any, organisation: Organisation) -> None:
        self.fields[name].queryset = rows.filter(organisation=organisation)  # type: ignore[attr-defined]


class DateFields(GovukForm):
    """As at when a version holds, and until when."""

    as_at = DateField(
        label="As at",
        help_text="The day that the document or page describes. For example, 27 3 2026",
    )
    expires_on = DateField(
        label=VERSION_LABELS["expires_on"],
        required=False,
        help_text="The last day on which it counts, if there is one",
    )
    error_labels = {"as_at": "As at date", "expires_on": "Expiry date"}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["as_at"].initial = today

    def clean_as_at(self) -> date:
        as_at: date = self.cleaned_data["as_at"]
        if as_at > self.today:
            raise forms.ValidationError("As at date must be today or in the past")
        return as_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        as_at, expires_on = cleaned.get("as_at"), cleaned.get("expires_on")
        if as_at and expires_on and expires_on < as_at:
            self.add_error(
                "expires_on", "Expiry date must not be before the as at date"
            )
        return cleaned

    @property
    def dates(self) -> VersionDates:
        """What was filled in."""
        cleaned = self.cleaned_data
        return VersionDates(as_at=cleaned["as_at"], expires_on=cleaned["expires_on"])


class FileFields(GovukForm):
    """A document."""

    file = DocumentField(label="Document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            "PDF, Word, Excel, PowerPoint, OpenDocument, image, text or CSV, "
            f"up to {settings.UPLOAD_MAX_BYTES // 1024**2} MB"
        )

    @property
    def source(self) -> CheckedFile:
        """The checked file."""
        return self.cleaned_data["file"]  # type: ignore[no-any-return]

    def full_clean(self) -> None:
        super().full_clean()
        # A browser does not send a file again by itself.
        if self.is_bound and self.errors and "file" in self.cleaned_data:
            self.add_error("file", "Select the document again")


class WebAddressField(forms.URLField):
    """An address that a browser opens. In place of Django's check: two would say all twice."""

    default_validators = [URLValidator(["http", "https"], message=WEB_ADDRESS)]


class AddressFields(GovukForm):
    """A web page."""

    url = WebAddressField(label="Web address", max_length=1000, assume_scheme="https")

    @property
    def source(self) -> str:
        """The address."""
        return str(self.cleaned_data["url"])


class MarkFields(GovukForm):
    """Where to look, and whether it is among the strongest."""

    locator = forms.CharField(
        label=LINK_LABELS["locator"],
        required=False,
        max_length=100,
        help_text="For example page 4, or the section “Complaints”",
    )
    is_strongest = forms.BooleanField(
        label="Among the strongest evidence here",
        required=False,
        help_text="It is shown first",
    )

    @property
    def mark(self) -> Mark:
        """What was filled in."""
        cleaned = self.cleaned_data
        return Mark(cleaned.get("locator", ""), cleaned.get("is_strongest", False))
