"""The page of one row: what is typed is saved with what divides the row, or shown again."""

import re

import pytest

from assessments.services.findings_staging import edit_rows
from cse_tracker.accounts.models import Draft, Event
from cse_tracker.accounts.services.imports import discard_import
from tests.assessments.findings_import.runs import look_at
from tests.pages import form_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TYPED = "Beginnings are hard."
UNITS = "give-response-units"


@pytest.fixture
def lena(open_assessment, cast, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return signed_in(cast.lena)


def url(run, row):
    return f"/o/ashby/import/report/{run.pk}/rows/{row}/"


def flagged(run):
    """The row whose response begins in mid-sentence, and the row that it belongs to."""
    staged = look_at(run)
    return next(
        (row, problem.belongs_to)
        for row in staged.rows
        for problem in staged.problems[row.key]
        if problem.belongs_to is not None
    )


def choices(page, name):
    """What can be chosen there: the values sent."""
    found = re.search(
        rf'<select name="{name}".*?</select>', page.content.decode(), re.S
    )
    return re.findall(r'<option value="([^"]*)"', found[0])


def row_of(run, key):
    return next(row for row in look_at(run).rows if row.key == key)


def test_moving_the_beginning_saves_what_was_typed_below(lena, run):
    row, owner = flagged(run)
    form = form_of(lena.get(url(run, row.key)))

    undecided = lena.post(url(run, row.key), form.sending(step="give-response"))
    assert "Select how much moves" in text_of(undecided)
    [first] = [each for each in choices(undecided, UNITS) if each[:2] == "1-"]
    sent = {"comment": TYPED, UNITS: first, "step": "give-response"}
    answer = lena.post(url(run, row.key), form.sending(**sent))

    assert answer.status_code == 302
    assert row_of(run, row.key).comment == TYPED
    assert row_of(run, row.key).response != row.response
    assert row_of(run, owner).response.endswith(
        row.response.removesuffix(row_of(run, row.key).response).strip("- \n")
    )
    event = Event.objects.filter(verb="edited").latest("pk")
    assert "changed and its beginning moved" in event.changes["rows"][1]


def test_several_points_can_go_up_or_down_as_often_as_they_stand_there(lena, run):
    above, row, below = (each.key for each in look_at(run).rows[:3])
    form = form_of(lena.get(url(run, row)))
    lena.post(url(run, row), form.sending(response="One.\n\nTwo."))
    page = lena.get(url(run, row))

    [last] = [e for e in choices(page, "give-end-response-units") if e[:2] == "1-"]
    sent = {"give-end-response-units": last, "step": "give-end-response"}
    lena.post(url(run, row), form_of(page).sending(**sent))

    assert row_of(run, row).response == "One."
    assert row_of(run, below).response.startswith("Two.")
    values = form_of(lena.get(url(run, below))).values
    assert values["give-response-to"] == [str(row)]
    assert "give-response-units" not in form_of(lena.get(url(run, row))).values
    assert "give-response-to" not in form_of(lena.get(url(run, above))).values


def test_splitting_saves_what_was_typed_above(lena, run):
    key = look_at(run).rows[1].key
    count = len(look_at(run).rows)
    form = form_of(lena.get(url(run, key)))
    typed = lena.post(
        url(run, key), form.sending(comment="One.\n\nTwo.", response="", step="split")
    )
    assert "Select again from the text as it is now" in text_of(typed)
    assert "Two." in text_of(typed)

    again = form_of(typed)
    [second] = [each for each in choices(typed, "split-comment") if each[:2] == "1-"]
    lena.post(
        url(run, key), again.sending(**{"split-comment": second, "step": "split"})
    )

    rows = look_at(run).rows
    assert len(rows) == count + 1
    assert [row.comment for row in rows[1:3]] == ["One.", "Two."]


def test_a_row_that_would_be_empty_is_not_split_and_nothing_typed_is_lost(lena, run):
    key = look_at(run).rows[0].key
    form = form_of(lena.get(url(run, key)))

    answer = lena.post(url(run, key), form.sending(kind="strength:", step="split"))

    assert "Both rows must hold something." in text_of(answer)
    assert form_of(answer).values["kind"] == ["strength:"]
    assert row_of(run, key).kind != "strength"


def test_words_for_a_row_that_is_gone_are_shown_to_be_copied(lena, run, cast):
    key = look_at(run).rows[2].key
    form = form_of(lena.get(url(run, key)))
    edit_rows(
        run=run,
        seen_version=run.version,
        edit=lambda rows: tuple(row for row in rows if row.key != key),
        what="Gone",
        by=cast.mo,
    )

    answer = lena.post(url(run, key), form.sending(comment=TYPED, draft_revision="1"))

    assert answer.status_code == 409
    assert "This row is not there any more." in text_of(answer)
    assert TYPED in text_of(answer)


def test_words_for_rows_that_were_given_up_are_shown_to_be_copied(lena, run, cast):
    key = look_at(run).rows[2].key
    form = form_of(lena.get(url(run, key)))
    lena.post(
        f"{url(run, key)}?unattended=draft",
        form.sending(comment=TYPED, draft_revision="1"),
    )
    discard_import(run=run, by=cast.mo)

    answer = lena.post(url(run, key), form.sending(comment=TYPED, draft_revision="2"))

    assert "given up meanwhile" in text_of(answer)
    assert TYPED in text_of(answer)
    assert Draft.objects.unsaved().exists()
