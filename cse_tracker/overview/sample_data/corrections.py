"""What the sample council's people wrote a second time, so that there are earlier versions."""

from dataclasses import replace

from actions.models import Action
from actions.services.details import details_of as action_details
from actions.services.updating import update_action
from assessments.models import Assessment, Finding, Response, StandardNode
from assessments.ratings import Rating
from assessments.services.assessments import edit_assessment
from assessments.services.findings import edit_finding
from assessments.services.narratives import UNWRITTEN, write_narrative
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.responses import edit_response
from assessments.services.sub_elements import rename_sub_element
from assessments.standard_tree import shared_tree
from cse_tracker.overview.sample_data.people import LENA, MO, Team
from evidence.models import EvidenceItem
from evidence.services.details import details_of as item_details
from evidence.services.items import edit_item

OVERVIEWS = [
    "A friendly visit with well prepared staff.",
    (
        "A friendly visit with well prepared staff. Since last year the council has moved "
        "its repairs and its letters forward; planning is still to follow."
    ),
]
NARRATIVES = [
    "The council knows its customers well and uses what it knows.",
    (
        "The council knows its customers well. It uses what it knows when it plans services, "
        "and it has begun to listen to people who rent privately."
    ),
]
COMMENT = (
    "You may wish to let customers help to choose new front-line and complaints staff."
)
RESPONSE = (
    "The recovery plans continue; the two services report every month until they have met "
    "the standard for three quarters. Planning publishes its figures on the website."
)
NEEDS = ["Time of the survey team.", "Three days of the survey team; no money."]
DESCRIPTIONS = [
    "Who our customers are.",
    "Who our customers are, what each group needs, and how we know.",
]


def make_corrections(assessment: Assessment, team: Team) -> None:
    """Let people change some words of the open year, most of them twice."""
    _correct_the_visit(assessment, team)
    _correct_comments(assessment, team)
    _correct_a_rating(assessment, team)
    _correct_plans(team)
    _correct_a_clause(team)


def _correct_the_visit(assessment: Assessment, team: Team) -> None:
    criterion = shared_tree(assessment.certification.standard).criteria[0]
    for version, text in enumerate(NARRATIVES, start=UNWRITTEN):
        write_narrative(
            assessment=assessment,
            criterion=criterion,
            seen_version=version,
            text=text,
            by=team.user(LENA),
        )
    for text in OVERVIEWS:
        assessment.refresh_from_db()
        edit_assessment(
            assessment=assessment,
            seen_version=assessment.version,
            overview=text,
            by=team.user(LENA),
        )


def _correct_comments(assessment: Assessment, team: Team) -> None:
    findings = Finding.objects.filter(finding_set=assessment.finding_set_id)
    response = Response.objects.filter(findings__in=findings.filter(node__ref="4.1.2"))
    for answer in response:
        edit_response(
            response=answer,
            seen_version=answer.version,
            text=RESPONSE,
            by=team.user(MO),
        )
    for finding in findings.filter(node__ref__in=["4.1.2", "2.2.1"]):
        is_idea = finding.kind == Finding.Kind.IMPROVEMENT
        edit_finding(
            finding=finding,
            seen_version=finding.version,
            kind=Finding.Kind(finding.kind),
            comment=COMMENT if is_idea else f"{finding.comment} Both are well led.",
            by=team.user(LENA),
        )


def _correct_a_rating(assessment: Assessment, team: Team) -> None:
    """Rated too well by mistake, and put right at once."""
    result = assessment.results.get(node__ref="4.1.2")
    for rating in (Rating.COMPLIANT, result.rating_or_none):
        result.refresh_from_db()
        entry = RatingEntry(result.pk, result.version, rating, sampled=True)
        rate_nodes(assessment=assessment, entries=[entry], by=team.user(LENA))


def _correct_plans(team: Team) -> None:
    for note in NEEDS:
        action = Action.objects.of(team.organisation).get(number=1)
        update_action(
            action=action,
            seen_version=action.version,
            details=replace(action_details(action), resource_note=note),
            by=team.user(MO),
        )
    for description in DESCRIPTIONS:
        item = EvidenceItem.objects.of(team.organisation).get(number=1)
        edit_item(
            item=item,
            seen_version=item.version,
            details=replace(item_details(item), description=description),
            by=team.user(LENA),
        )


def _correct_a_clause(team: Team) -> None:
    clause = StandardNode.objects.added_by(team.organisation).order_by("ref").first()
    if clause is None:
        return
    for statement in (f"{clause.statement.rstrip('.')} each year.", clause.statement):
        clause = rename_sub_element(
            sub_element=clause,
            seen_statement=clause.statement,
            statement=statement,
            by=team.user(LENA),
        )
