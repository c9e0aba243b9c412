"""Comments entered, corrected, ordered, withdrawn and decided on."""

import pytest
from django.utils import timezone

from assessments.models import Finding
from assessments.services.findings import (
    add_finding,
    decide_on_finding,
    edit_finding,
    move_finding,
    restore_finding,
    withdraw_finding,
)
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import confirmed

IMPROVEMENT = Finding.Kind.IMPROVEMENT
COMPLIANCE = Finding.Kind.COMPLIANCE


@pytest.fixture
def node(open_assessment):
    return shared_tree(open_assessment.certification.standard).by_ref["1.3.3"]


@pytest.fixture
def add(open_assessment, node, cast):
    """``add("words")`` enters an improvement on 1.3.3."""

    def add_one(comment="Consider a shorter survey.", **changes):
        values = {"node": node, "kind": IMPROVEMENT, "by": cast.lena} | changes
        return add_finding(assessment=open_assessment, comment=comment, **values)

    return add_one


def comments(assessment):
    found = Finding.objects.standing().filter(finding_set=assessment.finding_set)
    return [finding.comment for finding in found]


def test_a_new_finding_comes_after_those_of_its_element(add, open_assessment):
    add("first")
    add("second")

    assert comments(open_assessment) == ["first", "second"]


def test_a_finding_may_be_about_no_element(add):
    assert add("About it all", node=None).node is None


def test_adding_a_finding_is_in_the_change_log(add, open_assessment, node, cast):
    finding = add("Consider this.")

    event = Event.objects.about(finding).get()
    assert (event.verb, event.by) == ("added", cast.lena)
    assert (event.assessment_id, event.node_id) == (open_assessment.pk, node.id)
    assert event.changes["comment"] == ["", "Consider this."]


def test_why_an_element_is_not_compliant_needs_words(add, open_assessment):
    with pytest.raises(RuleBroken, match="not fully compliant"):
        add("  ", kind=COMPLIANCE)

    assert comments(open_assessment) == []


def test_an_improvement_without_words_is_kept_because_real_reports_have_them(add):
    assert add("").comment == ""


def test_editing_replaces_words_and_kind(add, cast):
    finding = add("Old words")

    edited = edit_finding(
        finding=finding,
        seen_version=1,
        kind=COMPLIANCE,
        comment="New words",
        by=cast.lena,
    )

    assert (edited.comment, edited.kind, edited.version) == ("New words", COMPLIANCE, 2)
    changes = Event.objects.about(finding).first().changes
    assert changes["comment"] == ["Old words", "New words"]


def test_saving_the_same_words_writes_nothing(add, cast):
    finding = add("Same words")

    edit_finding(
        finding=finding,
        seen_version=1,
        kind=IMPROVEMENT,
        comment="Same words",
        by=cast.lena,
    )

    finding.refresh_from_db()
    assert finding.version == 1
    assert Event.objects.about(finding).count() == 1


def test_the_second_to_edit_is_told_what_stands_there_now(add, cast):
    finding = add("Original")
    words = {
        "finding": finding,
        "seen_version": 1,
        "kind": IMPROVEMENT,
        "by": cast.lena,
    }
    edit_finding(**words, comment="From the first")

    with pytest.raises(Conflict) as conflict:
        edit_finding(**words, comment="From the second")

    [clash] = conflict.value.clashes
    assert clash.current.comment == "From the first"
    assert clash.attempted["comment"] == "From the second"


@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [
        ("c", 1, ["c", "a", "b"]),
        ("a", 2, ["b", "a", "c"]),
        ("a", 99, ["b", "c", "a"]),
        ("b", 2, ["a", "b", "c"]),
        ("b", -1, ["b", "a", "c"]),
    ],
)
def test_a_finding_moves_to_a_place(add, open_assessment, cast, moved, to, expected):
    findings = {comment: add(comment) for comment in "abc"}

    move_finding(finding=findings[moved], to=to, by=cast.lena)

    assert comments(open_assessment) == expected


