"""Adding evidence: documents, links, newer versions; changing and withdrawing items."""

from datetime import datetime

from django.db import transaction

from cse_tracker.accounts.models import Organisation, User
from cse_tracker.accounts.services.events import changes_between
from cse_tracker.accounts.services.numbering import next_number
from cse_tracker.accounts.verbs import EDITED
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged
from cse_tracker.core.stored_files import no_orphans
from evidence.models import EvidenceItem, EvidenceVersion
from evidence.services.details import ItemDetails, VersionDates, details_of
from evidence.services.events import record_item_event
from evidence.services.versions import (
    CheckedFile,
    Content,
    link_content,
    stored_content,
)

NOTHING = ItemDetails(title="").as_values()


def add_document(
    *,
    organisation: Organisation,
    details: ItemDetails,
    upload: CheckedFile,
    dates: VersionDates,
    by: User,
) -> EvidenceItem:
    """Keep a file, checked by ``checked_file``, as the organisation's next item.

    Nothing stays in the file storage if the transaction fails; a caller with a transaction of
    its own puts ``no_orphans`` around that.
    """
    document = EvidenceItem.Kind.DOCUMENT
    with no_orphans():
        content = stored_content(organisation, upload)
        with transaction.atomic():
            return _add(organisation, details, document, content, dates, by)


@transaction.atomic
def add_link(
    *,
    organisation: Organisation,
    details: ItemDetails,
    url: str,
    dates: VersionDates,
    by: User,
) -> EvidenceItem:
    """Keep a web address as the organisation's next item. Raises RuleBroken unless http(s)."""
    content = link_content(url)
    return _add(organisation, details, EvidenceItem.Kind.LINK, content, dates, by)


def add_version(
    *, item: EvidenceItem, source: CheckedFile | str, dates: VersionDates, by: User
) -> EvidenceVersion:
    """Keep a newer file, or a newer address, of an item; the older versions stay.

    Raises RuleBroken if the item was withdrawn or the source is of another kind than the item.
    """
    with no_orphans(), transaction.atomic():
        # Locked, so that two newer versions at once get two numbers.
        held = EvidenceItem.objects.select_for_update(no_key=True).get(pk=item.pk)
        check_standing(held)
        content = _content_of_kind(held, source)
        return _write_version(held, content, dates, by)


@transaction.atomic
def edit_item(
    *,
    item: EvidenceItem,
    seen_version: int,
    details: ItemDetails,
    by: User,
    verb: str = EDITED,
) -> EvidenceItem:
    """Write what people say about an item. Saving what stands there already is no change.

    ``verb`` is the change log's. Raises RuleBroken if it was withdrawn, Conflict if somebody
    changed it since.
    """
    check_standing(item)
    changes = changes_between(details_of(item).as_values(), details.as_values())
    if not changes:
        return item
    saved = save_if_unchanged(item, seen_version, **details.as_values())
    record_item_event(saved, verb=verb, changes=changes, by=by)
    return saved


@transaction.atomic
def withdraw_item(
    *, item: EvidenceItem, seen_version: int, now: datetime, by: User
) -> EvidenceItem:
    """Take an item out of the library and off its elements; ``restore_item`` undoes it.

    Files, versions and links stay. Raises Conflict if somebody changed it since.
    """
    return _set_withdrawn(item, seen_version, now, verb="withdrew", by=by)


@transaction.atomic
def restore_item(*, item: EvidenceItem, seen_version: int, by: User) -> EvidenceItem:
    """Bring a withdrawn item back, with all that it supported."""
    return _set_withdrawn(item, seen_version, None, verb="restored", by=by)


def check_standing(item: EvidenceItem) -> None:
    """Raise RuleBroken once the item was withdrawn."""
    if item.withdrawn_at is not None:
        raise RuleBroken("This evidence was withdrawn. Restore it first.")


def _add(
    organisation: Organisation,
    details: ItemDetails,
    kind: EvidenceItem.Kind,
    content: Content,
    dates: VersionDates,
    by: User,
) -> EvidenceItem:
    item = EvidenceItem.objects.create(
        organisation=organisation,
        number=next_number(EvidenceItem.objects.all(), organisation),
        kind=kind,
        **details.as_values(),
    )
    changes = changes_between(NOTHING, details.as_values())
    record_item_event(item, verb="added", changes=changes, by=by)
    _write_version(item, content, dates, by)
    return item


def _write_version(
    item: EvidenceItem, content: Content, dates: VersionDates, by: User
) -> EvidenceVersion:
    dates.check()
    version = EvidenceVersion.objects.create(
        organisation=item.organisation,
        item=item,
        number=item.versions.count() + 1,
        as_at=dates.as_at,
        expires_on=dates.expires_on,
        added_by=by,
        **content.as_columns(),
    )
    changes = {
        "version_number": (None, version.number),
        "source": (None, version.file_name or version.url),
        "as_at": (None, dates.as_at),
        "expires_on": (None, dates.expires_on),
        "sha256": (None, version.sha256 or None),
    }
    record_item_event(item, verb="added_version", changes=changes, by=by)
    return version


def _content_of_kind(item: EvidenceItem, source: CheckedFile | str) -> Content:
    is_link = item.kind == EvidenceItem.Kind.LINK
    if isinstance(source, str):
        if not is_link:
            raise RuleBroken("This evidence is a document. Choose a file.")
        return link_content(source)
    if is_link:
        raise RuleBroken("This evidence is a link. Enter a web address.")
    return stored_content(item.organisation, source)


def _set_withdrawn(
    item: EvidenceItem,
    seen_version: int,
    moment: datetime | None,
    *,
    verb: str,
    by: User,
) -> EvidenceItem:
    if (item.withdrawn_at is None) == (moment is None):
        return item
    saved = save_if_unchanged(item, seen_version, withdrawn_at=moment)
    changes = {"withdrawn_at": (item.withdrawn_at, moment)}
    record_item_event(saved, verb=verb, changes=changes, by=by)
    return saved
