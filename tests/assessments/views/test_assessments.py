from datetime import date

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.ratings import Rating
from assessments.services.assessments import hand_to_approver, unlock_assessment
from tests.factories import confirmed
from tests.pages import form_of, text_of

CONFLICT = 409


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def cass(cast, signed_in):
    return signed_in(cast.cass)


def url(name, assessment):
    return reverse(
        f"assessments:{name}", args=[assessment.organisation.slug, assessment.slug]
    )


def visit_in(month):
    """The boxes of a visit on the first two days of a month."""
    return {
        f"visit_{end}_on_{part}": value
        for end, day in (("starts", "1"), ("ends", "2"))
        for part, value in (("day", day), ("month", month), ("year", "2026"))
    }


def start_url(cast):
    return reverse("assessments:start", args=[cast.ashby.slug])


def test_starting_an_assessment_leads_to_its_elements(lena, cast, certification):
    page = lena.post(start_url(cast), {"year": 2026, "kind": "initial"}, follow=True)

    assert "2026 initial assessment" in page.text
    assert Assessment.objects.get(organisation=cast.ashby).results.count() == 57


def test_years_without_an_assessment_before_it_are_remarked(lena, cast, certification):
    pages = [
        text_of(lena.post(start_url(cast), {"year": year, "kind": kind}, follow=True))
        for year, kind in ((2019, "initial"), (2020, "review"), (2024, "review"))
    ]

    said = (
        "There is no assessment in 2021 to 2023, so changes in 2024 are changes since"
    )
    assert [said in page for page in pages] == [False, False, True]


def test_a_double_click_starts_one_assessment(lena, cast, certification):
    key = "0d6f0f55-6a6b-4b5e-9f5c-8f6f0e6f2f11"
    data = {"year": 2026, "kind": "initial", "submission_key": key}

    first = lena.post(start_url(cast), data)
    second = lena.post(start_url(cast), data)

    assert first.headers["Location"] == second.headers["Location"]
    assert certification.assessments.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"year": ""}, "Enter the year"),
        ({"year": 2090}, "or earlier"),
        ({"year": 2001}, "2008"),
        ({"kind": ""}, "Select the kind"),
        ({"visit_ends_on_day": "3", "visit_ends_on_month": "3"}, "must include"),
    ],
)
def test_what_is_missing_or_impossible_is_said(lena, cast, certification, wrong, words):
    data = {"year": 2026, "kind": "review"} | wrong

    page = lena.post(start_url(cast), data)

    assert words in page.text
    assert "<title>Error: " in page.text
    assert not certification.assessments.exists()


def test_a_second_assessment_of_the_kind_is_refused_with_words(
    lena, cast, open_assessment
):
    page = lena.post(start_url(cast), {"year": 2026, "kind": "review"})

    assert "2026 already has a review. Open that one instead." in page.text


def test_details_are_kept(lena, open_assessment):
    data = {
        "version": 1,
        "visit_code": "Y1",
        "visit_starts_on_day": "3",
        "visit_starts_on_month": "3",
        "visit_starts_on_year": "2026",
        "outcome": "Retained",
    }

    page = lena.post(url("details", open_assessment), data, follow=True)

    assert "3 March 2026" in page.text
    assert "Retained" in page.text


def test_the_second_to_save_details_is_told(lena, open_assessment):
    url_ = url("details", open_assessment)
    lena.post(url_, {"version": 1, "outcome": "Retained"})

    page = lena.post(url_, {"version": 1, "outcome": "Lost"})

    assert page.status_code == CONFLICT
    assert "There now [new: Retained] You typed [new: Lost]" in text_of(page)
    open_assessment.refresh_from_db()
    assert open_assessment.outcome == "Retained"


def test_whoever_chooses_field_by_field_loses_nobodys_words(lena, open_assessment):
    url_ = url("details", open_assessment)
    opened = form_of(lena.get(url_))
    lena.post(url_, opened.sending(outcome="Retained", people_met="Ann"))
    page = lena.post(url_, opened.sending(outcome="Lost", overview="Good."))

    lena.post(url_, form_of(page).sending(**{"keep-outcome": "theirs"}))

    open_assessment.refresh_from_db()
    assert (open_assessment.outcome, open_assessment.people_met) == ("Retained", "Ann")
    assert open_assessment.overview == "Good."


def test_days_that_two_people_chose_must_be_possible_together(lena, open_assessment):
    url_ = url("details", open_assessment)
    opened = form_of(lena.get(url_))
    lena.post(url_, opened.sending(**visit_in("4")))
    page = lena.post(url_, opened.sending(**visit_in("3")))

    choices = {"keep-visit_starts_on": "theirs", "keep-visit_ends_on": "mine"}
    again = lena.post(url_, form_of(page).sending(**choices))

    assert "last day of the visit must not be before the first" in again.text
    choices = {"keep-visit_starts_on": "theirs", "keep-visit_ends_on": "theirs"}
    lena.post(url_, form_of(again).sending(**choices))
    open_assessment.refresh_from_db()
    assert open_assessment.visit_ends_on == date(2026, 4, 2)


