"""Handing out files as something to save: what people sent, never to run, and our own tables."""

import logging
from collections.abc import Sequence

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse

from cse_tracker.core.tables.writing import CSV, XLSX, Table, write_csv, write_xlsx

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


def table_download(
    tables: Sequence[Table], *, name: str, file_format: str | None
) -> HttpResponse:
    """The tables as one workbook ``name.xlsx``, or for "csv" the first one as ``name.csv``."""
    if file_format == "csv":
        content, kind, ending = write_csv(tables[0]), CSV, "csv"
    else:
        content, kind, ending = write_xlsx(tables), XLSX, "xlsx"
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
