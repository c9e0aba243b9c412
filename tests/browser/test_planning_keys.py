"""From what the assessor raised to a whole plan, without touching the mouse."""

import pytest

from actions.models import Action
from assessments.models import Finding
from assessments.services.findings import add_finding
from assessments.standard_tree import tree_for

COMMENTS = {
    "1.1.1": "New customers are not looked at. Say who they are.",
    "2.1.4": "Results by group are missing.",
    "4.1.2": "Three standards were missed in most months.",
}
TABS = 60


@pytest.fixture
def comments(cast, open_assessment, certification) -> None:
    tree = tree_for(cast.ashby, certification.standard)
    for ref, comment in COMMENTS.items():
        add_finding(
            assessment=open_assessment,
            node=tree.by_ref[ref],
            kind=Finding.Kind.COMPLIANCE,
            comment=comment,
            by=cast.lena,
        )


@pytest.fixture
def tab_to():
    """``tab_to(page, "#id_title")`` presses Tab until that has the focus."""

    def go(page, selector: str) -> None:
        for _ in range(TABS):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    return go


def test_a_plan_for_every_comment_is_made_by_keyboard(
    new_page, cast, comments, live_url, tab_to
):
    page = new_page(user=cast.mo)
    page.goto(f"{live_url}/o/ashby/actions/")
    tab_to(page, "a[href*='in_turn']")
    page.keyboard.press("Enter")

    for number in range(1, len(COMMENTS) + 1):
        page.wait_for_url("**/decide/?in_turn=on")
        tab_to(page, "input[name=decision][value=act], input[name=decision]")
        choose(page, "act")
        page.keyboard.press("Enter")
        page.wait_for_url("**/actions/new/**")
        tab_to(page, "select[name=owner]")
        page.keyboard.type("Mo")
        for part, typed in [("day", "1"), ("month", "6"), ("year", "2027")]:
            tab_to(page, f"input[name=due_on_{part}]")
            page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(
            "**/decide/?in_turn=on" if number < len(COMMENTS) else "**/o/ashby/actions/"
        )

    planned = Action.objects.of(cast.ashby)
    assert [action.title for action in planned.order_by("number")] == [
        "New customers are not looked at",
        "Results by group are missing",
        "Three standards were missed in most months",
    ]
    assert {str(action.owner.user) for action in planned} == {"Mo Quill"}
    assert not Finding.objects.filter(decision=Finding.Decision.UNDECIDED).exists()


def choose(page, value: str) -> None:
    """With the arrows, as a group of radio buttons is chosen from."""
    page.keyboard.press("Space")
    for _ in range(10):
        if page.evaluate("() => document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not offered")
