"""What the assessor raised in the sample, how the council answers, and what it does."""

from dataclasses import dataclass
from datetime import date, timedelta

from actions.models import Action
from actions.services.details import ActionDetails
from actions.services.planning import decline_to_act, plan_action
from assessments.models import Assessment, Finding
from assessments.services.findings import add_finding
from assessments.services.responses import add_response, agree_response
from assessments.standard_tree import tree_for
from cse_tracker.overview.sample_data.people import LENA, MO, PRIYA, Person, Team
from cse_tracker.overview.sample_data.years import visit_day

COMPLIANCE = Finding.Kind.COMPLIANCE
IMPROVEMENT = Finding.Kind.IMPROVEMENT
STRENGTH = Finding.Kind.STRENGTH


# An action of a past year began so long after the visit, and at the latest before it is due.
AFTER_THE_VISIT = timedelta(days=30)


@dataclass(frozen=True)
class Plan:
    """An action: who, in which service, due how many days from today."""

    title: str
    owner: Person
    service: str
    due_in_days: int
    status: Action.Status
    done_looks_like: str = ""
    resource_note: str = ""


@dataclass(frozen=True)
class Point:
    """One finding. Without plan and refusal it still waits for a decision."""

    years_ago: int
    ref: str
    kind: Finding.Kind
    comment: str
    response: str = ""
    plan: Plan | None = None
    refusal: str = ""


POINTS = [
    Point(
        4,
        "2.1.4",
        COMPLIANCE,
        "You ask customers whether they were treated fairly, but the answers are not looked at "
        "group by group. You cannot yet show that disabled customers and people who rent "
        "privately are treated as fairly as everyone else.",
        "The yearly survey will ask for the groups customers belong to, and the results will be "
        "reported group by group.",
        Plan(
            "Report fairness results group by group",
            MO,
            "Customer Services",
            -130,
            Action.Status.ON_TRACK,
            "The survey report has a table for each protected group",
        ),
    ),
    Point(
        4,
        "4.3.6",
        COMPLIANCE,
        "People whose complaint was upheld are not asked whether they are content with how it "
        "ended, so you do not know.",
        "A short call after each upheld complaint starts in January.",
    ),
    Point(
        1,
        "4.1.2",
        COMPLIANCE,
        "Three of your nine main standards were missed in most months: letters answered in ten "
        "days, repairs finished at the first visit, and planning decisions in eight weeks. The "
        "dips are openly reported, but no recovery plan has dates.",
        "Each of the three services writes a recovery plan with\n\n"
        "- monthly milestones\n"
        "- the name of who is responsible for each.\n\n"
        "The management team looks at the plans **every month**.",
        Plan(
            "Agree recovery plans for the three missed standards",
            PRIYA,
            "Housing",
            -108,
            Action.Status.AT_RISK,
            "Three plans with milestones, seen by the management team",
            "Two days of each team leader",
        ),
    ),
    Point(
        1,
        "3.3.2",
        COMPLIANCE,
        "You count calls, emails and visits, but nobody looks at why people change from one "
        "channel to another. On site, several customers told us they rang because the online "
        "form gave no reference number.",
        "The online forms will send a reference number, and channel changes will be studied "
        "every quarter.",
        Plan(
            "Send a reference number from every online form",
            MO,
            "Customer Services",
            45,
            Action.Status.ON_TRACK,
            "All 34 forms send a number on screen and by email",
            "The supplier's next release, already paid for",
        ),
    ),
    Point(
        1,
        "3.3.2",
        IMPROVEMENT,
        "You may wish to study, each quarter, which questions bring people back a second time.",
        "",
        Plan(
            "Quarterly note on repeat contact",
            MO,
            "Customer Services",
            20,
            Action.Status.NOT_STARTED,
            "A two-page note goes to the management team each quarter",
        ),
    ),
    Point(
        1,
        "1.2.3",
        IMPROVEMENT,
        "Consider checking whether those who answer your consultations resemble the borough.",
        "We compare respondents with the census by age and ward from the next consultation on.",
        Plan(
            "Compare consultation respondents with the census",
            LENA,
            "Corporate Policy",
            -60,
            Action.Status.ON_TRACK,
            "Every consultation report has the comparison",
        ),
    ),
    Point(
        1,
        "5.1.2",
        IMPROVEMENT,
        "A single leaflet with all service standards might help people who use several services.",
        "",
        refusal="The standards are on one page of the website and at each counter. A leaflet "
        "would be out of date within months.",
    ),
    Point(
        1,
        "2.2.4",
        STRENGTH,
        "Front-line staff redesigned the council tax reminder themselves. Calls about reminders "
        "fell by a third within two quarters.",
    ),
    Point(
        0,
        "5.2.4",
        COMPLIANCE,
        "When a question cannot be settled at once, customers are told that somebody will be in "
        "touch, but not when. None of the eight cases we followed had a date.",
        "Advisers will give a date for every open case, and the case system will not close the "
        "call without one.",
        Plan(
            "Make the next contact date a required field",
            MO,
            "Customer Services",
            80,
            Action.Status.NOT_STARTED,
            "No case can be saved as open without the date of the next contact",
        ),
    ),
    Point(
        0,
        "4.1.2",
        COMPLIANCE,
        "Letters are back within the standard. First-visit repairs and planning decisions are "
        "better than a year ago and still below it.",
        "The recovery plans continue; the two services report every month until they have met "
        "the standard for two quarters.",
    ),
    Point(
        0,
        "3.3.2",
        COMPLIANCE,
        "Work on reference numbers is well under way. The study of channel changes has not begun.",
    ),
    Point(
        0,
        "1.3.5",
        STRENGTH,
        "Tenants, fitters and call handlers mapped the repairs journey together. The number of "
        "visits needed for a repair went down from 2.1 to 1.4.",
    ),
    Point(
        0,
        "2.2.1",
        IMPROVEMENT,
        "You may wish to let customers help to choose new front-line staff.",
    ),
]


