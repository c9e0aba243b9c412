"""The markup of each kind of field, as the GOV.UK Design System has it."""

from datetime import date

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import (
    HTML,
    ButtonHolder,
    Div,
    Field,
    Fieldset,
    Layout,
    Submit,
)
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from pytest_django.asserts import assertHTMLEqual, assertInHTML

from cse_tracker.core.forms import DateField, GovukForm


def drawn(field, data=None, **options):
    """One field of a form, as the template pack draws it."""
    form = type("OneFieldForm", (GovukForm,), {"answer": field})(data)
    return render_to_string("govuk/field.html", {"field": form["answer"], **options})


def test_a_text_field_has_label_hint_error_and_input_tied_together():
    html = drawn(forms.CharField(help_text="Up to eight words.", max_length=80), {})

    assertHTMLEqual(
        html,
        """
        <div class="govuk-form-group govuk-form-group--error">
          <label class="govuk-label govuk-label--s" for="id_answer">Answer</label>
          <div id="id_answer_helptext" class="govuk-hint">Up to eight words.</div>
          <p id="id_answer_error" class="govuk-error-message">
            <span class="govuk-visually-hidden">Error:</span> Enter the answer
          </p>
          <input type="text" name="answer" id="id_answer" aria-invalid="true"
            class="govuk-input govuk-input--error"
            aria-describedby="id_answer_helptext id_answer_error">
        </div>
        """,
    )


def test_a_field_that_may_be_blank_says_so_unless_all_may():
    class FilterForm(GovukForm):
        mark_optional = False
        answer = forms.CharField(required=False)

    assert "(optional)" in drawn(forms.CharField(required=False))
    assert "(optional)" not in drawn(forms.CharField())
    assert "(optional)" not in render_to_string(
        "govuk/field.html", {"field": FilterForm()["answer"]}
    )


def test_a_textarea_has_five_rows_unless_it_was_given_a_number():
    assertInHTML(
        '<textarea name="answer" rows="5" class="govuk-textarea" id="id_answer"></textarea>',
        drawn(forms.CharField(widget=forms.Textarea)),
    )
    assertInHTML(
        '<textarea name="answer" rows="10" class="govuk-textarea" id="id_answer"></textarea>',
        drawn(forms.CharField(widget=forms.Textarea(attrs={"rows": 10}))),
    )


def test_a_number_is_typed_into_a_text_box_with_a_number_keyboard():
    assertInHTML(
        '<input type="text" inputmode="numeric" name="answer" class="govuk-input" id="id_answer">',
        drawn(forms.IntegerField(min_value=1, max_value=9)),
    )


def test_a_select_keeps_its_own_classes_beside_ours():
    widget = forms.Select(attrs={"class": "govuk-!-width-full"})

    assertInHTML(
        """
        <select name="answer" id="id_answer" class="govuk-select govuk-!-width-full">
          <option value="c">Compliant</option>
        </select>
        """,
        drawn(forms.ChoiceField(choices=[("c", "Compliant")], widget=widget)),
    )


def test_radios_are_a_group_with_the_label_as_legend():
    field = forms.ChoiceField(
        choices=[("y", "Yes"), ("n", "No")],
        widget=forms.RadioSelect,
        help_text="As of today.",
    )

    assertHTMLEqual(
        drawn(field, {}),
        """
        <div class="govuk-form-group govuk-form-group--error">
          <fieldset class="govuk-fieldset" aria-describedby="id_answer_helptext id_answer_error">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Answer</legend>
            <div id="id_answer_helptext" class="govuk-hint">As of today.</div>
            <p id="id_answer_error" class="govuk-error-message">
              <span class="govuk-visually-hidden">Error:</span> Select the answer
            </p>
            <div class="govuk-radios" data-module="govuk-radios">
              <div class="govuk-radios__item">
                <input class="govuk-radios__input" id="id_answer_0" name="answer" type="radio" value="y">
                <label class="govuk-label govuk-radios__label" for="id_answer_0">Yes</label>
              </div>
              <div class="govuk-radios__item">
                <input class="govuk-radios__input" id="id_answer_1" name="answer" type="radio" value="n">
                <label class="govuk-label govuk-radios__label" for="id_answer_1">No</label>
              </div>
            </div>
          </fieldset>
        </div>
        """,
    )


def test_the_chosen_checkboxes_are_checked():
    field = forms.MultipleChoiceField(
        choices=[("1", "One"), ("2", "Two")],
        widget=forms.CheckboxSelectMultiple,
    )

    assertInHTML(
        '<input class="govuk-checkboxes__input" id="id_answer_1" name="answer" type="checkbox" value="2" checked>',
        drawn(field, {"answer": ["2"]}),
    )


