"""One recommended response: written, changed, agreed, used again, withdrawn, restored."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments import text_labels
from assessments.draft_subjects import new_response_subject, response_subject
from assessments.finding_access import (
    back_url,
    finding_view,
    response_view,
    url_of_finding,
)
from assessments.finding_readings import (
    findings_in_order,
    responses_elsewhere,
    responses_pointed_at,
)
from assessments.forms.assessments import VersionForm
from assessments.forms.response_links import PointedAt
from assessments.forms.responses import (
    EditResponseForm,
    NewResponseForm,
    UseResponseForm,
)
from assessments.models import Assessment, Finding, Response
from assessments.services import responses as services
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.conflicts import Disagreement, save_form_or_none
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken

ANSWERS_TOO = "The response answers this comment too."


@require_http_methods(["GET", "POST"])
@finding_view(Permission.RESPOND)
@keeps_draft(lambda _, assessment, finding: new_response_subject(finding))
def create(
    request: DraftRequest, assessment: Assessment, finding: Finding
) -> HttpResponse:
    """Answer a comment in new words; the page also offers those given to other comments."""
    back = back_url(request, url_of_finding(assessment, finding))
    form = NewResponseForm(
        request.POST or None, pointed_at=_pointed_at(assessment, finding)
    )
    restore_draft(request, form)

    def write() -> str:
        if form.answering:
            services.link_response(
                response=form.answering, finding=finding, by=request.user
            )
        else:
            services.add_response(
                findings=[finding], text=form.cleaned_data["text"], by=request.user
            )
        return back

    if form.is_valid():
        try:
            path = form.submit_once(request.user, write)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(
                request,
                ANSWERS_TOO if form.answering else "The response is saved as a draft.",
            )
            return redirect(path)
    return _show_new(request, assessment, finding, form=form, back=back)


@require_POST
@finding_view(Permission.RESPOND)
def use(request: OrgRequest, assessment: Assessment, finding: Finding) -> HttpResponse:
    """Let a response to another comment answer this one too."""
    back = back_url(request, url_of_finding(assessment, finding))
    use_form = UseResponseForm(
        request.POST, responses=responses_elsewhere(assessment, finding)
    )
    if use_form.is_valid():
        try:
            services.link_response(
                response=use_form.chosen, finding=finding, by=request.user
            )
        except RuleBroken as rule:
            use_form.add_error(None, str(rule))
        else:
            messages.success(request, ANSWERS_TOO)
            return redirect(back)
    return _show_new(
        request,
        assessment,
        finding,
        form=NewResponseForm(pointed_at=_pointed_at(assessment, finding)),
        back=back,
        use_form=use_form,
    )


@require_http_methods(["GET", "POST"])
@response_view(Permission.RESPOND)
@keeps_draft(lambda _, assessment, response: response_subject(response))
def edit(
    request: DraftRequest, assessment: Assessment, response: Response
) -> HttpResponse:
    """Change the words and which comments they answer; nobody's newer words are lost."""
    answered = services.answered_findings(response)
    form = EditResponseForm(
        request.POST or None,
        findings=_answerable(assessment, answered),
        pointed_at=_pointed_at(assessment, answered[0]),
        initial={
            "version": response.version,
            "text": response.text,
            "findings": [str(finding.pk) for finding in answered],
            "seen_findings": ",".join(str(finding.pk) for finding in answered),
        },
    )
    restore_draft(request, form)

    def save(values: dict[str, Any]) -> str:
        _write(request, response, form, values["text"])
        return "The response is saved."

    if form.is_valid():
        back = _back(request, assessment, response)
        answer = save_form_or_none(
            request, response, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    return _show(request, assessment, response, form)


@require_POST
@response_view(Permission.RESPOND)
def agree(
    request: OrgRequest, assessment: Assessment, response: Response
) -> HttpResponse:
    """Record that the organisation stands by the words that the person read."""
    return _act(request, assessment, response, services.agree_response, "agreed")


@require_http_methods(["GET", "POST"])
@response_view(Permission.RESPOND)
def withdraw(
    request: OrgRequest, assessment: Assessment, response: Response
) -> HttpResponse:
    """Ask once, then take the response away; the list of all comments can restore it."""
    if request.method == "POST":
        outcome = "withdrawn. “All comments” can restore it"
        return _act(
            request,
            assessment,
            response,
            services.withdraw_response,
            outcome,
            now=timezone.now(),
        )
    context = {
        "assessment": assessment,
        "response": response,
        "findings": services.answered_findings(response),
        "form": VersionForm(initial={"version": response.version}),
        "back": _back(request, assessment, response),
    }
    return render(request, "assessments/findings/withdraw_response.html", context)


@require_POST
@response_view(Permission.RESPOND)
def restore(
    request: OrgRequest, assessment: Assessment, response: Response
) -> HttpResponse:
    """Bring a withdrawn response back."""
    return _act(
        request, assessment, response, services.restore_response, "back in its place"
    )


def _write(
    request: OrgRequest, response: Response, form: EditResponseForm, text: str
) -> None:
    """Save the words, or let the response that they point to take their place."""
    seen_version = form.cleaned_data["version"]
    if form.answering:
        services.replace_response(
            response=response,
            seen_version=seen_version,
            other=form.answering,
            now=timezone.now(),
            by=request.user,
        )
        return
    services.rewrite_response(
        response=response,
        seen_version=seen_version,
        text=text,
        linked=form.linked,
        unlinked=form.unlinked,
        by=request.user,
    )


def _pointed_at(assessment: Assessment, finding: Finding) -> PointedAt:
    return partial(responses_pointed_at, assessment, node=finding.node, pk=finding.pk)


def _act(
    request: OrgRequest,
    assessment: Assessment,
    response: Response,
    service: Any,
    outcome: str,
    **arguments: Any,
) -> HttpResponse:
    back = _back(request, assessment, response)
    form = VersionForm(request.POST)
    if form.is_valid():
        seen_version = form.cleaned_data["version"]
        try:
            service(
                response=response,
                seen_version=seen_version,
                by=request.user,
                **arguments,
            )
        except (RuleBroken, Conflict) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"The response is {outcome}.")
    return redirect(back)


