"""Who else types into a form about one element just now, told from their drafts."""

from dataclasses import dataclass
from datetime import datetime

from assessments.draft_subjects import (
    finding_subject,
    new_finding_subject,
    new_response_subject,
    response_subject,
)
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.drafts import others_typing
from cse_tracker.accounts.models import User
from cse_tracker.overview.element_facts import ElementFacts


@dataclass(frozen=True)
class Typing:
    """One colleague at one form: "Priya Nair is adding a comment"."""

    user: User
    what: str
    kept_at: datetime


def who_types(request: OrgRequest, facts: ElementFacts) -> list[Typing]:
    """Colleagues who write comments and responses here, latest first: one query.

    The rating has a form on this page, which says so itself.
    """
    what = {new_finding_subject(facts.assessment, facts.node): "is adding a comment"}
    for finding in facts.findings:
        what[finding_subject(finding)] = "is editing a comment"
        what[new_response_subject(finding)] = "is writing a response"
        for response in finding.responses:
            what[response_subject(response)] = "is editing a response"
    return [
        Typing(draft.user, what[draft.subject], draft.kept_at)
        for draft in others_typing(request, what)
    ]