def test_one_checkbox_has_its_hint_below_the_label():
    field = forms.BooleanField(label="I agree", help_text="To all.", required=False)

    assertHTMLEqual(
        drawn(field),
        """
        <div class="govuk-form-group">
          <div class="govuk-checkboxes" data-module="govuk-checkboxes">
            <div class="govuk-checkboxes__item">
              <input class="govuk-checkboxes__input" id="id_answer" name="answer" type="checkbox"
                aria-describedby="id_answer_helptext">
              <label class="govuk-label govuk-checkboxes__label" for="id_answer">I agree</label>
              <div id="id_answer_helptext" class="govuk-hint govuk-checkboxes__hint">To all.</div>
            </div>
          </div>
        </div>
        """,
    )


def test_a_date_marks_only_the_box_that_is_wrong():
    html = drawn(
        DateField(), {"answer_day": "3", "answer_month": "", "answer_year": "2026"}
    )

    assertInHTML(
        '<input class="govuk-input govuk-date-input__input govuk-input--width-2" id="id_answer_day" name="answer_day" type="text" inputmode="numeric" value="3">',
        html,
    )
    assertInHTML(
        '<input class="govuk-input govuk-date-input__input govuk-input--width-2 govuk-input--error" id="id_answer_month" name="answer_month" type="text" inputmode="numeric" aria-invalid="true">',
        html,
    )
    assertInHTML(
        '<label class="govuk-label govuk-date-input__label" for="id_answer_year">Year</label>',
        html,
    )
    assert 'role="group" aria-describedby="id_answer_helptext id_answer_error"' in html


def test_a_date_without_our_template_is_still_three_boxes_with_the_same_names():
    html = DateField().widget.render("due", date(2026, 3, 9), {"id": "id_due"})

    assertInHTML(
        '<input type="text" name="due_month" value="3" id="id_due_month">', html
    )


def test_a_file_field_is_a_file_upload():
    assertInHTML(
        '<input type="file" name="answer" class="govuk-file-upload" id="id_answer">',
        drawn(forms.FileField()),
    )


def test_a_password_can_be_shown():
    html = drawn(forms.CharField(widget=forms.PasswordInput))

    assert 'data-module="govuk-password-input"' in html
    assert 'aria-controls="id_answer"' in html
    assert "govuk-js-password-input-input" in html


def test_a_label_may_be_hidden_where_the_page_shows_it_otherwise():
    html = drawn(forms.CharField(), label_class="govuk-visually-hidden")

    assertInHTML(
        '<label class="govuk-label govuk-visually-hidden" for="id_answer">Answer</label>',
        html,
    )


def test_text_of_a_person_never_becomes_markup():
    field = forms.ChoiceField(
        label="<b>Owner</b>",
        choices=[("1", "<i>Lena</i>")],
        widget=forms.RadioSelect,
        help_text="<u>hint</u>",
    )

    html = drawn(field, {"answer": "<s>"})

    assert not any(tag in html for tag in ("<b>", "<i>", "<u>", "<s>"))


class LaidOutForm(GovukForm):
    title = forms.CharField()
    act = forms.ChoiceField(choices=[("y", "Yes")], widget=forms.RadioSelect)
    notes = forms.CharField(widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)

    def layout(self):
        return Layout(
            Fieldset("Answer", Field("title", css_class="govuk-input--width-20")),
            InlineRadios("act"),
            Div(Field("notes", rows=3), css_class="cse-notes"),
            HTML("<p>{{ words }}</p>"),
            ButtonHolder(
                Submit("save", "Save"),
                Submit("next", "Save and next", css_class="govuk-button--secondary"),
            ),
        )


def crispy(form, **context):
    page = Template("{% load crispy_forms_tags %}{% crispy form %}")
    return page.render(Context({"form": form, **context}))


def test_a_layout_groups_fields_and_keeps_the_hidden_ones():
    html = crispy(LaidOutForm(), words="Nearly done.")

    assert 'class="govuk-input govuk-input--width-20"' in html
    assert 'class="govuk-radios govuk-radios--inline"' in html
    assert 'rows="3"' in html
    assertInHTML(
        '<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">Answer</legend>',
        html,
    )
    assertInHTML('<input type="hidden" name="version" value="3" id="id_version">', html)
    assertInHTML("<p>Nearly done.</p>", html)


def test_buttons_of_a_layout_are_buttons_that_send_once():
    assertInHTML(
        """
        <button type="submit" name="next" value="Save and next" id="submit-id-next"
          class="govuk-button govuk-button--secondary" data-module="govuk-button"
          data-prevent-double-click="true">Save and next</button>
        """,
        crispy(LaidOutForm()),
    )


def test_a_form_without_a_layout_shows_all_its_fields_and_no_form_tag():
    form = type("PlainForm", (GovukForm,), {"a": forms.CharField(), "b": DateField()})

    html = crispy(form())

    assert "<form" not in html
    assert 'id="id_a"' in html
    assert 'id="id_b_day"' in html
