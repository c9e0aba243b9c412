"""The papers that the sample's governing body has in its hands."""

from datetime import datetime

from assessments.models import Assessment
from cse_tracker.overview.sample_data.people import CASS, LENA, Team
from reports.models import Paper
from reports.options import PaperOptions
from reports.services.building import build_claimed, claim_paper
from reports.services.issuing import issue_paper, review_paper
from reports.services.ordering import order_paper, order_plan

ISSUED = [
    (Paper.Kind.PROGRESSION_ANNEX, PaperOptions()),
    (
        Paper.Kind.FINDINGS_APPENDIX,
        PaperOptions(with_improvements=True, with_decisions=True, with_actions=True),
    ),
]

PLAN = PaperOptions(with_finished=True, with_progress=True, with_names=True)


def issue_papers(assessment: Assessment, team: Team, *, now: datetime) -> None:
    """Order, build, review and issue the papers about a confirmed assessment, and the plan.

    Built here and now: while the sample is loaded no worker runs yet.
    """
    assessment.refresh_from_db()
    for kind, options in ISSUED:
        ordered = order_paper(
            assessment=assessment,
            kind=kind,
            options=options,
            now=now,
            by=team.user(LENA),
        )
        _issue(ordered, team, now=now)
    plan = order_plan(
        organisation=team.organisation,
        service=None,
        options=PLAN,
        now=now,
        by=team.user(LENA),
    )
    _issue(plan, team, now=now)


def _issue(ordered: Paper, team: Team, *, now: datetime) -> None:
    claim = claim_paper(ordered.pk, now=now)
    if claim is None:
        return
    build_claimed(claim, clock=lambda: now)
    paper = Paper.objects.get(pk=ordered.pk)
    attempt = paper.attempt
    review_paper(paper=paper, seen_attempt=attempt, now=now, by=team.user(LENA))
    issue_paper(paper=paper, seen_attempt=attempt, now=now, by=team.user(CASS))
