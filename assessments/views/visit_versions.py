"""Earlier versions of what is said around the elements: read side by side, restored."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments import text_labels
from assessments.access import assessment_view
from assessments.models import (
    Assessment,
)
from assessments.services.assessments import edit_assessment
from assessments.services.certifications import (
    certification_of,
    set_up_certification,
)
from assessments.services.checklists import Step, edit_step
from assessments.services.narratives import write_narrative
from assessments.views.checklist import item_or_404, list_url
from assessments.views.visit import about_url, criterion_or_404, narrative_of
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.verbs import RESTORED_VERSION
from cse_tracker.accounts.versions import Texts, versions_page

Values = dict[str, Any]


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.READ)
def narrative(
    request: OrgRequest, assessment: Assessment, criterion: int
) -> HttpResponse:
    """What the report said about a criterion before."""
    node = criterion_or_404(assessment, criterion)
    current = narrative_of(assessment, node)

    def restore(seen_version: int, values: Values) -> None:
        write_narrative(
            assessment=assessment,
            criterion=node,
            seen_version=seen_version,
            by=request.user,
            verb=RESTORED_VERSION,
            **values,
        )

    texts = Texts(
        target=current,
        version=current.version,
        labels=text_labels.NARRATIVE,
        values={"text": current.text},
        permission=Permission.RATE,
        check=assessment.check_open,
        restore=restore,
        back_url=f"{about_url(assessment)}#criterion-{node.ref}",
    )
    return versions_page(request, texts)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.READ)
def details(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """What was said about the visit before: the texts, not its days."""

    def restore(seen_version: int, values: Values) -> None:
        edit_assessment(
            assessment=assessment,
            seen_version=seen_version,
            by=request.user,
            verb=RESTORED_VERSION,
            **values,
        )

    texts = Texts(
        target=assessment,
        version=assessment.version,
        labels=text_labels.VISIT,
        values={name: getattr(assessment, name) for name in text_labels.VISIT},
        permission=Permission.PREPARE,
        check=assessment.check_open,
        restore=restore,
        back_url=about_url(assessment),
    )
    return versions_page(request, texts)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.READ)
def step(request: OrgRequest, assessment: Assessment, item: int) -> HttpResponse:
    """What a step of the checklist said before."""
    found = item_or_404(assessment, item)

    def restore(seen_version: int, values: Values) -> None:
        edit_step(
            item=found,
            seen_version=seen_version,
            step=Step(values["text"], found.due_on),
            by=request.user,
            verb=RESTORED_VERSION,
        )

    texts = Texts(
        target=found,
        version=found.version,
        labels=text_labels.STEP,
        values={"text": found.text},
        permission=Permission.PREPARE,
        check=lambda: None,
        restore=restore,
        back_url=list_url(assessment),
    )
    return versions_page(request, texts)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def scope(request: OrgRequest) -> HttpResponse:
    """What was said to be certified, and by whom, before."""
    current = certification_of(organisation=request.organisation)

    def restore(seen_version: int, values: Values) -> None:
        set_up_certification(
            certification=current,
            seen_version=seen_version,
            now=timezone.now(),
            by=request.user,
            verb=RESTORED_VERSION,
            **values,
        )

    texts = Texts(
        target=current,
        version=current.version,
        labels=text_labels.SCOPE,
        values={name: getattr(current, name) for name in text_labels.SCOPE},
        permission=Permission.SET_UP,
        check=lambda: None,
        restore=restore,
        back_url=reverse("assessments:certification", args=[request.organisation.slug]),
    )
    return versions_page(request, texts)
