"""Everyone can use it: each page, for each role, on a wide and on the narrowest screen.

The pages are found by their links, so that a new page is looked at without being named here.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from cse_tracker.accounts.models import ImportRun
from cse_tracker.accounts.permissions import INVITED_TO_RATE, ROLE_PERMISSIONS, Role
from tests.architecture.route_table import INSIDE
from tests.architecture.source_files import fail_with
from tests.browser.form_checks import error_problems, forms_on, send_empty
from tests.browser.page_checks import SMALLEST, PageChecks, width_problems
from tests.browser.sample_site import (
    ADA,
    CASS,
    COUNCIL,
    JO,
    LENA,
    MO,
    NOBODY,
    NOOR,
    VIK,
    live_url,
    page_of,
    sample_site,
)
from tests.browser.seen import Seen
from tests.browser.walking import OpenedPage, is_page, walk

__all__ = ["live_url", "page_of", "sample_site"]  # fixtures
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.long]
HOME = f"/o/{COUNCIL}/"
WHO = {
    Role.OFFICER: LENA,
    Role.MANAGER: MO,
    Role.GOVERNING_BODY: VIK,
    Role.APPROVER: CASS,
    Role.ADMINISTRATOR: ADA,
    Role.ASSESSOR: JO,
}
# The walk takes one page of a kind. These lead to more, or look different in another state.
WITH_EARLIER_VERSIONS = [
    *("assessments/{open}/about/", "assessments/{open}/4.1.2/", "standard/1.3.4.1/"),
    *("actions/1/", "evidence/1/"),
]
# In progress, done to be checked, and two to be changed together.
ACTIONS = ["actions/2/", "actions/4/", "actions/bulk/?number=2&number=3"]
OFF_THE_PATH = {
    LENA: [
        *WITH_EARLIER_VERSIONS,
        *ACTIONS,
        "standard/1.3.4/",
        *("papers/1/", "papers/2/", "papers/3/", "papers/4/", "papers/5/"),
        *("papers/6/", "papers/2/read/", "papers/3/read/"),
        *("import/{annex}/", "import/report/{staged_report}/"),
        *("import/report/{report}/", "import/report/{report}/undo/"),
        *("actions/import/{plan}/", "actions/import/{staged_plan}/"),
        "assessments/{confirmed}/next/",
    ],
    MO: [*WITH_EARLIER_VERSIONS, *ACTIONS],
    ADA: WITH_EARLIER_VERSIONS,
    CASS: [
        *WITH_EARLIER_VERSIONS,
        "actions/4/",
        "assessments/{open}/",
        "assessments/{confirmed}/",
        "papers/1/",
        "papers/6/",
    ],
}
BEFORE_SIGNING_IN = [
    "/account/login/",
    "/account/inactive/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-stale/",
    "/account/password/reset/key/done/",
]
# What such a form says when it is empty is no mistake.
MAY_BE_EMPTY = {
    "accounts:mail_topics",
    "actions:import_preview",
    # A second person need not say anything.
    "actions:close",
    "assessments:import_preview",
    "assessments:findings_row",
    "assessments:narrative",
    "evidence:change_link",
    "overview:element",
    "reports:order",
}


@pytest.fixture(scope="module")
def checks() -> PageChecks:
    return PageChecks(Seen(Path(os.environ["CSE_TEST_RUN_DIR"], "seen-by-axe")))


@pytest.mark.parametrize("role", Role)
def test_each_role_meets_pages_that_everyone_can_use(role, page_of, checks):
    who = WHO[role]
    visits = look_around(page_of(who), begin=[HOME, *off_the_path(who)], checks=checks)

    never_met = readable_by(role) - {visit.route for visit in visits}
    fail_with(sorted(never_met), remedy=f"No link leads the {role.label.lower()} here:")


def readable_by(role: Role) -> set[str]:
    """The pages it may read. An assessor's first page leads on to the assessment."""
    permissions = ROLE_PERMISSIONS[role]
    if role is Role.ASSESSOR:
        permissions = INVITED_TO_RATE
    return {
        name
        for name, (asked, _) in INSIDE.items()
        if asked in permissions and is_page(name)
    }


def test_an_empty_organisation_has_pages_that_everyone_can_use(page_of, checks):
    visits = look_around(
        page_of(NOOR), begin=["/o/highmoor-district-council/"], checks=checks
    )

    assert len(visits) > 20


def test_the_pages_before_signing_in_are_for_everyone(page_of, checks):
    visits = look_around(page_of(NOBODY), begin=BEFORE_SIGNING_IN, checks=checks)

    assert len(visits) > len(BEFORE_SIGNING_IN)


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        (VIK, f"{HOME}actions/", 403),
        (VIK, "/o/nowhere/", 404),
        (NOBODY, "/x/", 404),
        (LENA, f"{HOME}notifications/read/", 405),
    ],
)
def test_a_refusal_is_a_page_that_everyone_can_use(page_of, checks, who, path, status):
    page = page_of(who)

    assert page.goto(path).status == status
    assert checks.problems(page) == []