def test_moving_twice_to_the_same_place_moves_once(add, open_assessment, cast):
    findings = [add(comment) for comment in "abc"]

    move_finding(finding=findings[2], to=2, by=cast.lena)
    move_finding(finding=findings[2], to=2, by=cast.lena)

    assert comments(open_assessment) == ["a", "c", "b"]
    assert Event.objects.filter(verb="moved").count() == 1


def test_moving_does_not_disturb_who_is_editing(add, cast):
    add("a")
    finding = add("b")

    move_finding(finding=finding, to=1, by=cast.lena)

    finding.refresh_from_db()
    assert finding.version == 1


def test_moving_stays_within_the_element(add, open_assessment, cast):
    elsewhere = add("about it all", node=None)
    add("a")
    finding = add("b")

    move_finding(finding=finding, to=1, by=cast.lena)

    order = elsewhere.order
    elsewhere.refresh_from_db()
    assert elsewhere.order == order


def test_a_withdrawn_finding_comes_back_to_its_place(add, open_assessment, cast):
    finding = add("a")
    add("b")

    gone = withdraw_finding(
        finding=finding, seen_version=1, now=timezone.now(), by=cast.lena
    )
    assert comments(open_assessment) == ["b"]

    restore_finding(finding=gone, seen_version=2, by=cast.lena)
    assert comments(open_assessment) == ["a", "b"]
    verbs = Event.objects.about(finding).values_list("verb", flat=True)
    assert list(verbs) == ["restored", "withdrew", "added"]


def test_a_withdrawn_finding_is_neither_edited_nor_decided_on(add, cast):
    gone = withdraw_finding(
        finding=add(), seen_version=1, now=timezone.now(), by=cast.lena
    )

    with pytest.raises(RuleBroken, match="Restore it first"):
        edit_finding(
            finding=gone, seen_version=2, kind=IMPROVEMENT, comment="x", by=cast.lena
        )
    with pytest.raises(RuleBroken, match="Restore it first"):
        decide(gone, cast, seen_version=2)


def decide(finding, cast, **changes):
    values = {"decision": Finding.Decision.ACT, "reason": "", "seen_version": 1}
    return decide_on_finding(finding=finding, by=cast.mo, **(values | changes))


def test_deciding_not_to_act_needs_a_reason(add, cast):
    with pytest.raises(RuleBroken, match="why you will not act"):
        decide(add(), cast, decision=Finding.Decision.NO_ACTION, reason=" ")


def test_the_reason_goes_when_the_organisation_changes_its_mind(add, cast):
    finding = add()
    no = decide(
        finding, cast, decision=Finding.Decision.NO_ACTION, reason="Too dear now"
    )

    yes = decide(no, cast, seen_version=2)

    assert (yes.decision, yes.decision_reason) == (Finding.Decision.ACT, "")
    changes = Event.objects.about(finding).first().changes
    assert changes["decision_reason"] == ["Too dear now", ""]


def test_a_confirmed_assessment_keeps_the_assessors_words(add, open_assessment, cast):
    finding = add("As reported")
    confirmed(open_assessment, by=cast.cass)

    with pytest.raises(RuleBroken, match="confirmed"):
        edit_finding(
            finding=finding, seen_version=1, kind=IMPROVEMENT, comment="x", by=cast.lena
        )
    with pytest.raises(RuleBroken, match="confirmed"):
        add("One more")
    with pytest.raises(RuleBroken, match="confirmed"):
        move_finding(finding=finding, to=1, by=cast.lena)
    with pytest.raises(RuleBroken, match="confirmed"):
        withdraw_finding(
            finding=finding, seen_version=1, now=timezone.now(), by=cast.lena
        )


def test_the_decision_may_come_after_confirmation(add, open_assessment, cast):
    finding = add()
    confirmed(open_assessment, by=cast.cass)

    assert decide(finding, cast).decision == Finding.Decision.ACT
