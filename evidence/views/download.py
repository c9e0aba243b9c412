"""Handing out files: only after the permission check, and only as something to save."""

import logging

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from evidence.access import item_view
from evidence.models import EvidenceItem

logger = logging.getLogger(__name__)


@require_safe
@item_view(Permission.READ)
def download(request: OrgRequest, item: EvidenceItem, version: int) -> FileResponse:
    """One version's file, streamed under the name that it came with."""
    versions = item.versions.exclude(file="")
    found = get_object_or_404(versions, number=version)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        logger.exception("The file of evidence version %s is missing", found.pk)
        raise Http404("This file is missing from the file storage") from error
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=found.file_name,
        content_type=found.content_type,
    )
    # Whatever a browser makes of it, it runs nothing and reaches nothing of ours.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