def test_whoever_has_seen_both_details_can_save_theirs(lena, open_assessment):
    url_ = url("details", open_assessment)
    lena.post(url_, {"version": 1, "outcome": "Retained"})
    refused = lena.post(url_, {"version": 1, "outcome": "Lost"})

    assert 'name="version" value="2"' in refused.text
    lena.post(url_, {"version": 2, "outcome": "Lost"})

    open_assessment.refresh_from_db()
    assert open_assessment.outcome == "Lost"


def test_an_officer_hands_over_and_an_approver_confirms(
    lena, cass, cast, open_assessment
):
    result = open_assessment.results.get(node__ref="1.1.1")
    lena.post(
        open_assessment.get_absolute_url(),
        {
            f"seen-{result.pk}": "1::0",
            f"rating-{result.pk}": "C",
            f"sampled-{result.pk}": "on",
        },
    )
    lena.post(url("hand_over", open_assessment), {"version": 1})

    look = cass.get(url("confirm", open_assessment))
    done = cass.post(url("confirm", open_assessment), {"version": 2}, follow=True)

    assert "Elements without a rating: 56" in look.text
    assert "The 2026 review is confirmed." in done.text


def test_an_officer_cannot_confirm(lena, open_assessment):
    assert lena.post(url("confirm", open_assessment), {"version": 1}).status_code == 403


def test_who_confirms_a_changed_assessment_is_told_what_happened_and_may_go_on(
    cass, cast, open_assessment
):
    result = open_assessment.results.get(node__ref="1.1.1")
    result.rating = Rating.COMPLIANT.value
    result.save()
    opened = form_of(cass.get(url("confirm", open_assessment)))
    hand_to_approver(assessment=open_assessment, seen_version=1, by=cast.lena)

    page = cass.post(url("confirm", open_assessment), opened.sending())

    words = text_of(page)
    assert "This assessment was changed after you opened the page." in words
    assert "Lena Hart moved it on" in words
    assert "State: Planned → With the approver" in words
    cass.post(url("confirm", open_assessment), form_of(page).sending())
    open_assessment.refresh_from_db()
    assert not open_assessment.is_open


def test_who_unlocks_what_was_opened_and_confirmed_again_is_told_why(
    cass, cast, open_assessment
):
    assessment = confirmed(open_assessment, by=cast.cass)
    opened = form_of(cass.get(url("unlock", assessment)))
    assessment = unlock_assessment(
        assessment=assessment, seen_version=2, reason="A late report", by=cast.ada
    )
    confirmed(assessment, by=cast.cass)

    page = cass.post(url("unlock", assessment), opened.sending(reason="A typing slip"))

    assert "Ada Brook unlocked it" in text_of(page)
    assert "Reason: A late report" in text_of(page)
    again = form_of(page)
    assert again.values["reason"] == ["A typing slip"]
    cass.post(url("unlock", assessment), again.sending())
    assessment.refresh_from_db()
    assert assessment.is_open


def test_unlocking_asks_why(cass, cast, open_assessment):
    locked = confirmed(open_assessment, by=cast.cass)

    refused = cass.post(url("unlock", locked), {"version": locked.version})
    opened = cass.post(
        url("unlock", locked),
        {"version": locked.version, "reason": "4.1.2 was misread"},
        follow=True,
    )

    assert "Enter the reason for unlocking this assessment" in refused.text
    assert "The 2026 review is open again." in opened.text


def test_the_list_counts_elements_and_says_what_to_do_when_empty(
    lena, cast, certification
):
    page = lena.get(reverse("assessments:list", args=[cast.ashby.slug]))

    assert "No assessments yet" in page.text
    assert "Bring past years in" in page.text


def test_the_list_costs_the_same_for_many_assessments(
    lena, cast, assessment_with, queries_for
):
    url_ = reverse("assessments:list", args=[cast.ashby.slug])
    assessment_with(nodes=5)
    few = queries_for(lena, url_)
    for nodes in (6, 7, 8, 9):
        assessment_with(nodes=nodes)

    assert queries_for(lena, url_) == few


def test_without_a_standard_each_page_says_what_to_do(cast, signed_in):
    lena = signed_in(cast.lena)

    for name in ("start", "certification"):
        page = lena.get(reverse(f"assessments:{name}", args=["ashby"]))
        assert page.status_code == 409
        assert "No standard is loaded yet." in page.text


def test_an_element_without_a_result_counts_as_not_rated_in_the_list(
    lena, cast, open_assessment
):
    open_assessment.results.filter(node__ref="1.1.1").delete()

    [(_, counts)] = lena.get(reverse("assessments:list", args=["ashby"])).context[
        "assessments"
    ]

    assert (counts.blank, counts.total) == (57, 57)
