"""What the organisation answers: recommended responses, and which findings each one answers.

Responses may change after the assessment is confirmed: the report comes first, the answers
follow, and a committee's wish may change them again. Each change is in the change log.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from assessments.models import Assessment, Finding, FindingResponse, Response
from assessments.services.findings import assessment_of, check_standing
from assessments.tree import ref_key
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import (
    Changes,
    EventDraft,
    changes_to,
    record_events,
)
from cse_tracker.accounts.verbs import EDITED, RESTORED_VERSION
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged

# The verbs of the events that raise a response's version.
SAVING_VERBS = frozenset({EDITED, RESTORED_VERSION, "agreed", "withdrew", "restored"})


@transaction.atomic
def add_response(*, findings: Sequence[Finding], text: str, by: User) -> Response:
    """Answer one or several findings of one assessment with the same words, as a draft.

    Raises RuleBroken without words, without a finding, for a withdrawn finding, or for
    findings of different assessments.
    """
    check_text(text)
    if len({finding.finding_set_id for finding in findings}) != 1:
        raise RuleBroken("Choose the comments of one assessment that this answers.")
    for finding in findings:
        check_standing(finding)
    response = Response.objects.create(
        organisation_id=findings[0].organisation_id, text=text
    )
    for finding in findings:
        _link(response, finding)
    changes = {
        "text": ("", text),
        "findings": ([], sorted(finding.pk for finding in findings)),
    }
    _record(response, findings, "added", changes, by)
    return response


@transaction.atomic
def edit_response(
    *,
    response: Response,
    seen_version: int,
    text: str,
    by: User,
    verb: str = EDITED,
) -> Response:
    """Change the words, for every finding it answers. An agreed response is a draft again.

    ``verb`` is the change log's. Raises RuleBroken without words or if withdrawn, Conflict if
    changed since it was seen.
    """
    check_not_withdrawn(response)
    check_text(text)
    values = {"text": text, "state": Response.State.DRAFT.value}
    if text == response.text:
        return response
    return _write(response, seen_version, verb, values, by)


@transaction.atomic
def rewrite_response(
    *,
    response: Response,
    seen_version: int,
    text: str,
    linked: Sequence[Finding],
    unlinked: Sequence[Finding],
    by: User,
) -> Response:
    """Change the words and which findings they answer, together or not at all.

    Links are given as differences, so that one which somebody else made meanwhile stays.
    Raises what ``edit_response``, ``link_response`` and ``unlink_response`` raise.
    """
    saved = edit_response(
        response=response, seen_version=seen_version, text=text, by=by
    )
    for finding in linked:
        link_response(response=saved, finding=finding, by=by)
    for finding in unlinked:
        unlink_response(response=saved, finding=finding, by=by)
    return saved


@transaction.atomic
def agree_response(*, response: Response, seen_version: int, by: User) -> Response:
    """Record that the organisation stands by these words.

    The version makes sure that they are the words the person read: Conflict otherwise.
    """
    check_not_withdrawn(response)
    values = {"state": Response.State.AGREED.value}
    return _write(response, seen_version, "agreed", values, by)


@transaction.atomic
def withdraw_response(
    *, response: Response, seen_version: int, now: datetime, by: User
) -> Response:
    """Take a response away from every finding it answers. It keeps them for restoring."""
    check_not_withdrawn(response)
    return _write(response, seen_version, "withdrew", {"withdrawn_at": now}, by)


@transaction.atomic
def replace_response(
    *, response: Response, seen_version: int, other: Response, now: datetime, by: User
) -> Response:
    """Let ``other`` answer what ``response`` answers, and withdraw ``response``.

    For words like "see 3.3.2". Raises what ``link_response`` and ``withdraw_response`` raise.
    """
    for finding in answered_findings(response):
        if not finding.withdrawn_at:
            link_response(response=other, finding=finding, by=by)
    return withdraw_response(
        response=response, seen_version=seen_version, now=now, by=by
    )


@transaction.atomic
def restore_response(*, response: Response, seen_version: int, by: User) -> Response:
    """Bring a withdrawn response back. One that stands is left alone."""
    return _write(response, seen_version, "restored", {"withdrawn_at": None}, by)


@transaction.atomic
def link_response(*, response: Response, finding: Finding, by: User) -> None:
    """Let a response answer one more finding of its assessment; once linked, nothing changes.

    Raises RuleBroken if either was withdrawn or the finding is of another assessment.
    """
    # Locked, so that the second of two clicks finds the link of the first.
    held = Response.objects.select_for_update().get(pk=response.pk)
    check_not_withdrawn(held)
    check_standing(finding)
    answered = answered_findings(response)
    if finding in answered:
        return
    if finding.finding_set_id not in {each.finding_set_id for each in answered}:
        raise RuleBroken("A response answers the comments of one assessment only.")
    _link(response, finding)
    before = sorted(each.pk for each in answered)
    changes = {"findings": (before, sorted([*before, finding.pk]))}
    _record(response, [finding], "linked", changes, by)


@transaction.atomic
def unlink_response(*, response: Response, finding: Finding, by: User) -> None:
    """Let a response no longer answer a finding; the other findings keep it.

    Raises RuleBroken for the only finding it answers: such a response is withdrawn instead.
    """
    # Locked, or two people could each take away what the other leaves.
    Response.objects.select_for_update().get(pk=response.pk)
    answered = answered_findings(response)
    if finding not in answered:
        return
    if len(answered) == 1:
        raise RuleBroken("It answers no other comment. Withdraw the response instead.")
    FindingResponse.objects.filter(response=response, finding=finding).delete()
    before = sorted(each.pk for each in answered)
    changes = {"findings": (before, [pk for pk in before if pk != finding.pk])}
    _record(response, [finding], "unlinked", changes, by)


def answered_findings(response: Response) -> list[Finding]:
    """The findings a response answers, withdrawn ones too, in the order of the standard."""
    found = Finding.objects.filter(response_links__response=response)
    return sorted(found.select_related("node"), key=_place)


def check_not_withdrawn(response: Response) -> None:
    """Raise RuleBroken once the response was withdrawn."""
    if response.withdrawn_at:
        raise RuleBroken("This response was withdrawn. Restore it first.")


def check_text(text: str) -> None:
    """Raise RuleBroken for a response without words."""
    if not text.strip():
        raise RuleBroken("Enter the recommended response.")


def _place(finding: Finding) -> tuple[tuple[int, ...], int, int]:
    """Sorts findings by element, those about none first."""
    ref = ref_key(finding.node.ref) if finding.node else ()
    return ref, finding.order, finding.pk


def _link(response: Response, finding: Finding) -> None:
    last = finding.response_links.aggregate(last=Max("order"))["last"] or 0
    FindingResponse.objects.create(
        organisation_id=response.organisation_id,
        finding=finding,
        response=response,
        order=last + 1,
    )


def _write(
    response: Response,
    seen_version: int,
    verb: str,
    values: Mapping[str, Any],
    by: User,
) -> Response:
    """Save what differs and record it; nothing differs, nothing is written."""
    changes = changes_to(response, values)
    if not changes:
        return response
    saved = save_if_unchanged(response, seen_version, **values)
    _record(saved, answered_findings(saved), verb, changes, by)
    return saved


def _record(
    response: Response,
    findings: Sequence[Finding],
    verb: str,
    changes: Changes,
    by: User,
) -> None:
    """One event for each element concerned, tied together, so that each history shows it."""
    assessment: Assessment = assessment_of(findings[0])
    node_ids = sorted({finding.node_id or 0 for finding in findings})
    record_events(
        [
            EventDraft(response, changes, assessment.pk, node_id or None)
            for node_id in node_ids
        ],
        by=by,
        verb=verb,
        organisation=assessment.organisation,
        batch=uuid.uuid4() if len(node_ids) > 1 else None,
    )