def _disagreement(response: Response, form: EditResponseForm) -> Disagreement:
    return Disagreement(
        target=response,
        version=response.version,
        seen_version=form.cleaned_data["version"],
        theirs={"text": response.text},
        mine={"text": form.cleaned_data["text"]},
        labels=text_labels.RESPONSE,
        saved_by=services.SAVING_VERBS,
        texts={"text"},
    )


def _answerable(assessment: Assessment, answered: list[Finding]) -> list[Finding]:
    """The assessment's standing comments, and withdrawn ones that are answered already."""
    standing = findings_in_order(assessment)
    return [*standing, *(each for each in answered if each.withdrawn_at)]


def _back(request: OrgRequest, assessment: Assessment, response: Response) -> str:
    first = services.answered_findings(response)[0]
    return back_url(request, url_of_finding(assessment, first))


def _show(
    request: OrgRequest,
    assessment: Assessment,
    response: Response,
    form: EditResponseForm,
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "response": response,
        "findings": services.answered_findings(response),
        "form": form,
        "back": _back(request, assessment, response),
    }
    return render(request, "assessments/findings/edit_response.html", context)


def _show_new(
    request: OrgRequest,
    assessment: Assessment,
    finding: Finding,
    *,
    form: NewResponseForm,
    back: str,
    use_form: UseResponseForm | None = None,
) -> HttpResponse:
    others = responses_elsewhere(assessment, finding)
    if use_form is None and others:
        use_form = UseResponseForm(responses=others)
    context = {
        "assessment": assessment,
        "finding": finding,
        "form": form,
        "use_form": use_form,
        "back": back,
    }
    return render(request, "assessments/findings/new_response.html", context)
