"""Earlier versions of what an action says: read side by side, restored."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from actions.access import action_view
from actions.models import Action
from actions.services.details import details_of
from actions.services.updating import check_not_withdrawn, update_action
from actions.wording import LABELS, TEXTS
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.verbs import RESTORED_VERSION
from cse_tracker.accounts.versions import Texts, versions_page


@require_http_methods(["GET", "POST"])
@action_view(Permission.READ)
def earlier(request: OrgRequest, action: Action) -> HttpResponse:
    """What its texts said before; owner, date and status stand in its history."""

    def restore(seen_version: int, values: dict[str, Any]) -> None:
        update_action(
            action=action,
            seen_version=seen_version,
            details=replace(details_of(action), **values),
            by=request.user,
            verb=RESTORED_VERSION,
        )

    texts = Texts(
        target=action,
        version=action.version,
        labels={name: LABELS[name] for name in TEXTS},
        values={name: getattr(action, name) for name in TEXTS},
        permission=Permission.UPDATE_ACTION,
        check=lambda: check_not_withdrawn(action),
        restore=restore,
        back_url=action.get_absolute_url(),
    )
    return versions_page(request, texts)
