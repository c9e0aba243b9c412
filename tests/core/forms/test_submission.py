"""A form that makes something makes it once, however often it is sent."""

import uuid

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin

pytestmark = pytest.mark.django_db


class NoteForm(SubmissionKeyMixin, GovukForm):
    text = forms.CharField()


class PaperForm(SubmissionKeyMixin, GovukForm):
    paper = forms.FileField()


@pytest.fixture
def lena():
    return get_user_model().objects.create_user("lena@ashby.example")


@pytest.fixture
def sam():
    return get_user_model().objects.create_user("sam@elsewhere.example")


def send(user, key, made, *, fail=False):
    """Send one form with this key; what it makes goes to the list ``made``."""
    form = NoteForm({"text": "Hello", "submission_key": key})
    assert form.is_valid()

    def write():
        if fail:
            raise RuntimeError
        made.append(key)
        return f"/notes/{len(made)}/"

    return form.submit_once(user, write)


def test_the_same_form_sent_twice_makes_one_thing_and_leads_to_it(lena):
    made, key = [], uuid.uuid4()

    assert send(lena, key, made) == "/notes/1/"
    assert send(lena, key, made) == "/notes/1/"

    assert made == [key]


def test_two_rendered_forms_make_two_things(lena):
    made = []

    for form in (NoteForm(), NoteForm()):
        send(lena, form["submission_key"].value(), made)

    assert len(made) == 2


def test_a_form_that_failed_can_be_sent_again(lena):
    made, key = [], uuid.uuid4()
    with pytest.raises(RuntimeError):
        send(lena, key, made, fail=True)

    assert send(lena, key, made) == "/notes/1/"


def test_other_words_under_the_same_key_are_not_taken_for_saved(lena):
    key = uuid.uuid4()
    first, second = (
        NoteForm({"text": text, "submission_key": key}) for text in ("Hello", "Goodbye")
    )
    assert first.is_valid()
    assert second.is_valid()
    first.submit_once(lena, lambda: "/notes/1/")

    with pytest.raises(RuleBroken, match="what it says now is different"):
        second.submit_once(lena, lambda: "/notes/2/")

    assert second["submission_key"].value() != str(key)
    again = NoteForm(second.data)
    assert again.is_valid()
    assert again.submit_once(lena, lambda: "/notes/2/") == "/notes/2/"


def send_paper(user, key, content):
    paper = SimpleUploadedFile("paper.txt", content)
    form = PaperForm({"submission_key": key}, {"paper": paper})
    assert form.is_valid()
    return form.submit_once(user, lambda: f"/{paper.read().decode()}/")


def test_a_corrected_file_of_the_same_name_is_not_taken_for_saved(lena):
    key = uuid.uuid4()

    assert send_paper(lena, key, b"wrong") == "/wrong/"
    assert send_paper(lena, key, b"wrong") == "/wrong/"
    with pytest.raises(RuleBroken, match="what it says now is different"):
        send_paper(lena, key, b"right")


def test_somebody_elses_key_is_not_found_out(lena, sam):
    made, key = [], uuid.uuid4()
    send(lena, key, made)

    assert send(sam, key, made) == "/notes/2/"


@pytest.mark.parametrize("key", ["", "no key at all"])
def test_a_form_without_a_key_still_works(lena, key):
    made = []

    send(lena, key, made)

    assert len(made) == 1


def test_a_refused_form_is_shown_with_the_key_it_came_with():
    key = str(uuid.uuid4())

    form = NoteForm({"text": "", "submission_key": key})

    assert not form.is_valid()
    assert key in str(form["submission_key"])
    assert "id=" not in str(form["submission_key"])
