"""Checks of what stands in the database, with the facts of every app."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from assessments.checks.hits import Hit
from assessments.checks.telling import Told
from assessments.models import Assessment, Finding, Response, Result
from assessments.services.annex_staging import stage_annex
from assessments.services.assessments import start_assessment
from assessments.services.findings import decide_on_finding
from cse_tracker.overview.checking import collect_told, url_to_mend
from tests.assessments.checks.records import (
    TODAY,
    real_annex,
    real_annex_csv,
    told,
)
from tests.assessments.importing.runs import NOW, bring_in
from tests.assessments.past import assess
from tests.factories import FindingFactory, ResponseFactory

pytestmark = pytest.mark.django_db


def hits_of(*assessments):
    """Check number to year to refs."""
    return told(
        [
            each.hit
            for assessment in assessments
            for each in collect_told(assessment, today=TODAY)
        ]
    )


@pytest.fixture
def finding(partial_review):
    return FindingFactory.create(
        assessment=partial_review,
        node_id=partial_review.results.get(node__ref="1.1.1").node_id,
        kind=Finding.Kind.COMPLIANCE,
    )


@pytest.mark.slow
def test_the_real_annex_brought_in_has_everything_that_was_listed_and_nothing_else(
    certification, cast, settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path)
    file = SimpleUploadedFile("annex.csv", real_annex_csv())
    run = stage_annex(organisation=cast.ashby, file=file, now=NOW, by=cast.lena)
    bring_in(run, by=cast.lena)

    assert hits_of(*certification.assessments.in_order()) == real_annex()["expected"]


def respond(finding, by):
    ResponseFactory.create(findings=[finding])


def act(finding, by):
    plan_action(
        organisation=finding.organisation,
        details=ActionDetails(title="Put it right"),
        finding=finding,
        seen_version=finding.version,
        by=by,
    )


def decline(finding, by):
    decide_on_finding(
        finding=finding,
        seen_version=finding.version,
        decision=Finding.Decision.NO_ACTION,
        reason="The service closes in March",
        by=by,
    )


def test_a_partial_lacks_a_comment(partial_review):
    assert hits_of(partial_review) == {"CHK-301": {2026: ["1.1.1"]}}


@pytest.mark.parametrize("answer", [respond, act, decline])
def test_a_response_an_action_or_a_reason_answers_a_partial(
    partial_review, finding, cast, answer
):
    assert hits_of(partial_review) == {"CHK-302": {2026: ["1.1.1"]}}

    answer(finding, cast.lena)

    assert hits_of(partial_review) == {}


def test_what_was_withdrawn_answers_nothing(partial_review, finding, cast):
    respond(finding, cast.lena)
    Response.objects.update(withdrawn_at=NOW)

    assert hits_of(partial_review) == {"CHK-302": {2026: ["1.1.1"]}}


def test_a_carried_rating_is_told_when_its_source_changes(
    partial_review, finding, cast
):
    respond(finding, cast.lena)
    Result.objects.filter(assessment__year=2025, node__ref="1.2.2").update(rating="CP")

    assert hits_of(partial_review) == {"CHK-203": {2026: ["1.2.2"]}}


def test_a_self_assessment_stands_alone_and_owes_no_comments(
    partial_review, cast, certification
):
    own = start_assessment(
        certification=certification, year=2026, kind="self-assessment", by=cast.lena
    )
    own.results.update(rating="PC", basis="assessed")

    assert hits_of(own) == {}


def test_the_checks_of_many_years_cost_as_many_queries_as_those_of_few(
    partial_review, cast, certification
):
    def cost():
        assessment = Assessment.objects.of(cast.ashby).get(pk=partial_review.pk)
        with CaptureQueriesContext(connection) as queries:
            collect_told(assessment, today=TODAY)
        return len(queries)

    few = cost()
    for year in (2021, 2022, 2023):
        assess(certification, year, {"1.1.2": "C"}, by=cast.lena, kind="full")

    assert cost() == few == 5


@pytest.mark.parametrize(
    ("number", "ref", "leads_to"),
    [
        ("CHK-206", "1.1.1", "/o/ashby/assessments/2026-review/1.1.1/"),
        ("CHK-301", "1.1.1", "/o/ashby/assessments/2026-review/1.1.1/#comments"),
        ("CHK-105", "", "/o/ashby/assessments/2026-review/about/"),
        ("CHK-501", "", "/o/ashby/assessments/"),
    ],
)
def test_each_hit_leads_to_where_it_is_mended(open_assessment, number, ref, leads_to):
    hit = Hit(number, open_assessment.pk, 2026, ref, "Look", ())

    assert url_to_mend(open_assessment, Told(hit)) == leads_to
