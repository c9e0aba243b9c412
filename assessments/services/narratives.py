"""The assessor's paragraphs about a criterion."""

from django.db import IntegrityError, transaction

from assessments.models import Assessment, CriterionNarrative
from assessments.services.findings import hold_open
from assessments.tree import Node
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import record_event
from cse_tracker.accounts.verbs import RESTORED_VERSION
from cse_tracker.core.errors import Clash, Conflict
from cse_tracker.core.locking import save_if_unchanged

# The version of a narrative that nobody has written yet.
UNWRITTEN = 0
WROTE = "wrote"
# The verbs of the events that raise a narrative's version, from UNWRITTEN on.
SAVING_VERBS = frozenset({WROTE, RESTORED_VERSION})


@transaction.atomic
def write_narrative(
    *,
    assessment: Assessment,
    criterion: Node,
    seen_version: int,
    text: str,
    by: User,
    verb: str = WROTE,
) -> CriterionNarrative:
    """Write what the report says about one criterion. The same words again write nothing.

    ``seen_version`` is UNWRITTEN where there was nothing yet, ``verb`` the change log's.
    Raises RuleBroken if the assessment is confirmed, Conflict if somebody wrote meanwhile.
    """
    assessment = hold_open(assessment)
    written = assessment.narratives.select_related("node").filter(node=criterion.id)
    narrative = None if seen_version == UNWRITTEN else written.first()
    if narrative is None:
        return _write_first(assessment, criterion, text, by)
    if narrative.text == text:
        return narrative
    saved = save_if_unchanged(narrative, seen_version, text=text)
    _record(saved, assessment, narrative.text, verb, by)
    return saved


def _write_first(
    assessment: Assessment, criterion: Node, text: str, by: User
) -> CriterionNarrative:
    try:
        with transaction.atomic():
            made = CriterionNarrative.objects.create(
                organisation_id=assessment.organisation_id,
                assessment=assessment,
                node_id=criterion.id,
                text=text,
            )
    except IntegrityError as error:
        theirs = assessment.narratives.select_related("node").get(node=criterion.id)
        raise Conflict([Clash(theirs, {"text": text})]) from error
    _record(made, assessment, "", WROTE, by)
    return made


def _record(
    narrative: CriterionNarrative,
    assessment: Assessment,
    before: str,
    verb: str,
    by: User,
) -> None:
    record_event(
        by=by,
        verb=verb,
        target=narrative,
        organisation=assessment.organisation,
        changes={"text": (before, narrative.text)},
        assessment_id=assessment.pk,
        node_id=narrative.node_id,
    )
