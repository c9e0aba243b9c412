"""Pages that ask for words before something is done with an action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from actions.history import entries_since
from actions.models import Action
from assessments.finding_access import back_url
from cse_tracker.accounts.access import CONFLICT
from cse_tracker.accounts.drafts import DraftRequest, restore_draft
from cse_tracker.accounts.history import Entry
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import GovukForm, Problem
from cse_tracker.core.forms.renewal import with_version


@dataclass(frozen=True)
class Question:
    """One such page. ``make_form`` gets the action as it stands and what was sent, if anything.

    ``save`` gets the valid form; ``outcome`` says what came of it.
    """

    template: str
    make_form: Callable[[Action, QueryDict | None], GovukForm]
    save: Callable[[Any], object]
    outcome: str
    context: Mapping[str, Any] = field(default_factory=dict)


def ask(request: DraftRequest, action: Action, question: Question) -> HttpResponse:
    """Show the form, or save what was sent and go back: to ``?next=``, or the action's page.

    Where somebody changed the action meanwhile, the page says who and what, and keeps what
    was typed: sending it again is done knowingly.
    """
    form = question.make_form(action, request.POST or None)
    restore_draft(request, form)
    if not form.is_valid():
        return _show(request, action, question, form)
    seen_version = form.cleaned_data.get("version", action.version)
    try:
        question.save(form)
    except RuleBroken as rule:
        form.add_error(None, str(rule))
        meanwhile = entries_since(action, seen_version)
        return _show(request, action, question, form, meanwhile=meanwhile)
    except Conflict as conflict:
        return _show_conflict(request, action, question, seen_version, conflict)
    messages.success(request, question.outcome)
    return redirect(back_url(request, action.get_absolute_url()))


def _show_conflict(
    request: DraftRequest,
    action: Action,
    question: Question,
    seen_version: int,
    conflict: Conflict,
) -> HttpResponse:
    newer = Action.objects.with_people().get(pk=action.pk)
    newer.organisation = request.organisation
    return _show(
        request,
        newer,
        question,
        question.make_form(newer, with_version(request, newer.version)),
        meanwhile=entries_since(newer, seen_version),
        problems=[Problem(str(conflict))],
        status=CONFLICT,
    )


def _show(  # noqa: PLR0913  # what the page is made of
    request: DraftRequest,
    action: Action,
    question: Question,
    form: GovukForm,
    *,
    meanwhile: list[Entry] | None = None,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **question.context,
        "action": action,
        "form": form,
        "meanwhile": meanwhile,
        "problems": problems,
        "back_url": back_url(request, action.get_absolute_url()),
    }
    return render(request, question.template, context, status=status)
