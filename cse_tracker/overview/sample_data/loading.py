"""Putting the sample data into an empty database."""

from datetime import datetime, timedelta

from django.db import transaction

from assessments.models import Assessment, Certification
from assessments.services.assessors import Stay, invite_assessor
from assessments.services.certifications import certification_of, set_up_certification
from cse_tracker.accounts.services import create_organisation
from cse_tracker.core.dates import local_day
from cse_tracker.overview.sample_data.certificates import add_certificates
from cse_tracker.overview.sample_data.checks import accept_flags
from cse_tracker.overview.sample_data.corrections import make_corrections
from cse_tracker.overview.sample_data.evidence import add_evidence
from cse_tracker.overview.sample_data.findings import enter_findings
from cse_tracker.overview.sample_data.papers import issue_papers
from cse_tracker.overview.sample_data.people import (
    ADA,
    BEGINNER,
    CASS,
    COUNCIL,
    COUNCIL_PEOPLE,
    JO,
    LENA,
    NEIGHBOUR,
    NOOR,
    SAM,
    SERVICES,
    Team,
    let_sign_in,
    make_platform_administrator,
    make_team,
)
from cse_tracker.overview.sample_data.plans import run_plans
from cse_tracker.overview.sample_data.years import (
    NEIGHBOUR_VISITS,
    VISITS,
    confirm_visit,
    enter_visit,
    visit_day,
)

ASSESSOR_DAYS = 60


@transaction.atomic
def load_sample_data(*, now: datetime) -> None:
    """Make the three organisations and their people. The standard must be loaded."""
    make_platform_administrator()
    _load_council(now)
    _load_neighbour(now)
    beginner = create_organisation(name=BEGINNER, by=None)
    make_team(beginner, [NOOR], ["Customer Contact", "Waste"], now=now)


def _load_council(now: datetime) -> None:
    organisation = create_organisation(name=COUNCIL, by=None)
    team = make_team(organisation, COUNCIL_PEOPLE, SERVICES, now=now)
    today = local_day(now)
    whole_visit = visit_day(today, years_ago=1)
    certification = _set_up(team, first_year=whole_visit.year, now=now)
    add_certificates(certification, whole_visit, today=today, by=team.user(LENA))
    assessments = []
    for visit in VISITS:
        assessment = enter_visit(certification, visit, today=today, by=team.user(LENA))
        enter_findings(assessment, team, years_ago=visit.years_ago, today=today)
        if visit.is_confirmed:
            confirm_visit(assessment, approver=team.user(CASS))
        assessments.append(assessment)
    _invite_assessor(assessments[-1], team, now=now)
    add_evidence(assessments[-2:], team, now=now)
    make_corrections(assessments[-1], team)
    run_plans(team, now=now)
    issue_papers(assessments[-2], team, now=now)
    accept_flags(assessments[:-1], team, now=now)


def _invite_assessor(assessment: Assessment, team: Team, *, now: datetime) -> None:
    until = local_day(now) + timedelta(days=ASSESSOR_DAYS)
    access = invite_assessor(
        assessment=assessment,
        full_name=JO.name,
        email=JO.email,
        stay=Stay(until=until, may_rate=True),
        now=now,
        by=team.user(ADA),
    )
    let_sign_in(access.membership.user)


def _load_neighbour(now: datetime) -> None:
    organisation = create_organisation(name=NEIGHBOUR, by=None)
    team = make_team(organisation, [SAM], ["Lettings", "Repairs"], now=now)
    certification = certification_of(organisation=organisation)
    for visit in NEIGHBOUR_VISITS:
        assessment = enter_visit(
            certification, visit, today=local_day(now), by=team.user(SAM)
        )
        confirm_visit(assessment, approver=team.user(SAM))


def _set_up(team: Team, *, first_year: int, now: datetime) -> Certification:
    certification = certification_of(organisation=team.organisation)
    return set_up_certification(
        certification=certification,
        seen_version=certification.version,
        now=now,
        by=team.user(LENA),
        certification_body="Larkmoor Assessments",
        cycle=Certification.Cycle.REVIEWS.value,
        cycle_starts_in=first_year,
    )
