"""Forms whose words are kept while they are typed: the view's decorator and what pages show.

A draft belongs to the address of its form. Keeping and dropping go to that address too, so
they pass the form's own checks of organisation, permission and row; the view alone says what
the draft is about.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from cse_tracker.accounts.access import OrgRequest, View
from cse_tracker.accounts.models import Draft
from cse_tracker.accounts.models.draft import EDITING_FOR
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.services.drafts import (
    AlreadySaved,
    close_draft,
    drop_draft,
    keep_draft,
)
from cse_tracker.accounts.unattended import PARAMETER, is_unattended
from cse_tracker.core.conflicts import before_settling
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms.typed import fill_with
from cse_tracker.core.keys import key_or_none

# In the address: the key of the draft to begin with.
RESTORE = "draft"
# In what a form sends, beside its fields.
KEY, CONTINUES, REVISION, DROP = (
    "draft_key",
    "draft_continues",
    "draft_revision",
    "draft_drop",
)
NOT_TYPED = {"csrfmiddlewaretoken", KEY, CONTINUES, REVISION, DROP}
# Names the forms just saved, so that the browser forgets its own copies of them.
SAVED_COOKIE = "cse-saved"
SAVED_COOKIE_SECONDS = 24 * 60 * 60
# More digits than a column of the database takes would be an error there.
REVISION_DIGITS = 9


class DraftRequest(OrgRequest):
    """A request to a form whose words are kept; without the right to save it, ``draft`` is None."""

    draft: "FormDraft | None"


@dataclass
class FormDraft:
    """One opened form and what is kept of it: what the pieces ``accounts/draft*.html`` show."""

    request: OrgRequest
    subject: str
    # Another one for each page that is drawn, but the same while a form is corrected.
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @cached_property
    def rows(self) -> list[Draft]:
        """My drafts of this form, saved or not, and what others type now: one query."""
        recent = Q(kept_at__gte=timezone.now() - EDITING_FOR, closed_at=None)
        return list(
            Draft.objects.of(self.request.organisation)
            .filter(Q(user=self.request.user) | recent, subject=self.subject)
            .select_related("user")
            .defer("content")
            .order_by("-kept_at")
        )

    @property
    def is_correction(self) -> bool:
        """Whether the form was sent and is shown again: it holds what was typed."""
        return self.request.method == "POST"

    @property
    def offers(self) -> list[Draft]:
        """What I typed earlier and did not save, newest first."""
        if self.is_correction:
            return []
        return [row for row in self._mine if not row.closed_at and row != self.restored]

    @property
    def offers_with_urls(self) -> list[tuple[Draft, str]]:
        """Each offer with the address that begins with its words."""
        return [
            (row, _address(self.request, **{RESTORE: str(row.key)}))
            for row in self.offers
        ]

    @property
    def saved_keys(self) -> str:
        """Pages of mine that were saved: what a browser still keeps of them is no draft."""
        return " ".join(str(row.key) for row in self._mine if row.closed_at)

    @property
    def editors(self) -> list[Draft]:
        """What others of the organisation are typing into the same form, one a person."""
        others = [row for row in self.rows if row.user_id != self.request.user.pk]
        return list({row.user_id: row for row in reversed(others)}.values())[::-1]

    @property
    def elsewhere(self) -> Draft | None:
        """What I type into the same form on another page at this time, the newest."""
        recent = timezone.now() - EDITING_FOR
        others = (row for row in self._mine if row.key != self.key)
        return next(
            (row for row in others if not row.closed_at and row.kept_at >= recent), None
        )

    @cached_property
    def restored(self) -> Draft | None:
        """The draft that the address asks for, if it is mine and of this form."""
        wanted = self.request.GET.get(RESTORE, "")
        return next(
            (row for row in self._mine if str(row.key) == wanted and not row.closed_at),
            None,
        )

    @property
    def continues(self) -> str:
        """The key of the draft that the fields came from."""
        if self.is_correction:
            return self.request.POST.get(CONTINUES, "")
        return str(self.restored.key) if self.restored else ""

    @property
    def revision(self) -> int:
        """How often the page was kept before it was sent and is shown again."""
        return _revision_in(self.request)

    @property
    def address(self) -> str:
        """The form without anything restored."""
        return _address(self.request)

    @property
    def keep_url(self) -> str:
        return _address(self.request, **{PARAMETER: "draft"})

    @property
    def _mine(self) -> list[Draft]:
        return [row for row in self.rows if row.user_id == self.request.user.pk]


def keeps_draft(
    subject_of: Callable[..., str], *, permission: Permission | None = None
) -> Callable[[View], View]:
    """Put below the decorator that loads what the form is about; it gives ``request.draft``.

    ``subject_of`` gets what the view gets and names form and row, or raises Http404.
    ``permission`` is the right to save, where the address asks for less. A POST runs in one
    transaction, and one that leads on was saved: then its draft goes with it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(
            request: DraftRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            request.draft = None
            if permission and request.method != "POST":
                if not request.membership.may(permission):
                    return view(request, *args, **kwargs)
            elif permission:
                request.membership.check_may(permission)
            request.draft = FormDraft(request, subject_of(request, *args, **kwargs))
            if request.method != "POST":
                return view(request, *args, **kwargs)
            request.draft.key = _key_in(request, KEY) or request.draft.key
            return _answer_post(request, request.draft, view, args, kwargs)

        wrapper.keeps_draft = True  # type: ignore[attr-defined]
        return wrapper

    return decorate


def restore_draft(request: DraftRequest, form: forms.BaseForm) -> None:
    """Let the form begin with the words that the address asks for, if it asks for any."""
    if request.draft and request.draft.restored and not form.is_bound:
        fill_with(form, before_settling(QueryDict(request.draft.restored.content)))


def others_typing(request: OrgRequest, subjects: Iterable[str]) -> list[Draft]:
    """What others of the organisation type now into any of these forms: one query."""
    return list(
        Draft.objects.of(request.organisation)
        .being_typed(now=timezone.now())
        .filter(subject__in=list(subjects))
        .exclude(user=request.user)
        .select_related("user")
        .defer("content")
        .order_by("-kept_at")
    )


def _answer_post(
    request: DraftRequest,
    draft: FormDraft,
    view: View,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponseBase:
    if is_unattended(request):
        return _keep(request, draft)
    dropped = _key_in(request, DROP)
    if dropped:
        drop_draft(**_names(draft), key=dropped)
        return redirect(draft.address)
    with transaction.atomic():
        answer = view(request, *args, **kwargs)
        if answer.status_code == 302:
            _close(request, draft, answer)
    return answer


def _keep(request: DraftRequest, draft: FormDraft) -> HttpResponse:
    """Keep the fields as sent; say when, and who else types the same, or where else I do."""
    now = timezone.now()
    try:
        keep_draft(
            **_names(draft),
            key=draft.key,
            revision=_revision_in(request),
            content=_typed(request.POST),
            continues=_key_in(request, CONTINUES),
            now=now,
        )
    except AlreadySaved:
        return JsonResponse({"saved": True})
    except RuleBroken as rule:
        return JsonResponse({"problem": str(rule)}, status=413)
    elsewhere = draft.elsewhere
    return JsonResponse(
        {
            "kept_at": _clock(now),
            "elsewhere": _clock(elsewhere.kept_at) if elsewhere else None,
            "editors": [str(each.user) for each in draft.editors],
        }
    )


def _close(request: DraftRequest, draft: FormDraft, answer: HttpResponseBase) -> None:
    continues = _key_in(request, CONTINUES)
    # A page whose script never kept anything left nothing behind.
    if not _revision_in(request) and not continues:
        return
    close_draft(**_names(draft), key=draft.key, continues=continues, now=timezone.now())
    saved = ".".join(str(key) for key in (draft.key, continues) if key)
    answer.set_cookie(
        SAVED_COOKIE,
        saved,
        max_age=SAVED_COOKIE_SECONDS,
        secure=request.is_secure(),
        samesite="Lax",
    )


def _names(draft: FormDraft) -> dict[str, Any]:
    return {
        "organisation": draft.request.organisation,
        "subject": draft.subject,
        "by": draft.request.user,
    }


def _typed(posted: QueryDict) -> str:
    """The fields of the form alone, as a browser sends them."""
    typed = posted.copy()
    for name in NOT_TYPED:
        typed.pop(name, None)
    return typed.urlencode()


def _key_in(request: OrgRequest, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def _revision_in(request: OrgRequest) -> int:
    return key_or_none(request.POST.get(REVISION, ""), digits=REVISION_DIGITS) or 0


def _address(request: OrgRequest, **more: str) -> str:
    """The address of the form with what else it asks for, but nothing to restore."""
    query = request.GET.copy()
    for name in (RESTORE, PARAMETER):
        query.pop(name, None)
    query.update(more)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _clock(moment: Any) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
