"""The page of all elements by keyboard: quick, and true about what is saved."""

import contextlib
from collections import Counter

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from assessments.ratings import Rating
from assessments.services.assessments import start_assessment
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.permissions import Role
from tests.browser.conftest import NARROW, WIDE
from tests.factories import confirmed, member

MOST_PRESSES = 130
KEYS = {"CP": "+", "C": "c", "PC": "p", "NC": "n"}
ALL_SAVED = "All changes saved"


class Keyboard:
    """The page's keyboard, with a count of what was pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def tab_to(self, selector: str, *, at_most: int = 40) -> None:
        """Press Tab until the element has the focus."""
        for _ in range(at_most):
            self.press("Tab")
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"{selector} was not reached with {at_most} tabs")


@pytest.fixture
def last_year(certification, cast) -> Assessment:
    """A confirmed full assessment of 2025: everything compliant."""
    assessment = start_assessment(
        certification=certification, year=2025, kind=Assessment.Kind.FULL, by=cast.lena
    )
    entries = [
        RatingEntry(result.pk, result.version, Rating.COMPLIANT, sampled=False)
        for result in assessment.results.all()
    ]
    rate_nodes(assessment=assessment, entries=entries, by=cast.lena)
    assessment.refresh_from_db()
    return confirmed(assessment, by=cast.lena)


@pytest.fixture
def review(last_year, open_assessment) -> Assessment:
    return open_assessment


@pytest.fixture
def open_grid(new_page, cast, review):
    """``open_grid(user)`` is that person's page of all elements, Lena's if not said."""

    def open_page(user=None, **options) -> Page:
        page = new_page(user=user or cast.lena, **options)
        page.goto(review.get_absolute_url())
        if options.get("java_script", True):
            expect(words(page)).to_have_text("Changes are saved as you make them")
        return page

    return open_page


@pytest.fixture
def grid(open_grid) -> Page:
    return open_grid()


def row(page: Page, ref: str):
    return page.locator(f'[id="row-{ref}"]')


def words(page: Page):
    return page.locator("[data-words]")


def result_of(assessment, ref):
    return assessment.results.get(node__ref=ref)


def plan() -> list[tuple[str, bool]]:
    """Rating and mark of 57 elements, as a review brings them: two in five sampled."""
    sampled = ["CP", "PC", "C", "NC", "C"]
    return [
        (sampled[number % 5], True) if number % 5 < 2 else ("C", False)
        for number in range(57)
    ]


def test_all_57_elements_are_rated_by_keyboard_in_at_most_130_presses(grid, review):
    keyboard = Keyboard(grid)
    keyboard.press("Tab", "Enter")  # the skip link
    keyboard.tab_to("[data-result]")

    for rating, is_sampled in plan():
        keyboard.press(*(["x"] if is_sampled else []), KEYS[rating])

    expect(words(grid)).to_have_text(ALL_SAVED)
    stored = [
        (result.rating, result.sampled)
        for result in sorted(
            review.results.select_related("node"),
            key=lambda result: [int(part) for part in result.node.ref.split(".")],
        )
    ]
    assert stored == plan()
    assert keyboard.presses <= MOST_PRESSES
    assert Event.objects.filter(assessment_id=review.pk, verb="rated").count() >= 57


def test_the_counts_follow_each_save(grid):
    row(grid, "1.1.1").focus()
    grid.keyboard.press("c")

    expect(grid.locator("#grid-counts-1")).to_contain_text("1 C, 0 PC, 0 NC, 10 not")
    expect(grid.locator("#grid-counts")).to_contain_text("Not rated")
    counted = Counter(grid.locator("#grid-counts dd").all_inner_texts())
    assert counted["56"] == 1
    expect(grid.locator("#grid-state")).to_have_text("In progress")


def test_the_keys_act_only_while_a_row_has_the_focus(grid, review):
    grid.locator("h1").click()
    grid.keyboard.press("c")
    row(grid, "1.1.1").focus()
    grid.keyboard.press("x")
    grid.keyboard.press("x")
    grid.keyboard.press("p")
    row(grid, "1.1.1").get_by_label("Reason for the change").fill("")
    grid.keyboard.type("cpnx")

    expect(row(grid, "1.1.1").locator("select")).to_have_value("PC")
    grid.keyboard.press("Enter")
    expect(words(grid)).to_have_text(ALL_SAVED)
    assert result_of(review, "1.1.1").reason == "cpnx"
    assert review.results.rated().count() == 1


def test_a_rating_that_still_owes_a_reason_keeps_the_focus(grid, review):
    row(grid, "1.1.1").focus()
    grid.keyboard.press("p")
    expect(row(grid, "1.1.1")).to_be_focused()

    grid.keyboard.press("x")
    grid.keyboard.press("p")

    expect(row(grid, "1.1.2")).to_be_focused()
    expect(words(grid)).to_have_text(ALL_SAVED)
    assert result_of(review, "1.1.1").sampled


def test_arrows_enter_and_escape_lead_through_the_rows(grid):
    row(grid, "1.1.1").focus()
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("ArrowUp")
    expect(row(grid, "1.1.2")).to_be_focused()

    grid.keyboard.press("Enter")
    expect(row(grid, "1.1.2").locator("select")).to_be_focused()
    grid.keyboard.press("c")
    expect(row(grid, "1.1.2").locator("select")).to_be_focused()
    grid.keyboard.press("Escape")
    expect(row(grid, "1.1.2")).to_be_focused()


def test_coming_back_from_an_element_leads_to_its_row(grid):
    row(grid, "2.1.4").get_by_role("link").click()
    grid.get_by_role("link", name="Back to all elements").click()

    expect(row(grid, "2.1.4")).to_be_focused()


def test_a_change_is_undone_and_the_undoing_is_saved(grid, review):
    row(grid, "1.1.1").focus()
    grid.keyboard.press("c")
    expect(words(grid)).to_have_text(ALL_SAVED)
    grid.keyboard.press("u")

    expect(row(grid, "1.1.1")).to_be_focused()
    expect(row(grid, "1.1.1").locator("select")).to_have_value("")
    expect(words(grid)).to_have_text(ALL_SAVED)
    assert result_of(review, "1.1.1").rating == ""


def test_a_whole_criterion_is_set_and_undone_at_once(grid, review):
    grid.get_by_role("button", name="Set criterion 2").click()
    expect(words(grid)).to_have_text(ALL_SAVED)
    assert review.results.filter(rating="C").count() == 11

    grid.get_by_role("button", name="Undo").click()
    expect(words(grid)).to_have_text(ALL_SAVED)
    assert not review.results.rated().exists()


def test_without_a_connection_each_row_stays_unsaved_until_it_is_back(grid, review):
    row(grid, "1.1.1").focus()
    grid.context.set_offline(True)
    grid.keyboard.press("c")
    grid.keyboard.press("c")

    expect(words(grid)).to_contain_text("2 changes not saved yet")
    for ref in ("1.1.1", "1.1.2"):
        expect(row(grid, ref)).to_contain_text("Not saved yet")
    assert not review.results.rated().exists()

    grid.context.set_offline(False)
    expect(words(grid)).to_have_text(ALL_SAVED)
    for ref in ("1.1.1", "1.1.2"):
        expect(row(grid, ref)).to_contain_text("Saved")
        assert result_of(review, ref).rating == "C"


def test_leaving_with_something_unsaved_asks_first(grid):
    row(grid, "1.1.1").focus()
    grid.context.set_offline(True)
    grid.keyboard.press("c")
    expect(words(grid)).to_contain_text("1 change not saved yet")

    with grid.expect_event("dialog") as asked:
        grid.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_a_crashed_tab_costs_no_rating_and_no_word(grid, review):
    row(grid, "1.1.1").focus()
    grid.keyboard.press("p")
    reason = row(grid, "1.1.1").get_by_label("Reason for the change")
    reason.press_sequentially("Said at the vis")
    grid.context.set_offline(True)
    row(grid, "1.1.2").focus()
    grid.keyboard.press("c")
    expect(words(grid)).to_contain_text("2 changes not saved yet")

    with grid.expect_event("crash"), contextlib.suppress(PlaywrightError):
        grid.goto("chrome://crash")
    context = grid.context
    grid.close()
    context.set_offline(False)
    later = context.new_page()
    later.goto(review.get_absolute_url())

    expect(words(later)).to_have_text(ALL_SAVED)
    stored = result_of(review, "1.1.1")
    assert (stored.rating, stored.reason) == ("PC", "Said at the vis")
    assert result_of(review, "1.1.2").rating == "C"


def test_a_lost_answer_is_no_clash_with_oneself(grid, review):
    def lose_answer(route):
        route.fetch()
        route.abort()

    grid.route("**/ratings/", lose_answer, times=1)
    row(grid, "1.1.1").focus()
    grid.keyboard.press("c")
    expect(row(grid, "1.1.1")).to_contain_text("Not saved yet")
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("x")
    grid.keyboard.press("+")

    expect(words(grid)).to_have_text(ALL_SAVED)
    stored = result_of(review, "1.1.1")
    assert (stored.rating, stored.sampled, stored.version) == ("CP", True, 3)


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_people_in_one_row_see_both_values_and_choose(
    open_grid, cast, review, choice, accessibility_problems
):
    lena, ada = open_grid(), open_grid(member(cast.ashby, Role.OFFICER))
    for page, key in ((lena, "p"), (ada, "+")):
        row(page, "1.1.1").focus()
        page.keyboard.press("x")
        page.keyboard.press(key)
        expect(words(page)).not_to_contain_text("Saving")

    expect(row(ada, "1.1.1")).to_contain_text(
        "Someone saved Partial compliance, sampled for 1.1.1"
    )
    expect(words(ada)).to_have_text("1 change not saved yet. Look at 1.1.1.")
    assert accessibility_problems(ada) == []
    name = "Use mine" if choice == "mine" else "Keep theirs"
    row(ada, "1.1.1").get_by_role("button", name=name).click()

    expect(words(ada)).to_have_text(ALL_SAVED)
    wanted = "CP" if choice == "mine" else "PC"
    expect(row(ada, "1.1.1").locator("select")).to_have_value(wanted)
    assert result_of(review, "1.1.1").rating == wanted


def test_signed_out_keeps_what_was_entered_and_saves_it_after_signing_in(
    grid, review, cast
):
    cookies = grid.context.cookies()
    grid.context.clear_cookies()
    row(grid, "1.1.1").focus()
    grid.keyboard.press("c")
    expect(words(grid)).to_contain_text("You are signed out")

    grid.context.add_cookies(cookies)
    grid.get_by_role("button", name="Try again now").click()
    expect(words(grid)).to_have_text(ALL_SAVED)
    assert result_of(review, "1.1.1").rating == "C"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_page_is_accessible_also_with_a_question_in_a_row(
    open_grid, accessibility_problems, viewport
):
    page = open_grid(viewport=viewport)
    assert accessibility_problems(page) == []

    row(page, "1.1.1").focus()
    page.keyboard.press("p")
    expect(row(page, "1.1.1")).to_contain_text("1.1.1 was Compliant in 2025")
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_the_filter_and_the_place_stay(open_grid, review):
    page = open_grid(java_script=False)
    page.goto(f"{review.get_absolute_url()}?show=not-rated&criterion=2")
    row(page, "2.1.1").locator("select").select_option("C")
    page.get_by_role("button", name="Save all changes").click()

    expect(row(page, "2.1.1")).to_have_count(0)
    assert page.url.endswith("?show=not-rated&criterion=2#criterion-2")
    assert result_of(review, "2.1.1").rating == "C"
