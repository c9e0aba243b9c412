"""The pages about wording: compared in an import, listed, changed and restored."""

import pytest
from django.urls import reverse

from assessments.models import Wording
from assessments.services.certifications import certification_of
from assessments.tree import Kind
from reports.facts import collect_many
from tests.assessments.importing.conftest import (
    certification,
    staged_run,
    three_years,
)
from tests.assessments.importing.runs import bring_in
from tests.assessments.importing.test_import_views import payload
from tests.factories import confirmed
from tests.pages import form_of, text_of

__all__ = ["certification", "staged_run", "three_years"]  # fixtures
pytestmark = pytest.mark.django_db
WORDS = "We keep mooring rule 1.1.1, in fair weather; and in foul"


def url(name, *args):
    return reverse(f"assessments:{name}", args=["ashby", *args])


@pytest.fixture
def lena(signed_in, cast, certification):
    return signed_in(cast.lena)


@pytest.fixture
def adopted(staged_run, cast):
    return bring_in(staged_run, by=cast.lena, wording=True)


def test_the_preview_asks_whether_to_adopt_and_compares(lena, staged_run):
    preview = text_of(lena.get(url("import_preview", staged_run.pk)))
    side_by_side = text_of(lena.get(url("import_wording", staged_run.pk)))

    assert "Adopt the wording of this file for 18 elements" in preview
    assert "18 elements in other words than ours" in side_by_side
    assert WORDS in side_by_side
    assert "Not adopted yet" in side_by_side


def test_the_comparison_leads_to_the_box_that_adopts(lena, staged_run):
    preview = url("import_preview", staged_run.pk)
    side_by_side = lena.get(url("import_wording", staged_run.pk)).content.decode()

    assert f'href="{preview}#id_wording"' in side_by_side
    assert 'id="id_wording"' in lena.get(preview).content.decode()


def test_ticking_the_box_adopts_with_the_years(lena, staged_run):
    lena.post(url("import_preview", staged_run.pk), payload(staged_run, wording="on"))

    assert Wording.objects.count() == 18


def test_wording_can_be_adopted_from_an_import_that_is_done(lena, staged_run, cast):
    run = bring_in(staged_run, by=cast.lena)

    page = url("import_wording", run.pk)

    page = lena.post(page, form_of(lena.get(page)).values, follow=True)

    assert "18 elements now in the file's wording." in text_of(page)
    assert "18 elements as shown now" in text_of(page)


@pytest.mark.parametrize(
    "path",
    [
        "standard/1.1.1/",
        "standard/?q=mooring",
        "assessments/2018-review/1.1.1/",
        "progression/?statements=on",
        "progression/export/?format=csv",
        "assessments/2018-review/1.1.1/findings/new/",
    ],
)
def test_every_place_shows_the_adopted_wording(lena, adopted, path):
    page = lena.get(f"/o/ashby/{path}")

    assert page.status_code == 200
    assert WORDS in page.content.decode()


def test_papers_print_the_adopted_wording(adopted, certification, cast):
    assessment = confirmed(certification.assessments.get(year=2018), by=cast.cass)

    [first, *_] = collect_many([assessment])[assessment.pk].progression.rows

    assert (first.node.kind, first.node.statement) == (Kind.ELEMENT, WORDS)


def test_the_list_shows_both_wordings_and_where_one_comes_from(lena, adopted):
    page = text_of(lena.get(url("wording")))

    assert "All 18 elements are shown and printed in the wording of your own" in page
    assert WORDS in page
    assert "From annex.xlsx, sheet Annex, row 4, column B" in page


def test_one_element_is_restored_and_shown_again(lena, adopted):
    switch = url("wording_switch", "1.1.1")

    page = lena.post(switch, {"version": 1, "to": "ours"}, follow=True)
    assert "1.1.1 is in our words again." in text_of(page)
    assert WORDS not in text_of(lena.get("/o/ashby/standard/1.1.1/"))

    page = lena.post(switch, {"version": 1, "to": "adopted"}, follow=True)
    assert "changed this" in text_of(page)
    lena.post(switch, {"version": 2, "to": "adopted"})
    assert WORDS in text_of(lena.get("/o/ashby/standard/1.1.1/"))


def test_one_element_in_the_wording_of_your_own_is_told_in_the_singular(lena, adopted):
    lena.post(url("wording_switch_all"), {"to": "ours"})
    lena.post(url("wording_switch", "1.1.1"), {"version": 2, "to": "adopted"})

    assert "1 of 18 elements is shown and printed" in text_of(lena.get(url("wording")))


def test_everything_is_restored_at_once(lena, adopted):
    page = lena.post(url("wording_switch_all"), {"to": "ours"}, follow=True)

    assert "All 18 elements are shown and printed in our words." in text_of(page)


def test_words_typed_by_hand_are_tidied_and_shown(lena, certification):
    typed = {
        "version": 0,
        "statement": "We moor  with\ncare.",
        "guidance": "Logs\n\nBooks",
    }

    lena.post(url("wording_edit", "1.1.1"), typed)

    page = text_of(lena.get("/o/ashby/standard/1.1.1/"))
    assert "We moor with care." in page
    assert "Logs Books" in page


@pytest.mark.parametrize(
    ("statement", "breaks_off"),
    [
        ("We keep our standards,", True),
        ("We keep our standards and", True),
        ("We keep our standards", False),
    ],
)
def test_a_statement_whose_rest_is_in_sub_elements_is_pointed_out(
    lena, certification, statement, breaks_off
):
    typed = {"version": 0, "statement": statement, "guidance": ""}
    lena.post(url("wording_edit", "1.1.1"), typed)

    page = text_of(lena.get(url("wording")))

    assert ("It breaks off here" in page) is breaks_off


def test_the_second_of_two_sees_what_the_first_saved(lena, adopted):
    typed = {"version": 1, "statement": "We moor with care.", "guidance": ""}
    lena.post(url("wording_edit", "1.1.1"), typed)

    page = lena.post(url("wording_edit", "1.1.1"), typed | {"statement": "At dawn."})

    assert page.status_code == 409
    assert "We keep mooring rule 1.1.1" in text_of(page)
    lena.post(
        url("wording_edit", "1.1.1"),
        form_of(page).sending(**{"keep-statement": "mine"}),
    )
    assert "At dawn." in text_of(lena.get("/o/ashby/standard/1.1.1/"))


def test_the_list_costs_the_same_with_and_without_wording(
    lena, staged_run, cast, queries_for
):
    few = queries_for(lena, url("wording"))
    bring_in(staged_run, by=cast.lena, wording=True)

    assert queries_for(lena, url("wording")) == few


def test_without_a_certification_everything_is_in_our_words(signed_in, cast, standard):
    certification_of(organisation=cast.elsewhere)
    page = signed_in(cast.sam).get(reverse("assessments:wording", args=["elsewhere"]))

    assert "All 57 elements are shown and printed in our words." in text_of(page)
