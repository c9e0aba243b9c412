"""What checks find, on every page where it is shown; flags accepted and opened again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, CheckAcceptance, Result
from cse_tracker.accounts.models import Event
from tests.pages import text_of

pytestmark = pytest.mark.django_db
REASON = "The assessor's report is lost"


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def address(cast, partial_review):
    """``address("check_accept", "CHK-301")`` is a page about the review's checks."""

    def of(name="checks", *more):
        args = [cast.ashby.slug, partial_review.slug, *more]
        return reverse(f"overview:{name}", args=args)

    return of


def found(client, url):
    """How many rows the page of checks shows."""
    return client.get(url).text.count("1.1.1 is PC in 2026")


@pytest.fixture
def accepted(lena, address, partial_review):
    """The partial without a comment, accepted on the page."""
    url = address("check_accept", "CHK-301")
    choice = choice_on(lena.get(url))
    lena.post(url, {"chosen": choice, "reason": REASON})
    return CheckAcceptance.objects.get()


def choice_on(page):
    [(value, _)] = page.context["form"].fields["chosen"].choices
    return value


def test_the_page_of_checks_says_what_why_and_where(lena, address, partial_review):
    page = lena.get(address())

    words = text_of(page)
    assert "1 flag open" in words
    assert "CHK-301" in words
    assert "Enter the assessor's comment" in words
    assert f"{partial_review.url_of('1.1.1')}#comments" in page.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("?kind=flag&criterion=1", 1),
        ("?kind=error", 0),
        ("?criterion=2", 0),
        ("?state=accepted", 0),
        ("?state=nonsense", 1),
    ],
)
def test_the_filter_stands_in_the_address(lena, address, query, count):
    assert found(lena, f"{address()}{query}") == count


def test_a_flag_is_accepted_with_a_reason_and_opened_again(
    lena, address, accepted, cast
):
    words = text_of(lena.get(f"{address()}?state=accepted"))
    assert f"Accepted by {cast.lena}" in words
    assert REASON in words
    assert found(lena, address()) == 0

    lena.post(address("check_withdraw", accepted.pk))

    assert found(lena, address()) == 1
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))[-2:]
    assert verbs == ["accepted", "withdrew the acceptance of"]


def test_a_flag_opens_by_itself_when_its_data_changes(lena, address, accepted):
    Result.objects.filter(assessment__year=2026, node__ref="1.1.1").update(rating="NC")

    words = text_of(lena.get(address()))

    said = f"Accepted before with the reason “{REASON}”, and the data changed since."
    assert said in words


def test_what_changed_after_the_page_was_opened_is_not_accepted(lena, address):
    url = address("check_accept", "CHK-301")
    choice = choice_on(lena.get(url))
    Result.objects.filter(assessment__year=2026, node__ref="1.1.1").update(rating="NC")

    page = lena.post(url, {"chosen": choice, "reason": REASON})

    assert "has changed since you opened this page" in page.text
    assert not CheckAcceptance.objects.exists()


def test_an_acceptance_says_why(lena, address):
    url = address("check_accept", "CHK-301")

    page = lena.post(url, {"chosen": choice_on(lena.get(url)), "reason": " "})

    assert "Enter the reason" in page.text


def test_accepting_leads_back_to_where_it_was_asked(lena, address, partial_review):
    element = partial_review.url_of("1.1.1")
    url = f"{address('check_accept', 'CHK-301')}?ref=1.1.1&next={element}"

    page = lena.post(url, {"chosen": choice_on(lena.get(url)), "reason": REASON})

    assert page.url == element


@pytest.mark.parametrize("number", ["CHK-105", "CHK-104", "CHK-999"])
def test_errors_and_what_only_files_have_cannot_be_accepted(lena, address, number):
    assert lena.get(address("check_accept", number)).status_code == 404


def test_an_element_shows_its_own_checks_and_no_other_ones(lena, partial_review):
    assert "CHK-301" in lena.get(partial_review.url_of("1.1.1")).text
    assert "CHK-301" not in lena.get(partial_review.url_of("1.1.2")).text


@pytest.mark.parametrize("page", ["grid", "element", "checks", "home"])
def test_a_page_with_checks_reads_the_tree_once(lena, partial_review, address, page):
    urls = {
        "grid": partial_review.get_absolute_url(),
        "element": partial_review.url_of("1.1.1"),
        "checks": address(),
        "home": "/o/ashby/",
    }
    with CaptureQueriesContext(connection) as queries:
        lena.get(urls[page])

    assert sum("UNION ALL" in query["sql"] for query in queries) == 1


def test_the_grid_counts_what_is_open_and_shows_it_alone_if_asked(
    lena, partial_review, address
):
    grid = partial_review.get_absolute_url()

    assert "Checks (1 open)" in text_of(lena.get(grid))
    narrowed = lena.get(f"{grid}?show=to-check")
    assert "1 to check" in narrowed.text
    assert 'id="row-1.1.1"' in narrowed.text
    assert 'id="row-1.1.2"' not in narrowed.text


def test_home_says_what_is_open_to_who_may_accept_it(
    lena, cast, signed_in, partial_review, address
):
    home = cast.ashby.get_absolute_url()

    assert address() in lena.get(home).text
    assert "1 flag to check" in text_of(lena.get(home))
    assert "to check" not in text_of(signed_in(cast.mo).get(home))


def test_a_manager_looks_and_does_not_accept(cast, signed_in, address):
    page = signed_in(cast.mo).get(address())

    assert page.status_code == 200
    assert address("check_accept", "CHK-301") not in page.text


def test_a_paper_says_what_is_open_before_it_is_ordered(lena, cast, address):
    order = reverse("reports:order", args=[cast.ashby.slug, "progression_annex"])

    page = lena.get(order)

    assert address() in page.text
    assert "1 flag to check" in text_of(page)


@pytest.mark.slow
def test_what_is_only_planned_is_told_before_it_is_locked_and_can_be_accepted(
    cast, signed_in, certification, address
):
    """The pages where somebody still enters stay quiet about it."""
    Assessment.objects.filter(year=2025).update(kind="review")
    certification.cycle_starts_in, certification.cycle_years = 2025, 2
    certification.save()
    Result.objects.filter(assessment__year=2026).update(planned_for_sampling=True)
    approver = signed_in(cast.cass)
    slugs = [cast.ashby.slug, "2026-review"]

    assert "CHK-401" not in approver.get(address()).text
    page = approver.get(reverse("assessments:confirm", args=slugs))
    closing = f"{address()}?closing=1"
    assert closing in page.text
    assert "CHK-401" in approver.get(closing).text
    accepting = approver.get(f"{address('check_accept', 'CHK-401')}?closing=1")
    assert "was not sampled" in accepting.text
