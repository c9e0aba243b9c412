from django import forms
from django.forms import formset_factory
from django.template import Context, Template

from cse_tracker.core.forms import DateField, GovukForm, Problem
from cse_tracker.core.forms.problems import problems_on_page


class ActionForm(GovukForm):
    title = forms.CharField()
    status = forms.ChoiceField(
        choices=[("open", "Open"), ("done", "Done")], widget=forms.RadioSelect
    )
    elements = forms.MultipleChoiceField(
        choices=[("1.1.1", "1.1.1")], widget=forms.CheckboxSelectMultiple
    )
    due_on = DateField(label="Due date")
    version = forms.IntegerField(widget=forms.HiddenInput)


def problems(**context):
    return problems_on_page(Context(context))


def test_each_problem_leads_to_an_input_that_is_on_the_page():
    form = ActionForm({"due_on_day": "3", "due_on_year": "2026"})
    page = Template("{% load crispy_forms_tags %}{% crispy form %}")
    html = page.render(Context({"form": form}))

    targets = [problem.target for problem in problems(form=form) if problem.target]

    assert targets == ["id_title", "id_status_0", "id_elements_0", "id_due_on_month"]
    assert [t for t in targets if html.count(f'id="{t}"') != 1] == []


def test_a_problem_with_no_input_to_go_to_is_told_without_a_link():
    form = ActionForm({})
    form.add_error(None, "Someone changed this after you opened it.")

    found = problems(form=form)

    assert found[0] == Problem("Someone changed this after you opened it.")
    assert found[-1] == Problem("Enter the version")


def test_problems_of_all_forms_on_the_page_stand_together_and_once():
    first, second = ActionForm({}, prefix="a"), ActionForm({}, prefix="b")

    found = problems(form=first, same=first, others=[second])

    assert [p.target for p in found if "title" in p.target] == [
        "id_a-title",
        "id_b-title",
    ]


def test_each_form_of_a_formset_is_looked_into():
    formset = formset_factory(ActionForm, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    )

    targets = [problem.target for problem in problems(formset=formset)]

    assert "id_form-0-title" in targets
    assert "id_form-1-title" in targets


def test_a_view_that_reads_its_fields_by_itself_adds_its_own_problems():
    own = Problem("Select a rating for 1.1.1", "rating-1-1-1")

    assert problems(problems=[own]) == [own]


def test_a_form_nobody_sent_has_no_problems():
    assert problems(form=ActionForm(), name="Ashby", count=3) == []
