"""Progress and comments: added on pages of their own, read as a dated timeline."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from actions.models import Action, ActionNote
from actions.services.details import details_of
from actions.services.finishing import claim_done
from actions.services.notes import write_note
from actions.services.updating import update_action, withdraw_action
from cse_tracker.accounts.models import Draft
from tests.action_states import put_in
from tests.factories import EvidenceItemFactory
from tests.pages import form_of, text_of

PAGE = "/o/ashby/actions/1/"
PROGRESS = f"{PAGE}progress/"
COMMENT = f"{PAGE}comment/"


def note(action, by, text, day, kind=ActionNote.Kind.PROGRESS) -> ActionNote:
    return write_note(
        action=action, kind=kind, text=text, day=day, now=timezone.now(), by=by
    )


def test_progress_is_dated_today_unless_somebody_says_otherwise(mo, action):
    form = form_of(mo.get(PROGRESS))

    page = mo.post(PROGRESS, form.sending(text="Two services agreed."), follow=True)

    assert "Mo Quill reported progress 3 March 2026 Two services agreed." in text_of(
        page
    )
    assert ActionNote.objects.get().day == date(2026, 3, 3)
    assert Action.objects.get().version == 1


def test_progress_may_say_how_the_action_stands_from_now_on(mo, action):
    form = form_of(mo.get(PROGRESS))

    mo.post(PROGRESS, form.sending(text="The supplier is late.", status="at_risk"))

    assert Action.objects.get().status == "at_risk"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": " "}, "Enter what happened"),
        ({"text": "Done", "day_day": "4"}, "Date must be today or in the past"),
        ({"text": "Done", "status": "closed"}, "from the list"),
    ],
)
def test_progress_that_will_not_do_is_explained(mo, action, changes, message):
    page = mo.post(PROGRESS, form_of(mo.get(PROGRESS)).sending(**changes))

    assert message in text_of(page)
    assert not ActionNote.objects.exists()


def test_who_changed_the_action_meanwhile_is_named_and_the_words_stay(mo, cast, action):
    form = form_of(mo.get(PROGRESS))
    update_action(
        action=action,
        seen_version=1,
        details=replace(details_of(action), status=Action.Status.ON_TRACK),
        by=cast.lena,
    )

    page = mo.post(PROGRESS, form.sending(text="It is late.", status="at_risk"))

    assert page.status_code == 409
    assert "Lena Hart changed it on 3 March 2026 at 12:00" in text_of(page)
    assert not ActionNote.objects.exists()
    mo.post(PROGRESS, form_of(page).sending())
    assert ActionNote.objects.get().text == "It is late."
    assert Action.objects.get().status == "at_risk"


def test_a_status_for_what_somebody_claimed_meanwhile_is_refused_aloud(
    mo, cast, action
):
    form = form_of(mo.get(PROGRESS))
    claim_done(
        action=action,
        seen_version=1,
        words="All agreed.",
        evidence=[EvidenceItemFactory.create(organisation=cast.ashby)],
        now=timezone.now(),
        by=cast.lena,
    )

    page = mo.post(
        PROGRESS, form.sending(text="It is late.", status="at_risk"), follow=True
    )

    words = text_of(page)
    assert "Your progress is saved." in words
    assert "The status is not changed, it stays done, to be checked." in words
    assert "Lena Hart said that it is done." in words
    assert Action.objects.get().status == "done"


def test_progress_alone_clashes_with_nobody(mo, cast, action):
    form = form_of(mo.get(PROGRESS))
    update_action(
        action=action,
        seen_version=1,
        details=replace(details_of(action), title="Another title"),
        by=cast.lena,
    )

    assert mo.post(PROGRESS, form.sending(text="Agreed.")).status_code == 302


def test_whoever_reads_the_plan_may_comment_but_not_report(signed_in, cast, action):
    ada = signed_in(cast.ada)

    page = ada.post(COMMENT, form_of(ada.get(COMMENT)).sending(text="Well done."))

    assert page.status_code == 302
    assert "Ada Brook commented 3 March 2026 Well done." in text_of(ada.get(PAGE))
    assert "Add progress" not in text_of(ada.get(PAGE))
    assert ada.get(PROGRESS).status_code == 403


def test_what_was_said_stands_newest_day_first(mo, cast, action):
    note(action, cast.mo, "Second.", date(2026, 3, 2))
    note(action, cast.lena, "First.", date(2026, 3, 1))
    note(action, cast.cass, "Third.", date(2026, 3, 3), ActionNote.Kind.COMMENT)

    words = text_of(mo.get(PAGE))

    assert words.index("Third.") < words.index("Second.") < words.index("First.")


def test_a_finished_action_takes_progress_without_a_status(mo, action):
    put_in(action, Action.Status.CLOSED)

    assert "status" not in form_of(mo.get(PROGRESS)).values


def test_a_withdrawn_action_takes_no_comment(mo, cast, action):
    withdraw_action(action=action, seen_version=1, now=timezone.now(), by=cast.lena)

    assert "Restore it" in text_of(mo.get(COMMENT))


def test_a_comment_is_kept_while_it_is_typed(mo, action):
    form = form_of(mo.get(COMMENT))

    mo.post(f"{COMMENT}?unattended=draft", form.sending(text="Well"))

    assert "text=Well" in Draft.objects.get().content
