import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from cse_tracker.core.forms import DateField, GovukForm


class EveryKindForm(GovukForm):
    title = forms.CharField(max_length=5)
    name = forms.CharField(label="Your name")
    outcome = forms.CharField(label="What done looks like")
    isbn = forms.CharField(label="ISBN")
    owner = forms.ChoiceField(choices=[("1", "Lena")])
    act = forms.ChoiceField(label="Will you act on it?", choices=[("y", "Yes")])
    elements = forms.MultipleChoiceField(choices=[("1.1.1", "1.1.1")])
    share = forms.DecimalField(label="Share (%)", min_value=0, max_value=100)
    year = forms.IntegerField()
    email = forms.EmailField(label="Email address")
    link = forms.URLField(assume_scheme="https")
    document = forms.FileField()
    read = forms.BooleanField(label="I have read the report")
    due_on = DateField(label="Due date")


def first_message(field, data=None, files=None):
    return EveryKindForm(data or {}, files).errors[field][0]


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("title", "Enter the title"),
        ("name", "Enter your name"),
        ("outcome", "Enter what done looks like"),
        ("isbn", "Enter the ISBN"),
        ("owner", "Select the owner"),
        ("act", "Select an answer to “Will you act on it?”"),
        ("share", "Enter the share (percent)"),
        ("document", "Select the document"),
        ("read", "Select “I have read the report”"),
        ("due_on", "Enter the due date"),
    ],
)
def test_a_blank_answer_is_asked_for_by_its_label(field, message):
    assert first_message(field) == message


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("title", "too long", "Title must be 5 characters or fewer"),
        ("owner", "9", "Select the owner from the list"),
        ("elements", "9.9.9", "Select the elements from the list"),
        ("share", "most", "Share (percent) must be a number"),
        ("share", "NaN", "Share (percent) must be a number"),
        ("share", "101", "Share (percent) must be 100 or less"),
        ("share", "-1", "Share (percent) must be 0 or more"),
        ("year", "soon", "Year must be a whole number"),
        (
            "email",
            "lena",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (
            "link",
            "no way",
            "Enter a web address in the correct format, like https://www.example.org",
        ),
    ],
)
def test_an_answer_that_will_not_do_is_told_what_would(field, typed, message):
    assert first_message(field, {field: typed}) == message


def test_an_empty_file_is_called_empty():
    empty = SimpleUploadedFile("notes.pdf", b"")

    assert first_message("document", {}, {"document": empty}) == (
        "The selected file is empty"
    )


def test_a_message_that_a_field_was_given_stays():
    class OwnWordsForm(GovukForm):
        title = forms.CharField(error_messages={"required": "Say what it is"})

    assert OwnWordsForm({}).errors["title"] == ["Say what it is"]


def test_a_question_may_be_named_in_other_words():
    class QuestionForm(GovukForm):
        when = DateField(label="When is it due?")
        error_labels = {"when": "Due date"}

    typed = {"when_day": "31", "when_month": "2", "when_year": "2026"}

    assert QuestionForm(typed).errors["when"] == ["Due date must be a real date"]
    assert QuestionForm({}).errors["when"] == ["Enter the due date"]


def test_a_field_added_by_the_form_itself_speaks_the_same_way():
    class GrowingForm(GovukForm):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["reason"] = forms.CharField()

    assert GrowingForm({}).errors["reason"] == ["Enter the reason"]
