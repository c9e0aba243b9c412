"""Years in which checks find one thing."""

import pytest

from assessments.tree import Kind
from tests.assessments.past import assess
from tests.factories import shipped_standard


@pytest.fixture
def partial_review(cast, certification):
    """2026, after a full assessment in which all was met: 1.1.1 is sampled and partial."""
    elements = [node for node in shipped_standard().nodes if node.kind is Kind.ELEMENT]
    met = {node.ref: "C" for node in elements}
    assess(certification, 2025, met, by=cast.lena, kind="full")
    return assess(
        certification,
        2026,
        {"1.1.1": "PC"},
        by=cast.lena,
        sampled=["1.1.1"],
        is_confirmed=False,
    )
