"""Adding to what is said about an action: progress and comments."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.access import action_view
from actions.forms.notes import CommentForm, ProgressForm
from actions.history import newest_since
from actions.models import Action, ActionNote
from actions.services.notes import report_progress, write_note
from actions.services.updating import check_not_withdrawn
from actions.views.asking import Question, ask
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day


@require_http_methods(["GET", "POST"])
@action_view(Permission.UPDATE_ACTION, owner_may=True)
@keeps_draft(lambda _, action: f"action-progress:{action.pk}")
def progress(request: DraftRequest, action: Action) -> HttpResponse:
    """Say what happened, on which day, and how the action stands from now on."""
    check_not_withdrawn(action)
    now = timezone.now()

    def write(form: ProgressForm) -> str:
        report_progress(
            action=action,
            seen_version=form.cleaned_data["version"],
            text=form.cleaned_data["text"],
            day=form.cleaned_data["day"],
            status=form.new_status,
            now=now,
            by=request.user,
        )
        return action.get_absolute_url()

    def save(form: ProgressForm) -> None:
        form.submit_once(request.user, lambda: write(form))
        if form.is_too_late:
            status = action.get_status_display().lower()
            who = newest_since(action, form.cleaned_data["version"])
            messages.error(
                request, f"The status is not changed, it stays {status}.{who}"
            )

    question = Question(
        "actions/progress.html",
        lambda current, sent: ProgressForm(sent, action=current, today=local_day(now)),
        save,
        "Your progress is saved.",
    )
    return ask(request, action, question)


@require_http_methods(["GET", "POST"])
@action_view(Permission.DISCUSS_ACTION)
@keeps_draft(lambda _, action: f"action-comment:{action.pk}")
def comment(request: DraftRequest, action: Action) -> HttpResponse:
    """Say something about the action; it changes nothing of it."""
    check_not_withdrawn(action)
    now = timezone.now()

    def write(form: CommentForm) -> str:
        write_note(
            action=action,
            kind=ActionNote.Kind.COMMENT,
            text=form.cleaned_data["text"],
            day=local_day(now),
            now=now,
            by=request.user,
        )
        return action.get_absolute_url()

    question = Question(
        "actions/comment.html",
        lambda _, sent: CommentForm(sent),
        lambda form: form.submit_once(request.user, lambda: write(form)),
        "Your comment is saved.",
    )
    return ask(request, action, question)
