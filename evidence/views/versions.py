"""Earlier versions of what is said about an item: read side by side, restored."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.verbs import RESTORED_VERSION
from cse_tracker.accounts.versions import Texts, versions_page
from evidence.access import item_view
from evidence.models import EvidenceItem
from evidence.services.details import details_of
from evidence.services.items import check_standing, edit_item
from evidence.wording import LABELS, TEXTS


@require_http_methods(["GET", "POST"])
@item_view(Permission.READ)
def earlier(request: OrgRequest, item: EvidenceItem) -> HttpResponse:
    """What its texts said before; files keep their own versions."""

    def restore(seen_version: int, values: dict[str, Any]) -> None:
        edit_item(
            item=item,
            seen_version=seen_version,
            details=replace(details_of(item), **values),
            by=request.user,
            verb=RESTORED_VERSION,
        )

    texts = Texts(
        target=item,
        version=item.version,
        labels={name: LABELS[name] for name in TEXTS},
        values={name: getattr(item, name) for name in TEXTS},
        permission=Permission.ADD_EVIDENCE,
        check=lambda: check_standing(item),
        restore=restore,
        back_url=item.get_absolute_url(),
    )
    return versions_page(request, texts)
