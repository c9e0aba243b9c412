"""A report is brought in whole or not at all, once, and can be taken back."""

import pytest

from assessments.importing.findings.edits import (
    beginning_given,
    rewritten,
    with_inclusion,
)
from assessments.models import (
    Assessment,
    Finding,
    FindingResponse,
    Response,
    StandardNode,
)
from assessments.ratings import Basis, Rating
from assessments.services.findings import edit_finding
from assessments.services.findings_staging import edit_rows
from assessments.services.findings_undo import undo_findings
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.responses import link_response
from cse_tracker.accounts.models import Event, ImportRun
from cse_tracker.accounts.services.imports import ImportInUse
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.assessments.findings_import.runs import NOW, bring_in, look_at, put_right
from tests.factories import confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def comments(ref):
    return list(
        Finding.objects.filter(node__ref=ref)
        .order_by("order")
        .values_list("kind", "comment")
    )


def responses(ref):
    return [
        response.text
        for finding in Finding.objects.with_responses().filter(node__ref=ref)
        for response in finding.responses
    ]


def ratings(assessment):
    rated = assessment.results.rated().select_related("node")
    return {each.node.ref: each.rating for each in rated}


def undo(run, by):
    run.refresh_from_db()
    return undo_findings(run=run, now=NOW, by=by)


def test_comments_stand_at_their_elements_with_their_responses(run, cast):
    run = bring_in(run, by=cast.lena)

    assert [kind for kind, _ in comments("1.3.4")] == ["compliance", "compliance"]
    assert comments("3.4.2") == [("improvement", "")]
    assert responses("1.2.1") == ["We will write to them."]
    # One response answers both comments where the words were "Response as above".
    assert responses("5.1.1") == responses("3.3.2") == ["Read daily."]
    assert Response.objects.count() == 6
    events = Event.objects.filter(batch=run.batch)
    assert events.filter(target_type="assessments.finding").count() == 7
    assert events.filter(target_type="assessments.result").count() == 4
    answered = events.filter(target_type="assessments.response")
    assert answered.filter(changes__text=["", "Read daily."]).count() == 2


def test_ratings_are_recorded_only_if_asked_for(run, cast, open_assessment):
    assert [each.ref for each in look_at(run).ratings] == [
        "1.3.4", "2.2.1", "3.3.2", "5.1.1",
    ]  # fmt: skip

    bring_in(run, by=cast.lena, ratings=False)

    assert ratings(open_assessment) == {}


def test_recorded_elements_are_marked_as_sampled_if_asked_for(
    run, cast, open_assessment
):
    run = bring_in(run, by=cast.lena, mark_sampled=True)

    result = open_assessment.results.get(node__ref="2.2.1")
    assert (result.sampled, result.basis, result.reason) == (True, Basis.ASSESSED, "")
    assert open_assessment.results.filter(sampled=True).count() == 4

    undo(run, cast.lena)

    assert not open_assessment.results.filter(sampled=True).exists()


def test_a_rating_that_stands_already_is_not_asked_for(run, cast, open_assessment):
    result = open_assessment.results.get(node__ref="2.2.1")
    entry = RatingEntry(result.pk, result.version, Rating.PARTIAL, sampled=True)
    rate_nodes(assessment=open_assessment, entries=[entry], by=cast.lena)

    assert "2.2.1" not in [each.ref for each in look_at(run).ratings]


def test_one_row_without_an_element_keeps_everything_out(run, cast):
    put_right(run, rewritten, 4, by=cast.lena, ref="")

    with pytest.raises(RuleBroken, match="Put row 4 right first"):
        bring_in(run, by=cast.lena)

    assert not Finding.objects.exists()


def test_what_is_left_out_stays_out(run, cast):
    put_right(run, with_inclusion, 1, by=cast.lena, is_included=False)

    bring_in(run, by=cast.lena)

    assert len(comments("1.3.4")) == 1


def test_a_beginning_that_was_moved_stands_where_it_belongs(run, cast):
    put_right(run, beginning_given, 3, by=cast.lena, to=2, column="response", units=1)

    bring_in(run, by=cast.lena)

    assert responses("1.3.4")[1].endswith("to between four and six boats.")
    assert responses("2.2.1") == ["- A course runs every quarter."]


