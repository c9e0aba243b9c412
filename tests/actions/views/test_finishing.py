"""The pages on which an action is said to be done, closed, declined and taken up again."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actions.models import Action, ActionNote
from actions.services.finishing import claim_done, close_action
from actions.services.planning import answer_with
from assessments.models import Assessment, Result
from assessments.ratings import Basis, Rating
from cse_tracker.accounts.models import Draft, Membership, Notification
from evidence.models import EvidenceItem, EvidenceLink
from tests.action_states import put_in
from tests.factories import EvidenceItemFactory, ResultFactory
from tests.pages import form_of, text_of

Status = Action.Status
PAGE = "/o/ashby/actions/1/"
DONE, CLOSE = f"{PAGE}done/", f"{PAGE}close/"
DECLINE, REOPEN = f"{PAGE}decline/", f"{PAGE}reopen/"


@pytest.fixture
def cass(signed_in, cast):
    return signed_in(cast.cass)


@pytest.fixture
def item(cast) -> EvidenceItem:
    return EvidenceItemFactory.create(organisation=cast.ashby)


@pytest.fixture
def claimed(action, cast, item) -> Action:
    return claim_done(
        action=action,
        seen_version=1,
        words="All services have targets.",
        evidence=[item],
        now=timezone.now(),
        by=cast.mo,
    )


@pytest.fixture
def partial(action, finding, cast) -> Result:
    """The action answers a finding on 1.3.4, which is a partial compliance."""
    answer_with(action=action, finding=finding, seen_version=1, by=cast.lena)
    results = Result.objects.filter(
        assessment=finding.finding_set.assessment, node=finding.node_id
    )
    results.update(rating=Rating.PARTIAL.value)
    return results.get()


def sent(client, url, **values):
    return client.post(url, form_of(client.get(url)).sending(**values), follow=True)


class TestSayingThatItIsDone:
    def test_with_words_and_evidence_it_waits_to_be_checked(self, mo, action, item):
        page = sent(mo, DONE, words="All have targets.", others=item.pk)

        assert "Action 1 is said to be done" in text_of(page)
        assert "Mo Quill said that it is done 3 March 2026 All have" in text_of(page)
        assert f"Evidence {item.number}: Results by service" in text_of(page)

    def test_without_any_on_its_elements_there_is_no_other_evidence(
        self, mo, action, item
    ):
        words = text_of(mo.get(DONE))

        assert "Evidence that shows it Evidence in the library" in words
        assert "Other evidence" not in words

    def test_evidence_on_its_elements_comes_first(
        self, mo, cast, action, finding, partial, item
    ):
        near = EvidenceItemFactory.create(organisation=cast.ashby, title="Targets")
        EvidenceLink.objects.create(
            organisation=cast.ashby,
            item=near,
            assessment=finding.finding_set.assessment,
            node=finding.node,
        )

        words = text_of(mo.get(DONE))

        assert words.index(str(near)) < words.index(str(item))

    def test_new_evidence_is_added_right_there(self, mo, action):
        page = sent(
            mo,
            DONE,
            words="Published.",
            new_title="Our targets",
            new_url="https://ashby.example/targets",
        )

        added = EvidenceItem.objects.get()
        assert (added.title, added.kind) == ("Our targets", EvidenceItem.Kind.LINK)
        assert str(added) in text_of(page)

    def test_so_is_a_new_document(self, mo, action):
        file = SimpleUploadedFile("targets.txt", b"Targets of all services")

        sent(mo, DONE, words="Agreed.", new_title="Our targets", new_file=file)

        assert EvidenceItem.objects.get().kind == EvidenceItem.Kind.DOCUMENT
        assert Action.objects.get().status == Status.DONE

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({}, "Enter what was done"),
            ({"words": "Agreed."}, "Choose or add the evidence that shows that"),
            ({"words": "A", "new_url": "https://ashby.example/"}, "Enter a title for"),
            ({"words": "A", "new_title": "B"}, "Enter a web address, or choose"),
            (
                {"words": "A", "new_title": "B", "new_url": "no"},
                "in the correct format",
            ),
        ],
    )
    def test_what_will_not_do_is_explained_and_nothing_is_written(
        self, mo, action, values, message
    ):
        page = sent(mo, DONE, **values)

        assert message in text_of(page)
        assert not EvidenceItem.objects.exists()
        assert Action.objects.get().status == Status.NOT_STARTED

    def test_an_address_and_a_document_are_too_much_and_the_document_is_gone(
        self, mo, action
    ):
        file = SimpleUploadedFile("targets.txt", b"Targets of all services")
        address = "https://ashby.example/targets"

        page = sent(mo, DONE, words="A", new_title="B", new_url=address, new_file=file)

        assert "Enter a web address or choose a document, not both" in text_of(page)
        assert "Select the document again" in text_of(page)

    def test_evidence_of_another_organisation_is_refused(self, mo, cast, action, item):
        foreign = EvidenceItemFactory.create(organisation=cast.elsewhere)

        page = sent(mo, DONE, words="Agreed.", others=foreign.pk)

        assert "from the list" in text_of(page)
        assert not action.evidence.exists()

    def test_of_a_long_library_the_newest_is_offered_the_rest_by_number(
        self, mo, cast, action, item, monkeypatch
    ):
        monkeypatch.setattr("actions.forms.finishing.OFFERED_AT_MOST", 1)
        assert "number of older evidence" not in text_of(mo.get(DONE))
        newest = EvidenceItemFactory.create(organisation=cast.ashby)

        words = text_of(mo.get(DONE))
        assert str(newest) in words
        assert str(item) not in words
        refused = sent(mo, DONE, words="Agreed.", number=99)
        assert "There is no evidence 99 in the library" in text_of(refused)
        sent(mo, DONE, words="Agreed.", number=item.number)
        assert list(action.evidence.all()) == [item]

    def test_who_changed_it_meanwhile_is_named_and_the_words_stay(
        self, mo, cast, action, item
    ):
        form = form_of(mo.get(DONE))
        claim_done(
            action=action,
            seen_version=1,
            words="Done already.",
            evidence=[item],
            now=timezone.now(),
            by=cast.lena,
        )

        page = mo.post(DONE, form.sending(words="All have targets.", others=item.pk))

        assert "Lena Hart said that it is done on 3 March 2026" in text_of(page)
        assert form_of(page).values["words"] == ["All have targets."]
        assert ActionNote.objects.count() == 1

    def test_the_words_are_kept_while_they_are_typed(self, mo, action):
        mo.post(f"{DONE}?unattended=draft", form_of(mo.get(DONE)).sending(words="All"))

        assert "words=All" in Draft.objects.get().content


class TestClosing:
    def test_a_second_person_closes_without_a_word(self, cass, claimed):
        page = sent(cass, CLOSE)

        assert "Action 1 is closed" in text_of(page)
        assert Action.objects.get().status == Status.CLOSED
        assert "Cass Field closed it" in text_of(page)
        assert "Accepted." not in text_of(page)
        told = Notification.objects.get(subject="Action 1 was closed")
        assert told.lines.splitlines()[1] == "Cass Field said nothing else about it."

    def test_that_nothing_shows_it_is_said_first(self, cass, claimed):
        claimed.evidence_links.all().delete()

        assert "No evidence shows that this is done." in text_of(cass.get(CLOSE))

    def test_the_second_person_is_offered_to_close(self, cass, claimed):
        words = text_of(cass.get(PAGE))

        assert "Close this action" in words
        assert "Who closes it" not in words

    def test_the_page_shows_what_was_said_and_what_shows_it(self, cass, claimed, item):
        words = text_of(cass.get(CLOSE))

        assert "What Mo Quill said on 3 March 2026 All services have targets." in words
        assert str(item) in words
        assert "No evidence shows" not in words

    def test_a_double_click_closes_once_and_complains_of_nothing(self, cass, claimed):
        form = form_of(cass.get(CLOSE))

        answers = [cass.post(CLOSE, form.sending()) for _ in range(2)]

        assert {answer.url for answer in answers} == {PAGE}
        assert ActionNote.objects.filter(kind=ActionNote.Kind.CLOSED).count() == 1

    def test_who_may_not_is_told_who_may(self, mo, claimed):
        page = mo.get(CLOSE)

        assert "In your organisation that is: Cass Field" in text_of(page)
        assert "Close the action" not in text_of(page)

    def test_where_nobody_may_approve_the_page_asks_why(self, mo, cast, claimed):
        Membership.objects.filter(user=cast.cass).update(ended_at=timezone.now())

        refused = sent(mo, CLOSE)
        accepted = sent(mo, CLOSE, words="Cass has left.")

        assert "Enter why you close it yourself" in text_of(refused)
        assert "Action 1 is closed" in text_of(accepted)

    def test_closing_suggests_to_look_at_a_partial_and_changes_no_rating(
        self, cass, action, partial, claimed
    ):
        page = sent(cass, CLOSE)

        words = text_of(page)
        assert "Look at this element at the next visit" in words
        assert "it stays as it is until the assessor looks" in words
        partial.refresh_from_db()
        assert partial.rating == Rating.PARTIAL

    def test_of_a_compliant_element_nothing_is_suggested(
        self, cass, action, partial, claimed
    ):
        Result.objects.filter(pk=partial.pk).update(rating=Rating.COMPLIANT.value)

        assert "next visit" not in text_of(sent(cass, CLOSE))

    def test_once_a_visit_has_looked_nothing_is_suggested_any_more(
        self, cass, action, partial, claimed
    ):
        sent(cass, CLOSE)
        Assessment.objects.filter(pk=partial.assessment_id).update(
            visit_starts_on=date(2026, 3, 20), visit_ends_on=date(2026, 3, 21)
        )

        assert "next visit" not in text_of(cass.get(PAGE))

    def test_a_year_into_which_the_rating_was_only_carried_has_not_looked(
        self, cass, action, partial, claimed
    ):
        ResultFactory.create(
            assessment__certification=partial.assessment.certification,
            assessment__year=2027,
            node=partial.node,
            rating=Rating.PARTIAL.value,
            basis=Basis.CARRIED.value,
            carried_from=partial,
        )

        assert "Look at this element at the next visit" in text_of(sent(cass, CLOSE))

    def test_what_nobody_said_is_done_has_no_such_page(self, cass, action):
        page = cass.get(CLOSE)

        assert page.status_code == 409
        assert "Only an action that somebody said is done" in text_of(page)


class TestDecliningAndReopening:
    def test_declining_says_why(self, mo, action):
        page = sent(mo, DECLINE, words="No money this year.")

        assert "Mo Quill declined it 3 March 2026 No money this year." in text_of(page)

    def test_without_a_reason_nothing_is_declined(self, mo, action):
        assert "Enter why it will not be done" in text_of(sent(mo, DECLINE))
        assert Action.objects.get().status == Status.NOT_STARTED

    def test_what_is_not_good_enough_is_sent_back(self, cass, claimed):
        page = sent(cass, REOPEN, words="Parks has none.")

        assert "Action 1 is sent back" in text_of(page)
        assert text_of(page).count("Cass Field sent it back") == 2
        assert "reopened" not in text_of(page)
        assert Action.objects.get().status == Status.ON_TRACK

    def test_a_closed_action_is_taken_up_again(self, mo, cast, claimed):
        close_action(action=claimed, seen_version=2, now=timezone.now(), by=cast.cass)

        words = text_of(sent(mo, REOPEN, words="It broke."))
        assert "Action 1 is open again" in words
        assert words.count("reopened it") == 2

    def test_sent_twice_it_is_reopened_once(self, mo, action):
        put_in(action, Status.CLOSED)
        form = form_of(mo.get(REOPEN))

        for _ in range(2):
            page = mo.post(REOPEN, form.sending(words="It broke."), follow=True)

        assert "Action 1 is open again" in text_of(page)
        assert action.notes.count() == 1

    def test_whoever_reopens_it_says_how_it_stands(self, mo, action):
        put_in(action, Status.CLOSED)

        sent(mo, REOPEN, words="The supplier left.", status="at_risk")

        assert Action.objects.get().status == Status.AT_RISK

    def test_who_closed_it_meanwhile_is_named_and_the_words_stay(
        self, mo, cast, claimed
    ):
        form = form_of(mo.get(DECLINE))
        close_action(action=claimed, seen_version=2, now=timezone.now(), by=cast.cass)

        page = mo.post(DECLINE, form.sending(words="No money."))

        assert "Reopen it first" in text_of(page)
        assert "Cass Field closed it on 3 March 2026" in text_of(page)
        assert form_of(page).values["words"] == ["No money."]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.ON_TRACK, {"Add progress", "Say it is done", "Decline it"}),
        (Status.DONE, {"Who closes it", "Send it back", "Decline it"}),
        (Status.CLOSED, {"Reopen it"}),
        (Status.DECLINED, {"Reopen it"}),
    ],
)
def test_the_page_offers_only_the_moves_that_apply(mo, action, status, offered):
    put_in(action, status)

    words = text_of(mo.get(PAGE))

    moves = {
        *("Add progress", "Say it is done", "Close this action", "Send it back"),
        *("Decline it", "Reopen it", "Who closes it"),
    }
    assert {move for move in moves if move in words} == offered


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        ("cass", ["done/", "decline/", "progress/"]),
        ("ada", ["done/", "close/", "decline/", "reopen/"]),
        ("vik", ["comment/", "close/"]),
    ],
)
def test_a_move_is_for_those_with_the_right(signed_in, cast, action, who, addresses):
    client = signed_in(getattr(cast, who))

    assert {client.post(PAGE + each).status_code for each in addresses} == {403}
