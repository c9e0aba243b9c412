"""Ashby's four rated years, and papers about the last."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessments.models import Assessment, Result
from assessments.ratings import Basis
from assessments.services.assessments import confirm_assessment, start_assessment
from reports import printing
from reports.blocks import PaperContent
from reports.models import Paper
from reports.services import building
from reports.services.ordering import order_paper

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def rate() -> Callable[..., None]:
    """``rate(assessment, {"1.1.1": "CP"}, rest="C")`` rates elements as an import would."""

    def write(assessment: Assessment, ratings: dict[str, str], rest: str = "") -> None:
        results = list(assessment.results.select_related("node"))
        for result in results:
            result.rating = ratings.get(result.node.ref, rest or result.rating)
            if result.node.ref in ratings:
                result.basis, result.carried_from = Basis.ASSESSED.value, None
                result.sampled = assessment.kind == Assessment.Kind.REVIEW
            elif rest:
                result.basis = Basis.ASSESSED.value
        fields = ["rating", "basis", "carried_from", "sampled"]
        Result.objects.bulk_update(results, fields)

    return write


@pytest.fixture
def years(cast, certification, rate) -> list[Assessment]:
    """2024 (initial), 2025 and 2026, all confirmed: a Plus gained, a partial put right."""
    said = [
        (2024, Assessment.Kind.INITIAL, {"1.2.3": "PC", "2.1.4": "PC"}, "C"),
        (2025, Assessment.Kind.REVIEW, {"1.1.1": "CP", "2.1.4": "PC"}, ""),
        (2026, Assessment.Kind.REVIEW, {"1.2.3": "C", "3.1.1": "CP"}, ""),
    ]
    made = []
    for year, kind, ratings, rest in said:
        assessment = start_assessment(
            certification=certification,
            year=year,
            kind=kind,
            carry_forward=bool(made),
            by=cast.lena,
        )
        rate(assessment, ratings, rest)
        made.append(
            confirm_assessment(
                assessment=assessment,
                seen_version=assessment.version,
                now=NOW,
                by=cast.cass,
            )
        )
    return made


@pytest.fixture
def paper(years, cast) -> Paper:
    """The annex about 2026, ordered by Lena and waiting."""
    return order_paper(
        assessment=years[-1], kind=Paper.Kind.PROGRESSION_ANNEX, now=NOW, by=cast.lena
    )


PRINTED: dict[tuple[str, datetime], bytes] = {}


@pytest.fixture
def _printed_once(monkeypatch) -> None:
    """The same content at the same time is the same PDF: its pages are laid out once."""

    def paper_pdf(content: PaperContent, *, created: datetime) -> bytes:
        key = (repr(content), created)
        if key not in PRINTED:
            PRINTED[key] = printing.paper_pdf(content, created=created)
        return PRINTED[key]

    monkeypatch.setattr(building, "paper_pdf", paper_pdf)


@pytest.fixture
def build(_printed_once) -> Callable[[Paper], Paper]:
    """``build(paper)`` builds it as the worker does, and returns it as it is then."""

    def run(paper: Paper) -> Paper:
        held = building.claim_paper(paper.pk, now=NOW)
        assert held, "nothing to build"
        building.build_claimed(held, clock=lambda: NOW)
        return Paper.objects.of(paper.organisation).get(pk=paper.pk)

    return run


@pytest.fixture
def built(paper, build) -> Paper:
    """The annex about 2026, built and still a draft."""
    return build(paper)
