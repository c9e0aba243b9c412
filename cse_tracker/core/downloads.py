"""Handing out files that people sent: only as something to save, and never to run."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

logger = logging.getLogger(__name__)


def attachment(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """The file, streamed under the name that it came with. Raises Http404 if it is missing."""
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        logger.exception("The stored file %s is missing", file.name)
        raise Http404("This file is missing from the file storage") from error
    answer = FileResponse(
        content, as_attachment=True, filename=name, content_type=content_type
    )
    # Whatever a browser makes of it, it runs nothing and reaches nothing of ours.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