def enter_findings(
    assessment: Assessment, team: Team, *, years_ago: int, today: date
) -> None:
    """Enter one year's findings with responses, decisions and actions.

    The assessment must still be open.
    """
    tree = tree_for(assessment.organisation, assessment.certification.standard)
    for point in POINTS:
        if point.years_ago != years_ago:
            continue
        finding = add_finding(
            assessment=assessment,
            node=tree.by_ref[point.ref],
            kind=point.kind,
            comment=point.comment,
            by=team.user(LENA),
        )
        if point.response:
            _answer(finding, point, team)
        _decide(finding, point, team, today)


def _answer(finding: Finding, point: Point, team: Team) -> None:
    """Responses of past years were agreed; this year's are still drafts."""
    response = add_response(findings=[finding], text=point.response, by=team.user(LENA))
    if point.years_ago:
        seen = response.version
        agree_response(response=response, seen_version=seen, by=team.user(MO))


def _decide(finding: Finding, point: Point, team: Team, today: date) -> None:
    if point.refusal:
        decline_to_act(
            finding=finding,
            seen_version=finding.version,
            reason=point.refusal,
            by=team.user(MO),
        )
    if point.plan:
        plan_action(
            organisation=team.organisation,
            details=_details(point, point.plan, team, today),
            finding=finding,
            seen_version=finding.version,
            by=team.user(MO),
        )


def _details(point: Point, plan: Plan, team: Team, today: date) -> ActionDetails:
    due_on = today + timedelta(days=plan.due_in_days)
    visited = visit_day(today, years_ago=point.years_ago)
    begun = min(visited + AFTER_THE_VISIT, due_on - AFTER_THE_VISIT)
    return ActionDetails(
        title=plan.title,
        done_looks_like=plan.done_looks_like,
        owner=team.members[plan.owner.email],
        service=team.services[plan.service],
        starts_on=begun if point.years_ago else None,
        due_on=due_on,
        status=plan.status,
        resource_note=plan.resource_note,
    )
