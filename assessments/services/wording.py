"""The wording of an organisation's own document: typed by hand, put away and shown again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from assessments.models import Standard, Wording
from assessments.services.annex_wording import ADOPTED
from assessments.tree import Node, Words
from cse_tracker.accounts.models import Organisation, User
from cse_tracker.accounts.services.events import (
    EventDraft,
    changes_between,
    changes_to,
    record_event,
    record_events,
)
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.accounts.verbs import UNDONE
from cse_tracker.core.errors import Clash, Conflict, RuleBroken
from cse_tracker.core.locking import save_if_unchanged

WORDED, PUT_AWAY, SHOWN_AGAIN = "worded", "put away", "showed again"
# The verbs of the events that raise a wording's version, also those of its import.
SAVING_VERBS = frozenset({WORDED, PUT_AWAY, SHOWN_AGAIN, ADOPTED, UNDONE})
ENTER_WORDS = "Enter the statement or the guidance, or restore our wording."


@transaction.atomic
def word_element(
    *,
    organisation: Organisation,
    standard: Standard,
    node: Node,
    seen_version: int,
    words: Words,
    by: User,
) -> Wording:
    """Show and print these words for an element of the Standard; what is blank stays ours.

    Those that are shown already write nothing. ``node`` is as the organisation sees it now.
    ``seen_version`` 0 means that there was no wording yet. Raises RuleBroken without any
    words, Conflict if someone saved in between.
    """
    if not any(words):
        raise RuleBroken(ENTER_WORDS)
    organisation = lock_organisation(organisation)
    values: dict[str, Any] = words._asdict() | {
        "withdrawn_at": None,
        "adopted_from": None,
        "source_cell": "",
    }
    found = Wording.objects.of(organisation, standard).filter(node=node.id).first()
    if found and not changes_to(found, words._asdict() | {"withdrawn_at": None}):
        return found
    saved = _save_words(found, organisation, node, seen_version, values)
    record_event(
        by=by,
        verb=WORDED,
        target=saved,
        organisation=organisation,
        changes=changes_between(node.words._asdict(), words._asdict()),
        node_id=node.id,
    )
    return saved


def _save_words(
    found: Wording | None,
    organisation: Organisation,
    node: Node,
    seen_version: int,
    values: dict[str, Any],
) -> Wording:
    if found is None:
        return Wording.objects.create(
            organisation=organisation,
            node_id=node.id,
            language=organisation.language,
            **values,
        )
    if not seen_version:
        raise Conflict([Clash(found, values)])
    return save_if_unchanged(found, seen_version, **values)


@transaction.atomic
def restore_our_wording(
    *, wording: Wording, seen_version: int, now: datetime, by: User
) -> Wording:
    """Show our own words for one element again; the adopted ones are kept beside them."""
    organisation = lock_organisation(wording.organisation)
    saved = save_if_unchanged(wording, seen_version, withdrawn_at=now)
    _record([saved], PUT_AWAY, organisation, by)
    return saved


@transaction.atomic
def show_adopted_wording(*, wording: Wording, seen_version: int, by: User) -> Wording:
    """Show the adopted words of one element again."""
    organisation = lock_organisation(wording.organisation)
    saved = save_if_unchanged(wording, seen_version, withdrawn_at=None)
    _record([saved], SHOWN_AGAIN, organisation, by)
    return saved


@transaction.atomic
def restore_all_ours(
    *, organisation: Organisation, standard: Standard, now: datetime, by: User
) -> int:
    """Show our own words everywhere; return for how many elements that is a change."""
    organisation = lock_organisation(organisation)
    shown = Wording.objects.of(organisation, standard).shown()
    return _set_all(shown, now, PUT_AWAY, organisation, by)


@transaction.atomic
def show_all_adopted(
    *, organisation: Organisation, standard: Standard, by: User
) -> int:
    """Show the adopted words wherever there are any; return for how many elements."""
    organisation = lock_organisation(organisation)
    away = Wording.objects.of(organisation, standard).exclude(withdrawn_at=None)
    return _set_all(away, None, SHOWN_AGAIN, organisation, by)


def _set_all(
    wordings: QuerySet[Wording],
    withdrawn_at: datetime | None,
    verb: str,
    organisation: Organisation,
    by: User,
) -> int:
    rows = list(wordings.select_related("node").select_for_update(of=("self",)))
    for row in rows:
        row.withdrawn_at = withdrawn_at
        row.version += 1
    Wording.objects.bulk_update(rows, ["withdrawn_at", "version"])
    _record(rows, verb, organisation, by)
    return len(rows)


def _record(
    rows: list[Wording], verb: str, organisation: Organisation, by: User
) -> None:
    drafts = [EventDraft(row, node_id=row.node_id) for row in rows]
    record_events(drafts, by=by, verb=verb, organisation=organisation)
