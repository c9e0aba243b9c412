"""Done is claimed with evidence, closed by a second person, and reopened with a reason."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from actions.models import Action, ActionNote
from actions.services.finishing import (
    claim_done,
    close_action,
    decline_action,
    reopen_action,
)
from cse_tracker.accounts.models import Event, Membership
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.action_states import put_in
from tests.factories import EvidenceItemFactory

Status = Action.Status


@pytest.fixture
def item(cast):
    return EvidenceItemFactory.create(organisation=cast.ashby)


def move(service, action, by, **arguments) -> Action:
    arguments.setdefault("seen_version", action.version)
    return service(action=action, now=timezone.now(), by=by, **arguments)


def claim(action, by, *items, words="All services have targets.") -> Action:
    return move(claim_done, action, by, words=words, evidence=items)


def leave_no_approver(cast):
    Membership.objects.filter(user=cast.cass).update(ended_at=timezone.now())


def last_note() -> ActionNote:
    return ActionNote.objects.latest("pk")


class TestClaiming:
    def test_done_is_said_with_words_and_evidence(self, action, cast, item):
        claimed = claim(action, cast.mo, item)

        assert (claimed.status, claimed.claimed_by) == (Status.DONE, cast.mo)
        assert list(claimed.evidence.all()) == [item]
        assert (last_note().kind, last_note().text) == (
            ActionNote.Kind.CLAIMED,
            "All services have targets.",
        )

    def test_without_evidence_nothing_is_done(self, action, cast):
        with pytest.raises(RuleBroken, match="evidence that shows that this is done"):
            claim(action, cast.mo)

    def test_withdrawn_evidence_shows_nothing(self, action, cast, item):
        item.withdrawn_at = timezone.now()

        with pytest.raises(RuleBroken, match="was withdrawn"):
            claim(action, cast.mo, item)

    def test_without_words_nothing_is_written(self, action, cast, item):
        with pytest.raises(RuleBroken, match="Say why"):
            claim(action, cast.mo, item, words=" ")

        assert not action.evidence.exists()
        assert not ActionNote.objects.exists()

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (Status.DONE, "Mo Quill said that this action is done."),
            (Status.CLOSED, "This action is closed."),
            (Status.DECLINED, "This action is declined."),
        ],
    )
    def test_where_it_can_not_be_said_what_is_so_is_told(
        self, action, cast, item, status, words
    ):
        Action.objects.update(claimed_by=cast.mo)
        action.refresh_from_db()

        with pytest.raises(RuleBroken) as refused:
            claim(put_in(action, status), cast.lena, item)

        assert str(refused.value) == words

    def test_evidence_of_the_first_claim_counts_for_the_second(
        self, action, cast, item
    ):
        sent_back = move(
            reopen_action, claim(action, cast.mo, item), cast.cass, words="Not all do."
        )

        assert claim(sent_back, cast.mo).status == Status.DONE

    def test_the_change_log_says_so_once(self, action, cast, item):
        claim(action, cast.mo, item)

        event = Event.objects.about(action).latest("pk")
        assert (event.verb, event.by) == ("said to be done", cast.mo)
        assert event.changes["status"] == ["not_started", "done"]


class TestClosing:
    def test_somebody_else_who_may_approve_closes(self, action, cast, item):
        closed = move(close_action, claim(action, cast.mo, item), cast.cass)

        assert closed.status == Status.CLOSED
        assert closed.finished_at is not None
        assert closed.claimed_by == cast.mo

    @pytest.mark.parametrize("who", ["mo", "lena"])
    def test_nobody_else_does_while_somebody_may_approve(self, action, cast, item, who):
        claimed = claim(action, cast.mo, item)

        with pytest.raises(RuleBroken, match="may approve closes this: Cass Field"):
            move(close_action, claimed, getattr(cast, who), words="I say so.")

    def test_where_nobody_may_approve_a_reason_takes_their_place(
        self, action, cast, item
    ):
        leave_no_approver(cast)
        claimed = claim(action, cast.mo, item)

        with pytest.raises(RuleBroken, match="say why you close it yourself"):
            move(close_action, claimed, cast.mo)
        move(close_action, claimed, cast.mo, words="Cass has left.")

        assert last_note().text == "Cass has left."

    @pytest.mark.parametrize(
        "status", [Status.ON_TRACK, Status.CLOSED, Status.DECLINED]
    )
    def test_only_what_is_said_to_be_done_is_closed(self, action, cast, status):
        with pytest.raises(RuleBroken, match="that somebody said is done"):
            move(close_action, put_in(action, status), cast.cass)

    def test_of_two_who_close_one_is_told(self, action, cast, item):
        claimed = claim(action, cast.mo, item)
        move(close_action, claimed, cast.cass)

        with pytest.raises(Conflict):
            move(close_action, claimed, cast.cass)
        assert ActionNote.objects.filter(kind=ActionNote.Kind.CLOSED).count() == 1


class TestDeclining:
    @pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.DONE])
    def test_what_is_not_finished_is_declined_with_a_reason(self, action, cast, status):
        declined = move(
            decline_action, put_in(action, status), cast.mo, words="No money."
        )

        assert (declined.status, last_note().text) == (Status.DECLINED, "No money.")
        assert declined.finished_at is not None

    def test_it_asks_for_the_reason(self, action, cast):
        with pytest.raises(RuleBroken, match="Say why"):
            move(decline_action, action, cast.mo, words="")

    def test_what_is_closed_is_reopened_first(self, action, cast):
        with pytest.raises(RuleBroken, match="Reopen it first"):
            move(decline_action, put_in(action, Status.CLOSED), cast.mo, words="No.")


class TestReopening:
    @pytest.mark.parametrize("status", [Status.DONE, Status.CLOSED, Status.DECLINED])
    def test_it_goes_on_and_says_why(self, action, cast, status):
        Action.objects.update(claimed_by=cast.mo)
        again = move(
            reopen_action, put_in(action, status), cast.cass, words="It broke again."
        )

        assert again.status == Status.ON_TRACK
        assert (again.claimed_at, again.claimed_by, again.finished_at) == (None,) * 3
        assert last_note().text == "It broke again."

    def test_it_asks_for_the_reason(self, action, cast):
        with pytest.raises(RuleBroken, match="Say why"):
            move(reopen_action, put_in(action, Status.CLOSED), cast.mo, words="")

    def test_it_stands_as_whoever_reopens_it_says(self, action, cast):
        again = move(
            reopen_action,
            put_in(action, Status.CLOSED),
            cast.mo,
            words="It broke.",
            status=Status.AT_RISK,
        )

        assert again.status == Status.AT_RISK

    def test_it_does_not_go_from_one_end_to_the_other(self, action, cast):
        closed = put_in(action, Status.CLOSED)

        with pytest.raises(RuleBroken, match="how it stands"):
            move(reopen_action, closed, cast.mo, words="No.", status=Status.DECLINED)

    def test_what_is_open_stays_so(self, action, cast):
        with pytest.raises(RuleBroken, match="is open"):
            move(reopen_action, action, cast.mo, words="Again.")


def test_a_withdrawn_action_moves_nowhere(action, cast, item):
    Action.objects.update(withdrawn_at=timezone.now())
    action.refresh_from_db()

    for service in (close_action, decline_action, reopen_action):
        with pytest.raises(RuleBroken, match="Restore it"):
            move(service, action, cast.cass, words="Why not")


@pytest.mark.parametrize(
    "columns",
    [
        {"status": Status.DONE},
        {"status": Status.CLOSED, "claimed_at": timezone.now()},
        {"finished_at": timezone.now()},
        {"starts_on": "2026-03-11"},
    ],
)
def test_the_database_refuses_what_can_not_be(action, columns):
    with pytest.raises(DatabaseError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**columns)
