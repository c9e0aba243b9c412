"""What an action plan says and what the data says by now."""

from datetime import date

from reports.differences import ABSENT, Difference
from reports.plan.differences import differences
from reports.plan.facts import Progress, snapshot
from tests.reports.plan.samples import finished_action, group, open_action, plan_of


def told(before, after) -> list[tuple[str, str, str]]:
    found = differences(snapshot(before), snapshot(after))
    return [(each.place, each.printed, each.now) for each in found]


def test_the_same_facts_differ_in_nothing():
    plan = plan_of(group(open_action(progress=Progress(date(2026, 3, 3), "Said."))))

    assert told(plan, plan) == []


def test_each_place_that_changed_is_told_by_the_actions_number():
    before = plan_of(group(open_action(4, due_on=date(2026, 3, 3), is_overdue=True)))
    after = plan_of(
        group(
            open_action(
                4,
                due_on=date(2026, 12, 3),
                moved="Moved once, 275 days",
                owner="Lena Hart",
            )
        )
    )

    assert told(before, after) == [
        (
            "Action 4, owner",
            "Mo Quill, Customer Services",
            "Lena Hart, Customer Services",
        ),
        ("Action 4, dates", "3 March 2026", "3 December 2026, Moved once, 275 days"),
        ("Action 4, status", "On track, overdue", "On track"),
    ]


def test_an_action_that_was_closed_since_has_another_status():
    before = plan_of(group(open_action(4, title="What 4 was about", refs=())))
    after = plan_of(closed=(finished_action(4),))

    assert ("Action 4, status", "On track", "Closed, 1 October 2026") in told(
        before, after
    )


def test_a_new_action_and_one_that_is_gone_are_told_by_their_words():
    before, after = plan_of(group(open_action(1))), plan_of(group(open_action(2)))

    assert differences(snapshot(before), snapshot(after)) == [
        Difference("Action 1", "Do the thing of 1, 1.1.1", ABSENT),
        Difference("Action 2", ABSENT, "Do the thing of 2, 1.1.1"),
    ]


def test_the_plan_before_that_was_withdrawn_is_told():
    before = plan_of(since=date(2026, 9, 1))

    assert told(before, plan_of()) == [("Plan before", "1 September 2026", "none")]