def test_bringing_in_again_changes_nothing(run, cast):
    first = bring_in(run, by=cast.lena)

    again = bring_in(run, by=cast.mo, seen="something else")

    assert again.committed_by == first.committed_by
    assert Finding.objects.count() == 7


def test_a_preview_that_is_out_of_date_is_refused(run, cast):
    seen = look_at(run).fingerprint
    put_right(run, with_inclusion, 1, by=cast.mo, is_included=False)

    with pytest.raises(RuleBroken, match="Check them again"):
        bring_in(run, by=cast.lena, seen=seen)


def test_the_second_of_two_edits_of_one_preview_is_told(run, cast):
    version = run.version
    put_right(run, with_inclusion, 1, by=cast.mo, is_included=False)

    with pytest.raises(Conflict):
        edit_rows(
            run=run, seen_version=version, edit=lambda rows: rows, what="", by=cast.lena
        )


def test_a_confirmed_assessment_takes_no_report_in(run, cast, open_assessment):
    confirmed(open_assessment, by=cast.lena)

    with pytest.raises(RuleBroken, match="was confirmed"):
        bring_in(run, by=cast.lena)


def test_undo_leaves_the_record_as_it_was(run, cast, open_assessment):
    bring_in(run, by=cast.lena)

    assert open_assessment.results.get(node__ref="2.2.1").reason == (
        "Reported in appendix.docx"
    )

    run = undo(run, cast.lena)

    assert run.state == ImportRun.State.UNDONE
    for model in (Finding, Response, FindingResponse):
        assert not model.objects.exists()
    assert ratings(open_assessment) == {}
    open_assessment.refresh_from_db()
    assert open_assessment.state == Assessment.State.PLANNED
    assert undo(run, cast.mo).undone_by == cast.lena


def test_the_log_says_all_that_undo_took_back(run, cast, open_assessment):
    run = bring_in(run, by=cast.lena)

    undo(run, cast.lena)

    undone = Event.objects.filter(batch=run.batch, verb="undone")
    result = open_assessment.results.get(node__ref="2.2.1")
    event = undone.get(target_type="assessments.result", target_id=result.pk)
    assert event.changes["reason"] == ["Reported in appendix.docx", ""]
    answered = undone.filter(changes__text=["Read daily.", ""])
    places = StandardNode.objects.filter(pk__in=answered.values("node_id"))
    assert sorted(place.ref for place in places) == ["3.3.2", "5.1.1"]
    moved = undone.get(target_type="assessments.assessment")
    assert moved.changes == {"state": ["in_progress", "planned"]}


def test_undo_names_a_rating_whose_source_is_gone(run, cast):
    run = bring_in(run, by=cast.lena)
    [first, *_] = run.staged["written"]["ratings"]
    first["before"] |= {"basis": "carried", "carried_from_id": first["id"] + 10_000}
    run.save()

    with pytest.raises(ImportInUse) as refusal:
        undo(run, cast.lena)

    [sentence] = refusal.value.obstacles
    assert sentence.endswith("was carried from an earlier one that was removed.")


def test_undo_names_what_was_changed_since(run, cast):
    bring_in(run, by=cast.lena)
    finding = Finding.objects.get(node__ref="2.2.1")
    edit_finding(
        finding=finding,
        seen_version=finding.version,
        kind=Finding.Kind.COMPLIANCE,
        comment="New wardens wait two years.",
        by=cast.lena,
    )

    with pytest.raises(ImportInUse) as refusal:
        undo(run, cast.lena)

    assert refusal.value.obstacles == [
        "The comment on 2.2.1 “New wardens wait two years.” was changed."
    ]
    assert Finding.objects.count() == 7


def test_undo_names_what_was_built_on_it(run, cast):
    bring_in(run, by=cast.lena)
    response = Response.objects.get(text="Read daily.")
    link_response(
        response=response,
        finding=Finding.objects.get(node__ref="2.2.1"),
        by=cast.lena,
    )

    with pytest.raises(ImportInUse) as refusal:
        undo(run, cast.lena)

    assert "rests on this import" in refusal.value.obstacles[0]
