"""The organisations that the bench measures with: ten years of all 72 nodes."""

from collections.abc import Iterator

from django.db import connection

from assessments.models import Assessment, Result, StandardNode
from assessments.ratings import Basis, Rating
from assessments.services.certifications import certification_of
from assessments.standard_tree import shared_tree
from assessments.tree import Kind
from cse_tracker.accounts.models import Event, Organisation, User
from cse_tracker.accounts.permissions import Role
from tests.factories import (
    AssessmentFactory,
    OrganisationFactory,
    StandardNodeFactory,
    make_standard,
    member,
)

YEARS = range(2014, 2024)
SUB_ELEMENTS = 15
# A rating's place in its element's and year's sum: mostly compliant, as real ones are.
PATTERN = [Rating.COMPLIANT] * 6 + [Rating.PLUS] * 2 + [Rating.PARTIAL]


def make_record() -> tuple[User, Organisation]:
    """An officer and the organisation whose progression is measured: 720 results."""
    make_standard()
    organisation = OrganisationFactory.create(name="Bench Council", slug="bench")
    officer = member(organisation, Role.OFFICER)
    certification = certification_of(organisation=organisation)
    tree = shared_tree(certification.standard)
    node_ids = [element.id for element in tree.elements]
    node_ids += [
        StandardNodeFactory.create(
            standard=certification.standard,
            organisation=organisation,
            parent_id=element.id,
            kind=Kind.SUB_ELEMENT.value,
            ref=f"{element.ref}.1",
        ).pk
        for element in tree.elements[:SUB_ELEMENTS]
    ]
    before: dict[int, Result] = {}
    for year in YEARS:
        assessment = AssessmentFactory.create(
            certification=certification, year=year, slug=f"{year}-review"
        )
        made = Result.objects.bulk_create(_results(assessment, node_ids, before))
        before = {result.node_id: result for result in made}
    return officer, organisation


def add_organisations(count: int, like: Organisation) -> None:
    """Copy the years and results of ``like`` for ``count`` more organisations, in plain SQL."""
    numbers = range(1, count + 1)
    others = Organisation.objects.bulk_create(
        Organisation(name=f"Other {number}", slug=f"other-{number}")
        for number in numbers
    )
    for other in others:
        _copy(like, other)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _results(
    assessment: Assessment, node_ids: list[int], before: dict[int, Result]
) -> Iterator[Result]:
    for place, node_id in enumerate(node_ids):
        source = before.get(node_id)
        is_sampled = not source or (place + assessment.year) % 3 == 0
        wanted = PATTERN[(place * 5 + assessment.year) % len(PATTERN)].value
        yield Result(
            organisation=assessment.organisation,
            assessment=assessment,
            node_id=node_id,
            rating=wanted if is_sampled or source is None else source.rating,
            sampled=is_sampled,
            basis=(Basis.ASSESSED if is_sampled else Basis.CARRIED).value,
            carried_from=None if is_sampled else source,
        )


def _copy(like: Organisation, other: Organisation) -> None:
    certification = certification_of(organisation=other)
    shared = StandardNode.objects.shared().values("pk")
    for assessment in Assessment.objects.of(like):
        twin = AssessmentFactory.create(
            certification=certification, year=assessment.year, slug=assessment.slug
        )
        rows = assessment.results.filter(node__in=shared).values_list(
            "node_id", "rating"
        )
        Result.objects.bulk_create(
            Result(organisation=other, assessment=twin, node_id=node, rating=rating)
            for node, rating in rows
        )
    Event.objects.create(
        organisation=other, verb="seeded", target_type="bench", target_id=other.pk
    )
