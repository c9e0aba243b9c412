"""An organisation's own clauses of an element. One exists in a year when it has a result there."""

from django.db import transaction
from django.db.models import ProtectedError

from assessments.models import Assessment, Finding, Result, StandardNode
from assessments.services.findings import hold_open
from assessments.standard_tree import tree_for
from assessments.tree import Kind, Node
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import Changes, record_event
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.accounts.verbs import RESTORED_VERSION
from cse_tracker.core.errors import Clash, Conflict, RuleBroken
from cse_tracker.core.locking import as_it_stands

# The verbs of the events that change its words.
SAVING_VERBS = frozenset({"renamed", RESTORED_VERSION})
TITLE_WORDS = 8


@transaction.atomic
def add_sub_element(
    *, assessment: Assessment, parent: Node, statement: str, by: User
) -> StandardNode:
    """Split off a clause of the element ``parent``, to be rated from this assessment on.

    Its ref is one above the highest in use. Raises RuleBroken if the assessment is confirmed,
    ``parent`` is no element or does not apply, or there are no words.
    """
    # Behind this lock nobody else takes the same ref.
    organisation = lock_organisation(assessment.organisation)
    assessment = hold_open(assessment)
    _check_can_be_split(assessment, parent)
    check_statement(statement)
    standard = assessment.certification.standard
    sub_element = StandardNode.objects.create(
        standard=standard,
        organisation=organisation,
        parent_id=parent.id,
        kind=Kind.SUB_ELEMENT.value,
        ref=tree_for(organisation, standard).next_child_ref(parent),
        title=title_of(statement),
        statement=statement,
    )
    _make_result(assessment, sub_element)
    _record(sub_element, "added", {"statement": ("", statement)}, by, assessment)
    return sub_element


@transaction.atomic
def rename_sub_element(
    *,
    sub_element: StandardNode,
    seen_statement: str,
    statement: str,
    by: User,
    verb: str = "renamed",
) -> StandardNode:
    """Word a sub-element anew, for all years: the ref stays, and issued papers keep theirs.

    ``verb`` is the change log's. Raises RuleBroken without words or if it is gone, Conflict if
    someone else worded it since it was seen.
    """
    check_statement(statement)
    values = {"statement": statement, "title": title_of(statement)}
    if statement == sub_element.statement:
        return sub_element
    written = StandardNode.objects.filter(
        pk=sub_element.pk, statement=seen_statement
    ).update(**values)
    own = StandardNode.objects.select_related("organisation")
    current = as_it_stands(own, sub_element)
    if not written:
        raise Conflict([Clash(current, values)])
    _record(current, verb, {"statement": (seen_statement, statement)}, by)
    return current


@transaction.atomic
def track_sub_element_in(
    *, assessment: Assessment, sub_element: StandardNode, by: User
) -> Result:
    """Rate a sub-element of another year in this one too; where it is already, nothing changes.

    Raises RuleBroken if the assessment is confirmed.
    """
    assessment = hold_open(assessment)
    result = assessment.results.filter(node=sub_element.pk).first()
    if result is None:
        result = _make_result(assessment, sub_element)
        _record(sub_element, "tracked", {"tracked": (False, True)}, by, assessment)
    return result


@transaction.atomic
def drop_sub_element_from(
    *,
    assessment: Assessment,
    sub_element: StandardNode,
    seen_version: int,
    by: User,
) -> None:
    """Stop rating a sub-element in this year; other years keep it.

    When no year is left, the sub-element goes too, unless something else still points at it.
    ``seen_version`` is its result's. Raises RuleBroken if the assessment is confirmed, or the
    sub-element has comments here, or a later year carried its rating; Conflict if it was rated
    since it was seen.
    """
    assessment = hold_open(assessment)
    result = (
        assessment.results.select_for_update(of=("self",))
        .filter(node=sub_element.pk)
        .first()
    )
    if result is None:
        return
    if result.version != seen_version:
        raise Conflict([Clash(result, {})])
    _check_can_be_dropped(assessment, sub_element, result)
    rating = result.rating
    result.delete()
    changes = {"tracked": (True, False), "rating": (rating, "")}
    _record(sub_element, "dropped", changes, by, assessment)
    _delete_if_unused(sub_element)


def title_of(statement: str) -> str:
    """The first words of a statement, up to eight, marked where it goes on."""
    words = statement.split()
    title = " ".join(words[:TITLE_WORDS])[:195].rstrip(" ,.;:")
    return f"{title} …" if len(words) > TITLE_WORDS else title


def check_statement(statement: str) -> None:
    """Raise RuleBroken for a sub-element without words."""
    if not statement.strip():
        raise RuleBroken("Enter what this part of the element says.")


def _check_can_be_split(assessment: Assessment, parent: Node) -> None:
    if parent.kind is not Kind.ELEMENT:
        raise RuleBroken("Only an element can have sub-elements.")
    if assessment.results.filter(node=parent.id, applicable=False).exists():
        raise RuleBroken(f"{parent.ref} does not apply to your organisation this year.")


def _check_can_be_dropped(
    assessment: Assessment, sub_element: StandardNode, result: Result
) -> None:
    here = Finding.objects.standing().filter(
        finding_set=assessment.finding_set_id, node=sub_element
    )
    if here.exists():
        raise RuleBroken(
            f"{sub_element.ref} has comments in this assessment. Withdraw them first."
        )
    later = result.carried_to.select_related("assessment").first()
    if later:
        raise RuleBroken(
            f"The {later.assessment} carries its rating from here. "
            f"Take {sub_element.ref} out of that one first."
        )


def _make_result(assessment: Assessment, sub_element: StandardNode) -> Result:
    return Result.objects.create(
        organisation=assessment.organisation, assessment=assessment, node=sub_element
    )


def _delete_if_unused(sub_element: StandardNode) -> None:
    """Delete it once no year has it. Withdrawn comments and evidence keep what they point at."""
    if Result.objects.filter(node=sub_element).exists():
        return
    try:
        with transaction.atomic():
            StandardNode.objects.filter(pk=sub_element.pk).delete()
    except ProtectedError:
        return


def _record(
    sub_element: StandardNode,
    verb: str,
    changes: Changes,
    by: User,
    assessment: Assessment | None = None,
) -> None:
    record_event(
        by=by,
        verb=verb,
        target=sub_element,
        organisation=sub_element.organisation,
        changes=changes,
        assessment_id=assessment.pk if assessment else None,
        node_id=sub_element.pk,
    )
