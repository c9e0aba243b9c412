"""Reading a paper: its twin inside the site, and its files to keep."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.atomic_files import read_unchanged
from reports.access import paper_view
from reports.models import Paper, PaperFile
from reports.readings import replacement_of, web_content

DAMAGED = (
    "This file is missing or is not what was built. Build the paper again, or tell your "
    "administrator to restore it from the backup."
)


@require_safe
@paper_view(Permission.READ_ISSUED)
def read(request: OrgRequest, paper: Paper) -> HttpResponse:
    """The paper as a web page, exactly as it was built."""
    if not paper.is_built:
        return redirect(paper)
    content = web_content(paper)
    if content is None:
        messages.error(request, DAMAGED)
        return redirect(paper)
    context = {
        "paper": paper,
        "replacement": replacement_of(paper),
        "content": content,
    }
    return render(request, "reports/read.html", context)


@require_safe
@paper_view(Permission.READ_ISSUED)
def download(request: OrgRequest, paper: Paper, file_format: str) -> HttpResponse:
    """One file, to be kept and not run: as attachment, unsniffed, in a sandbox."""
    file = get_object_or_404(paper.files, format=file_format)
    if not paper.is_built:
        return redirect(paper)
    content = read_unchanged(file.name, file.sha256)
    if content is None:
        messages.error(request, DAMAGED)
        return redirect(paper)
    disposition = content_disposition_header(as_attachment=True, filename=_name(file))
    return HttpResponse(
        content,
        content_type=PaperFile.Format(file.format).media_type,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _name(file: PaperFile) -> str:
    """What people find in their downloads: whose paper it is, which, and about what."""
    paper = file.paper
    words = f"{paper.organisation.name} paper {paper.number} {paper.title}"
    return f"{slugify(words)[:150]}.{file.format}"
