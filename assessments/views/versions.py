"""Earlier versions of comments, responses, ratings and clauses: read side by side, restored."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import text_labels
from assessments.access import assessment_view
from assessments.finding_access import finding_view, response_view, url_of_finding
from assessments.models import (
    Assessment,
    Finding,
    Response,
    StandardNode,
)
from assessments.ratings import Rating
from assessments.services.findings import check_standing, edit_finding
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.responses import (
    answered_findings,
    check_not_withdrawn,
    edit_response,
)
from assessments.services.sub_elements import rename_sub_element
from assessments.standard_readings import standard_of
from assessments.tree import Node, Tree
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.verbs import RESTORED_VERSION
from cse_tracker.accounts.versions import Texts, versions_page
from cse_tracker.core.conflicts import in_words
from cse_tracker.core.errors import Clash, Conflict

Values = dict[str, Any]


@require_http_methods(["GET", "POST"])
@finding_view(Permission.READ)
def finding(
    request: OrgRequest, assessment: Assessment, finding: Finding
) -> HttpResponse:
    """What a comment said before."""

    def check() -> None:
        assessment.check_open()
        check_standing(finding)

    def restore(seen_version: int, values: Values) -> None:
        said = {"kind": finding.kind, "comment": finding.comment} | values
        edit_finding(
            finding=finding,
            seen_version=seen_version,
            kind=Finding.Kind(said["kind"]),
            comment=said["comment"],
            by=request.user,
            verb=RESTORED_VERSION,
        )

    texts = Texts(
        target=finding,
        version=finding.version,
        labels=text_labels.FINDING,
        values={"kind": finding.kind, "comment": finding.comment},
        permission=Permission.RATE,
        check=check,
        restore=restore,
        back_url=url_of_finding(assessment, finding),
        show=_finding_in_words,
    )
    return versions_page(request, texts)


@require_http_methods(["GET", "POST"])
@response_view(Permission.READ)
def response(
    request: OrgRequest, assessment: Assessment, response: Response
) -> HttpResponse:
    """What a response said before."""

    def restore(seen_version: int, values: Values) -> None:
        edit_response(
            response=response,
            seen_version=seen_version,
            by=request.user,
            verb=RESTORED_VERSION,
            **values,
        )

    texts = Texts(
        target=response,
        version=response.version,
        labels=text_labels.RESPONSE,
        values={"text": response.text},
        permission=Permission.RESPOND,
        check=lambda: check_not_withdrawn(response),
        restore=restore,
        back_url=url_of_finding(assessment, answered_findings(response)[0]),
    )
    return versions_page(request, texts)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.READ)
def rating(
    request: OrgRequest, assessment: Assessment, node: Node, tree: Tree
) -> HttpResponse:
    """What the element's rating was before, and why it changed."""
    result = get_object_or_404(assessment.results.select_related("node"), node=node.id)
    now = {name: getattr(result, name) for name in text_labels.RATING}

    def restore(seen_version: int, values: Values) -> None:
        said = now | values
        entry = RatingEntry(
            result_id=result.pk,
            seen_version=seen_version,
            rating=Rating(said["rating"]) if said["rating"] else None,
            sampled=said["sampled"],
            reason=said["reason"],
        )
        rate_nodes(
            assessment=assessment,
            entries=[entry],
            by=request.user,
            verb=RESTORED_VERSION,
        )

    texts = Texts(
        target=result,
        version=result.version,
        labels=text_labels.RATING,
        values=now,
        permission=Permission.RATE,
        check=assessment.check_open,
        restore=restore,
        back_url=assessment.url_of(node.ref),
        show=_rating_in_words,
    )
    return versions_page(request, texts)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.READ)
def statement(request: OrgRequest, ref: str) -> HttpResponse:
    """What a sub-element said before. It has no version: its words themselves are compared."""
    own = StandardNode.objects.added_by(request.organisation)
    node = get_object_or_404(
        own.select_related("organisation"),
        standard=standard_of(request.organisation),
        ref=ref,
    )
    seen = _latest_event(node)

    def restore(seen_version: int, values: Values) -> None:
        if seen_version != seen:
            raise Conflict([Clash(node, values)])
        rename_sub_element(
            sub_element=node,
            seen_statement=node.statement,
            by=request.user,
            verb=RESTORED_VERSION,
            **values,
        )

    texts = Texts(
        target=node,
        version=seen,
        labels=text_labels.STATEMENT,
        values={"statement": node.statement},
        permission=Permission.PREPARE,
        check=lambda: None,
        restore=restore,
        back_url=reverse(
            "assessments:standard_element", args=[request.organisation.slug, ref]
        ),
    )
    return versions_page(request, texts)


def _latest_event(node: StandardNode) -> int:
    latest = Event.objects.about(node).first()
    return latest.pk if latest else 0


def _finding_in_words(name: str, value: Any) -> str:
    return str(Finding.Kind(value).label) if name == "kind" else in_words(value)


def _rating_in_words(name: str, value: Any) -> str:
    return Rating(value).label if name == "rating" else in_words(value)
