"""Papers: the list, and one with its progress."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.history import events_about
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.jobs import publish_after_commit
from cse_tracker.core.sorting import headings
from reports import tasks
from reports.access import paper_view
from reports.forms import PaperFilterForm, SeenForm
from reports.models import Paper
from reports.readings import (
    differences_of,
    drafts_left_out,
    replacement_of,
    stale_papers,
    years_left_out,
)
from reports.services.ordering import build_again

PAGE_SIZE = 50
COLUMNS = [
    ("number", "Number"),
    ("", "Paper"),
    ("state", "State"),
    ("ordered", "Ordered"),
    ("issued", "Issued"),
    ("", "Download"),
]
# Who may only read issued papers sees nothing of how they came about.
READER_COLUMNS = [
    ("number", "Number"),
    ("", "Paper"),
    ("issued", "Issued"),
    ("", "Download"),
]
# What the piece adds where the facts differ; more are told as a number.
DIFFERENCES_SHOWN = 20


@require_safe
@organisation_view(Permission.READ_ISSUED)
def paper_list(request: OrgRequest) -> HttpResponse:
    """The organisation's papers, newest first; issued ones alone for the governing body."""
    sees_work = request.membership.may(Permission.READ)
    form = PaperFilterForm(request.GET)
    papers = form.apply(Paper.objects.visible_to(request.membership))
    shown = papers.prefetch_related("files")
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "headings": headings(COLUMNS if sees_work else READER_COLUMNS, form.order),
        "stale": stale_papers(request.organisation, list(page)) if sees_work else (),
        "sees_work": sees_work,
        "can_build": request.membership.may(Permission.BUILD_PAPER),
    }
    return render(request, "reports/list.html", context)


@require_safe
@paper_view(Permission.READ_ISSUED)
def paper(request: OrgRequest, paper: Paper) -> HttpResponse:
    """One paper: how its building goes, its files, what may be done with it."""
    return render(request, "reports/paper.html", build_context(request, paper))


@require_safe
@paper_view(Permission.READ)
def progress(request: OrgRequest, paper: Paper) -> HttpResponse:
    """The piece that the paper's page asks for again and again until it is built."""
    if not request.htmx:
        return redirect(paper)
    return render(request, "reports/_build.html", build_context(request, paper))


@require_POST
@paper_view(Permission.BUILD_PAPER)
def again(request: OrgRequest, paper: Paper) -> HttpResponse:
    """Build a failed or outdated paper anew."""
    try:
        build_again(paper=paper, now=timezone.now(), by=request.user)
    except RuleBroken as rule:
        messages.error(request, str(rule))
    else:
        publish_after_commit(tasks.build_paper, paper.pk)
    return redirect(paper)


def build_context(request: OrgRequest, paper: Paper) -> dict[str, Any]:
    """What the page and its piece show of one paper."""
    sees_work = request.membership.may(Permission.READ)
    differences = differences_of(paper) if sees_work and paper.is_built else []
    return {
        "paper": paper,
        "replacement": replacement_of(paper),
        "files": list(paper.files.all()) if paper.is_built else [],
        "differences": differences[:DIFFERENCES_SHOWN],
        "difference_count": len(differences),
        "is_outdated": bool(differences) and not paper.says_its_day,
        "left_out": years_left_out(paper) if sees_work and paper.is_open else [],
        "draft_count": drafts_left_out(paper) if sees_work and paper.is_open else 0,
        "events": events_about(paper) if sees_work else [],
        "sees_work": sees_work,
        "can_build": request.membership.may(Permission.BUILD_PAPER),
        "can_issue": request.membership.may(Permission.APPROVE),
        "seen_form": SeenForm(initial={"attempt": paper.attempt}, auto_id=False),
    }
