"""How the sample council's actions go on: progress, moved dates, done, closed, declined."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.models import Action, ActionNote
from actions.services.details import ActionDetails, details_of
from actions.services.finishing import (
    claim_done,
    close_action,
    decline_action,
    reopen_action,
)
from actions.services.notes import write_note
from actions.services.planning import plan_action
from actions.services.updating import update_action
from cse_tracker.accounts.models import Notification
from cse_tracker.accounts.services.notifications import mark_all_read
from cse_tracker.core.dates import local_day
from cse_tracker.overview.sample_data.people import CASS, LENA, MO, PRIYA, Person, Team
from evidence.models import EvidenceItem

FEEDBACK = Action.Origin.FEEDBACK
REVIEW = Action.Origin.REVIEW
HIGH, MEDIUM, LOW = (
    Action.Priority.HIGH,
    Action.Priority.MEDIUM,
    Action.Priority.LOW,
)


@dataclass(frozen=True)
class OwnIdea:
    """An action that answers no finding; closed so many days ago, or still open."""

    title: str
    owner: Person
    service: str
    origin: Action.Origin
    priority: Action.Priority
    due_in_days: int
    closed_days_ago: int | None = None


OWN_IDEAS = [
    OwnIdea("Open the Tuesday evening counter", MO, "Customer Services", FEEDBACK, MEDIUM, -300, 305),
    OwnIdea("Rewrite the ten letters people ring about most", LENA, "Corporate Policy", FEEDBACK, HIGH, -200, 215),
    OwnIdea("Show waiting times on the telephone line", MO, "Customer Services", FEEDBACK, MEDIUM, -150, 140),
    OwnIdea("Train repairs staff in plain English", PRIYA, "Housing", REVIEW, MEDIUM, -90, 95),
    OwnIdea("Put the tenants' handbook online", PRIYA, "Housing", FEEDBACK, LOW, -40, 33),
    OwnIdea("Agree how services share compliments", LENA, "Corporate Policy", REVIEW, LOW, -25, 12),
    OwnIdea("Text people when their planning application moves on", MO, "Planning", FEEDBACK, HIGH, 25),
    OwnIdea("Publish how long benefit claims take, each month", LENA, "Revenues and Benefits", REVIEW, MEDIUM, 120),
]  # fmt: skip
# How long before its due date an own idea began.
DAYS_TO_DO = 120
# Longer than any of them has been closed.
PLANNED_DAYS_AGO = 400
CLAIM = "It is in place; the evidence shows it."
RECOVERY, NUMBERS, REPEATS, CENSUS, FAIRNESS = (
    "Agree recovery plans for the three missed standards",
    "Send a reference number from every online form",
    "Quarterly note on repeat contact",
    "Compare consultation respondents with the census",
    "Report fairness results group by group",
)
PROGRESS = [
    (RECOVERY, PRIYA, 50, "Housing and Revenues are agreed."),
    (RECOVERY, PRIYA, 12, "Planning waits for the new team leader, who starts soon."),
    (NUMBERS, MO, 30, "12 of 34 forms done."),
    (NUMBERS, MO, 4, "21 of 34 forms done. The supplier has the rest."),
]


def run_plans(team: Team, *, now: datetime) -> None:
    """Let the actions that were planned go on until today. The evidence must be there."""
    for idea in OWN_IDEAS:
        _plan(idea, team, now)
    for title, person, days_ago, text in PROGRESS:
        then = now - timedelta(days=days_ago)
        write_note(
            action=_action(team, title),
            kind=ActionNote.Kind.PROGRESS,
            text=text,
            day=local_day(then),
            now=then,
            by=team.user(person),
        )
    _move_the_date(team, RECOVERY, PRIYA, days=[30, 60])
    # After the visit of last year, so it is a reason to look at that of this year.
    _finish(_action(team, FAIRNESS), team, MO, now - timedelta(days=110))
    _finish(_action(team, CENSUS), team, LENA, now - timedelta(days=64))
    _discuss(team, now)
    # What they were told of all that is long past, and read.
    long_ago = now - timedelta(days=PLANNED_DAYS_AGO)
    told = Notification.objects.filter(organisation=team.organisation)
    told.filter(created_at__gte=now).update(created_at=long_ago)
    for member in team.members.values():
        mark_all_read(membership=member, now=now - timedelta(days=5))
    _claim(_action(team, REPEATS), team, MO, now - timedelta(days=3))


def _plan(idea: OwnIdea, team: Team, now: datetime) -> None:
    action = plan_action(
        organisation=team.organisation,
        details=ActionDetails(
            title=idea.title,
            owner=team.members[idea.owner.email],
            service=team.services[idea.service],
            origin=idea.origin,
            priority=idea.priority,
            starts_on=local_day(now) + timedelta(days=idea.due_in_days - DAYS_TO_DO),
            due_on=local_day(now) + timedelta(days=idea.due_in_days),
            status=Action.Status.ON_TRACK,
        ),
        by=team.user(LENA),
    )
    if idea.closed_days_ago is not None:
        closed = now - timedelta(days=idea.closed_days_ago)
        _finish(action, team, idea.owner, closed)


def _action(team: Team, title: str) -> Action:
    return Action.objects.of(team.organisation).get(title=title)


def _move_the_date(team: Team, title: str, person: Person, *, days: list[int]) -> None:
    """Later by so many days, one time after the other."""
    for later in days:
        action = _action(team, title)
        details = details_of(action)
        if details.due_on:
            moved = details.due_on + timedelta(days=later)
            update_action(
                action=action,
                seen_version=action.version,
                details=replace(details, due_on=moved),
                by=team.user(person),
            )


def _claim(action: Action, team: Team, person: Person, then: datetime) -> Action:
    return claim_done(
        action=action,
        seen_version=action.version,
        words=CLAIM,
        evidence=list(EvidenceItem.objects.of(team.organisation).current()[:1]),
        now=then - timedelta(days=1),
        by=team.user(person),
    )


def _finish(action: Action, team: Team, person: Person, then: datetime) -> None:
    claimed = _claim(action, team, person, then)
    close_action(
        action=claimed, seen_version=claimed.version, now=then, by=team.user(CASS)
    )


def _discuss(team: Team, now: datetime) -> None:
    """One was sent back, one is not done after all."""
    early = _claim(_action(team, NUMBERS), team, MO, now - timedelta(days=20))
    reopen_action(
        action=early,
        seen_version=early.version,
        words="The planning forms still send no number. Please finish these too.",
        now=now - timedelta(days=19),
        by=team.user(CASS),
    )
    kiosk = plan_action(
        organisation=team.organisation,
        details=ActionDetails(title="Buy a second self-service kiosk"),
        by=team.user(LENA),
    )
    decline_action(
        action=kiosk,
        seen_version=kiosk.version,
        words="Use of the first one has halved since forms work on telephones.",
        now=now - timedelta(days=70),
        by=team.user(PRIYA),
    )
