"""Handing out files: only after the permission check, and only as something to save."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cse_tracker.core.downloads import attachment
from evidence.access import ItemRequest, shown_item_view
from evidence.models import EvidenceItem
from evidence.readings import newest_number


@require_safe
@shown_item_view
def download(request: ItemRequest, item: EvidenceItem, version: int) -> FileResponse:
    """One version's file, streamed under the name that it came with."""
    versions = item.versions.exclude(file="")
    if request.accesses is not None:
        versions = versions.filter(number=newest_number(item))
    found = get_object_or_404(versions, number=version)
    return attachment(found.file, name=found.file_name, content_type=found.content_type)
