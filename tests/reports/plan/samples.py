"""Action plans about a few actions, as plain data."""

from datetime import date

from reports.options import PaperOptions
from reports.plan.facts import (
    FinishedAction,
    Group,
    OpenAction,
    PlanFacts,
    Progress,
)

TODAY = date(2026, 11, 22)
EVERYTHING = PaperOptions(with_finished=True, with_progress=True, with_names=True)


def open_action(number: int = 1, **values) -> OpenAction:
    usual = {
        "title": f"Do the thing of {number}",
        "refs": ("1.1.1",),
        "owner": "Mo Quill",
        "service": "Customer Services",
        "priority": "Medium",
        "status": "On track",
    }
    return OpenAction(number=number, **(usual | values))


def finished_action(number: int = 7, **values) -> FinishedAction:
    usual = {
        "title": f"What {number} was about",
        "refs": (),
        "owner": "Mo Quill",
        "service": "Customer Services",
        "finished_on": date(2026, 10, 1),
    }
    return FinishedAction(number=number, **(usual | values))


def group(*actions: OpenAction, ref: str = "1.1.1") -> Group:
    if not ref:
        return Group("", "", "", actions)
    criterion = f"Criterion {ref[0]}: Title of {ref[0]}"
    return Group(ref, f"Title of {ref}", criterion, actions)


def plan_of(*groups: Group, **values) -> PlanFacts:
    usual = {
        "organisation": "Ashby Borough Council",
        "service": "",
        "as_at": TODAY,
        "since": None,
        "counted_from": date(2025, 11, 22),
        "options": EVERYTHING,
        "groups": groups,
        "closed_count": len(values.get("closed", ())),
        "declined_count": len(values.get("declined", ())),
    }
    return PlanFacts(**(usual | values))


def many_actions(count: int) -> PlanFacts:
    """So many open actions, five to an element, every third overdue and moved."""
    actions = [
        open_action(
            number,
            title=f"Agree targets for contact centre {number}",
            done_looks_like="Targets are published.\nEach service knows its own.",
            starts_on=date(2026, 3, 1),
            due_on=date(2026, 10, 3 + number % 20),
            moved="" if number % 3 else "Moved twice, 90 days",
            is_overdue=not number % 3,
            progress=Progress(date(2026, 11, 2), "Half of the services have agreed."),
        )
        for number in range(1, count + 1)
    ]
    elements = [
        f"{criterion}.{sub}.{element}"
        for criterion in range(1, 6)
        for sub in range(1, 4)
        for element in range(1, 5)
    ]
    groups = [
        group(*actions[place : place + 5], ref=ref)
        for ref, place in zip(elements, range(0, count, 5), strict=False)
    ]
    finished = tuple(finished_action(300 + number) for number in range(count // 10))
    return plan_of(*groups, closed=finished, declined=finished)
