"""An action goes on: open, it follows into the next assessment; closed, it asks for a look."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from actions.models import Action, ActionFinding
from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from assessments.models import Assessment, Finding
from assessments.ratings import Rating
from tests.action_states import put_in
from tests.assessments.past import assess
from tests.factories import FindingFactory, invited_assessor
from tests.pages import form_of, rows_of, text_of

pytestmark = pytest.mark.django_db
Status = Action.Status
STILL_OPEN = "Action 1: Agree recovery plans"


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def past(cast, certification):
    """The review of 2025, in which 4.1.2 was partial."""
    certification.cycle_starts_in = 2024
    certification.save()
    year = assess(
        certification,
        2025,
        {"4.1.2": "PC", "1.1.1": "C"},
        by=cast.lena,
        sampled=["4.1.2"],
    )
    Assessment.objects.filter(pk=year.pk).update(
        visit_starts_on=date(2025, 10, 8), visit_ends_on=date(2025, 10, 9)
    )
    return Assessment.objects.of(cast.ashby).get(pk=year.pk)


@pytest.fixture
def answering(cast):
    """``answering("Title", assessment, "4.1.2")``: an action that answers a comment there."""

    def plan(title, assessment, ref=None, status=Status.ON_TRACK) -> Action:
        node = assessment.results.get(node__ref=ref).node_id if ref else None
        finding = FindingFactory.create(
            assessment=assessment, node_id=node, kind=Finding.Kind.COMPLIANCE
        )
        action = plan_action(
            organisation=cast.ashby,
            details=ActionDetails(title=title),
            finding=finding,
            by=cast.lena,
        )
        return put_in(action, status)

    return plan


@pytest.fixture
def action(answering, past):
    """Action 1, open, about 4.1.2 in 2025."""
    return answering("Agree recovery plans", past, "4.1.2")


@pytest.fixture
def review(cast, certification, past):
    """The review of 2026, with what was carried into it."""
    return assess(certification, 2026, {}, by=cast.lena, is_confirmed=False)


def close(action, moment):
    put_in(action, Status.CLOSED)
    Action.objects.filter(pk=action.pk).update(finished_at=moment)


def plan_url(assessment, name="sampling"):
    return reverse(f"assessments:{name}", args=["ashby", assessment.slug])


def row_of(page, ref):
    [row] = [row for row in rows_of(page) if row and row[0].startswith(ref)]
    return " ".join(row)


def test_an_open_action_stands_at_its_element_in_the_next_assessment(
    lena, action, review
):
    words = text_of(lena.get(review.url_of("4.1.2")))

    assert "Actions of earlier years" in words
    assert STILL_OPEN in words
    assert "From 2025, still open" in words


def test_it_stands_at_no_other_element_and_not_in_its_own_year(
    lena, action, review, past
):
    assert STILL_OPEN not in text_of(lena.get(review.url_of("1.1.1")))
    assert "still open" not in text_of(lena.get(past.url_of("4.1.2")))


@pytest.mark.parametrize("status", [Status.CLOSED, Status.DECLINED])
def test_a_finished_action_does_not_follow(lena, action, review, status):
    put_in(action, status)

    assert STILL_OPEN not in text_of(lena.get(review.url_of("4.1.2")))
    assert "still open" not in text_of(lena.get(review.get_absolute_url()))


def test_what_waits_to_be_checked_is_still_open(lena, action, review):
    put_in(action, Status.DONE)

    assert "From 2025, still open" in text_of(lena.get(review.url_of("4.1.2")))


def test_an_action_of_a_withdrawn_comment_does_not_follow(lena, cast, action, review):
    finding = action.findings.get()
    Finding.objects.filter(pk=finding.pk).update(withdrawn_at=datetime.now(tz=UTC))

    assert "still open" not in text_of(lena.get(review.get_absolute_url()))


def test_it_is_said_once_where_it_also_answers_a_comment_of_this_year(
    lena, cast, action, review
):
    finding = FindingFactory.create(
        assessment=review, node_id=action.findings.get().node_id
    )
    ActionFinding.objects.create(
        organisation=cast.ashby, action=action, finding=finding
    )

    assert text_of(lena.get(review.url_of("4.1.2"))).count(STILL_OPEN) == 1


def test_it_is_known_by_the_first_year_that_asked_for_it(
    lena, cast, certification, action, review
):
    later = assess(certification, 2027, {}, by=cast.lena, is_confirmed=False)
    finding = FindingFactory.create(
        assessment=review, node_id=action.findings.get().node_id
    )
    ActionFinding.objects.create(
        organisation=cast.ashby, action=action, finding=finding
    )

    assert "From 2025, still open" in text_of(lena.get(later.url_of("4.1.2")))


def test_the_page_of_all_elements_shows_it_in_its_row_and_counts_all(
    lena, action, answering, past, review
):
    answering("Thank the team", past)

    page = lena.get(review.get_absolute_url())

    assert "Action 1 from 2025, still open" in row_of(page, "4.1.2")
    assert "still open" not in row_of(page, "1.1.1")
    assert "2 actions of earlier years still open" in text_of(page)


def test_the_count_leads_to_exactly_these_actions(
    lena, action, answering, past, review
):
    answering("Of this year", review, "1.1.1")
    answering("Closed", past, "4.1.2", status=Status.CLOSED)
    unsaid = answering("Of a comment that was withdrawn", past, "4.1.2")
    unsaid.findings.update(withdrawn_at=datetime.now(tz=UTC))
    page = lena.get(review.get_absolute_url())
    address = "/o/ashby/actions/?before=2026-review"
    assert f'href="{address}"' in page.text

    listed = lena.get(address)

    assert [row[1] for row in rows_of(listed)] == ["Agree recovery plans"]
    assert "The 2026 review" in text_of(listed)


def test_an_assessment_that_is_not_there_hides_no_action(lena, action):
    listed = lena.get("/o/ashby/actions/?before=2031-review")

    assert [row[1] for row in rows_of(listed)] == ["Agree recovery plans"]


def test_neither_an_assessor_nor_the_governing_body_is_told_of_actions(
    signed_in, cast, action, review
):
    tess = invited_assessor(review).user

    for user in (tess, cast.vik):
        for url in (review.get_absolute_url(), review.url_of("4.1.2")):
            assert "still open" not in text_of(signed_in(user).get(url))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "The 2026 review is started."),
        (1, "is started. 1 open action of earlier years follows into it."),
        (3, "is started. 3 open actions of earlier years follow into it."),
    ],
)
def test_starting_the_next_assessment_says_how_many_follow(
    lena, answering, past, count, words
):
    for number in range(count):
        answering(f"Idea {number}", past, "4.1.2")
    url = reverse("overview:start_next", args=["ashby", past.slug])

    page = lena.post(url, form_of(lena.get(url)).sending(), follow=True)

    assert words in text_of(page)
    assert ("follow" in text_of(page)) == bool(count)


def test_the_next_plan_says_which_action_was_closed_since_the_partial_was_found(
    lena, action, review
):
    close(action, datetime(2026, 3, 3, 12, tzinfo=UTC))

    reason = "Open partial. Action 1 on it was closed on 3 March 2026"
    assert reason in row_of(lena.get(plan_url(review)), "4.1.2")
    assert reason in row_of(lena.get(plan_url(review, "sampling_print")), "4.1.2")


def test_what_the_visit_saw_done_and_still_found_partial_is_no_reason(
    lena, action, review
):
    close(action, datetime(2025, 9, 30, 12, tzinfo=UTC))

    assert "was closed" not in text_of(lena.get(plan_url(review)))


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 3)])
def test_what_was_closed_after_the_visit_was_no_reason_for_it(
    lena, action, review, day
):
    Assessment.objects.filter(pk=review.pk).update(
        visit_starts_on=date(2026, 3, 1), visit_ends_on=day
    )
    close(action, datetime(2026, 3, 3, 12, tzinfo=UTC))

    is_told = "was closed" in text_of(lena.get(plan_url(review)))
    assert is_told == (day == date(2026, 3, 3))


def test_a_compliant_element_needs_no_other_look(lena, answering, past, review):
    other = answering("Ask tenants", past, "1.1.1")
    close(other, datetime(2026, 3, 3, 12, tzinfo=UTC))

    assert "was closed" not in text_of(lena.get(plan_url(review)))


def test_before_the_next_assessment_the_officer_is_told_to_ask_for_another_look(
    lena, action, past
):
    close(action, datetime(2026, 3, 3, 12, tzinfo=UTC))

    words = text_of(lena.get(reverse("overview:start_next", args=["ashby", past.slug])))

    assert "Ask the assessor to look again at 4.1.2: action 1 is closed" in words
    assert "No action is under way." not in words


def test_a_withdrawn_comment_asks_for_no_other_look(lena, action, past, review):
    Finding.objects.update(withdrawn_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    close(action, datetime(2026, 3, 3, 12, tzinfo=UTC))

    assert "was closed" not in text_of(lena.get(plan_url(review)))


def test_a_closed_action_changes_no_rating(lena, action, past, review):
    close(action, datetime(2026, 3, 3, 12, tzinfo=UTC))
    lena.get(plan_url(review))
    lena.get(reverse("overview:start_next", args=["ashby", past.slug]))

    for assessment in (past, review):
        assert assessment.results.get(node__ref="4.1.2").rating == Rating.PARTIAL


@pytest.mark.slow
def test_the_pages_cost_the_same_for_many_actions(
    lena, queries_for, answering, past, review
):
    urls = [review.get_absolute_url(), review.url_of("4.1.2"), plan_url(review)]

    def add(count):
        for number in range(count):
            action = answering(f"Idea {number}", past, "4.1.2")
            if number % 2:
                close(action, datetime(2026, 3, 3, 12, tzinfo=UTC))

    add(4)
    few = [queries_for(lena, url) for url in urls]
    add(30)

    assert [queries_for(lena, url) for url in urls] == few
