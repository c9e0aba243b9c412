"""Who looks at papers, an issued one, and what the worker was rung for."""

import pytest
from django.test import Client

from reports import tasks
from reports.models import Paper
from reports.services.issuing import issue_paper, review_paper
from tests.reports.conftest import NOW


@pytest.fixture
def rung(monkeypatch) -> list[int]:
    """The papers for which the worker was rung for."""
    calls: list[int] = []
    monkeypatch.setattr(
        tasks.build_paper, "apply_async", lambda args, retry: calls.extend(args)
    )
    return calls


@pytest.fixture
def lena(signed_in, cast) -> Client:
    return signed_in(cast.lena)


@pytest.fixture
def vik(signed_in, cast) -> Client:
    """On the governing body."""
    return signed_in(cast.vik)


@pytest.fixture
def issued(built, cast) -> Paper:
    review_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.lena)
    issue_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.cass)
    built.refresh_from_db()
    return built