def look_around(
    page: Page, *, begin: Sequence[str], checks: PageChecks
) -> list[OpenedPage]:
    """Walk; fail with all that is wrong with the pages, and with their forms sent empty."""
    visits, wrong = [], []
    routes_by_title: dict[str, set[str]] = defaultdict(set)
    for visit in walk(page, begin=begin):
        visits.append(visit)
        routes_by_title[page.title()].add(visit.route)
        found = checks.problems(page) + form_problems(page, visit, checks)
        wrong += [f"{visit.path}: {line}" for line in found]
    wrong += [
        f"{title!r} is the title of {', '.join(sorted(routes))}"
        for title, routes in routes_by_title.items()
        if len(routes) > 1
    ]
    fail_with(wrong, remedy="Not everyone can use these pages:")
    return visits


def form_problems(page: Page, visit: OpenedPage, checks: PageChecks) -> list[str]:
    if visit.route in MAY_BE_EMPTY:
        return []
    found = []
    for number in range(forms_on(page)):
        if number:
            page.goto(visit.path)
        send_empty(page, number)
        found += checks.problems(page) + error_problems(page)
    return [f"sent empty: {line}" for line in found]


def off_the_path(who: str) -> list[str]:
    keys = {
        "open": assessment("in_progress"),
        "confirmed": assessment("confirmed"),
        "annex": import_run("annex", "committed"),
        "report": import_run("findings", "committed"),
        "staged_report": import_run("findings", "staged"),
        "plan": import_run("plan", "committed"),
        "staged_plan": import_run("plan", "staged"),
    }
    return [f"{HOME}{path.format(**keys)}" for path in OFF_THE_PATH.get(who, [])]


def import_run(kind: str, state: str) -> int:
    """The key of the council's import of this kind that is in this state."""
    return ImportRun.objects.get(kind=kind, state=state).pk


def assessment(state: str) -> str:
    """The slug of the council's newest assessment in this state."""
    of_council = Assessment.objects.filter(organisation__slug=COUNCIL, state=state)
    return of_council.order_by("-year")[0].slug


def test_a_rating_that_lacks_its_reason_is_explained_to_everyone(page_of, checks):
    page = page_of(LENA)
    page.goto(f"{HOME}assessments/{assessment('in_progress')}/1.1.2/")
    page.get_by_label("Partial compliance", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()

    assert checks.problems(page) + error_problems(page) == []


def test_two_peoples_texts_side_by_side_are_for_everyone(page_of, checks):
    people = [(page_of(MO), "Agree plans with dates"), (page_of(LENA), "Agree plans")]
    for page, _ in people:
        page.goto(f"{HOME}actions/3/edit/")
    for page, words in people:
        page.get_by_role("textbox", name="What will be done").fill(words)
        page.get_by_role("button", name="Save", exact=True).click()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Someone changed this after you opened it")
    assert checks.problems(page) == []


# With the keyboard alone

FOCUS = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const drawn = one.matches('.govuk-radios__input, .govuk-checkboxes__input')
    ? getComputedStyle(one.labels[0], '::before') : getComputedStyle(one);
  const yellow = 'rgb(255, 221, 0)';
  const box = one.getBoundingClientRect();
  return {
    what: one.outerHTML.slice(0, 120),
    isSeen: box.bottom > 0 && box.top < innerHeight
      && [drawn.backgroundColor, drawn.outlineColor, drawn.boxShadow]
        .some((value) => value.includes(yellow)),
  };
}"""
MOST_STOPS = 300


@pytest.mark.parametrize(
    "path", ["", "actions/", "progression/", "members/", "standard/1.1.1/"]
)
def test_each_stop_of_the_tab_key_is_seen_and_the_last_is_the_footer(page_of, path):
    page = page_of(ADA)
    page.goto(f"{HOME}{path}")

    stops = list(stops_of_the_tab_key(page))

    unseen = [stop["what"] for stop in stops if not stop["isSeen"]]
    fail_with(unseen, remedy="These have the focus, and nothing shows it:")
    assert "Accessibility statement" in stops[-1]["what"]


def stops_of_the_tab_key(page: Page):
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            return
        yield stop
    pytest.fail(f"the keyboard does not get out of {page.url}")


def test_the_first_tab_offers_to_skip_to_the_content(page_of):
    page = page_of(LENA)
    page.goto(HOME)

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#main-content")).to_be_focused()


def test_the_menu_of_a_narrow_screen_opens_and_fits(page_of, checks):
    page = page_of(LENA)
    page.set_viewport_size(SMALLEST)
    page.goto(HOME)

    page.get_by_role("button", name="Menu").click()

    expect(page.get_by_role("link", name="Papers", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Change log", exact=True)).to_be_visible()
    assert width_problems(page, "with the menu open") == []
