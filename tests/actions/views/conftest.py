"""A manager at the pages of actions."""

import pytest
from django.test import Client


@pytest.fixture
def mo(signed_in, cast) -> Client:
    return signed_in(cast.mo)


@pytest.fixture
def decide_url(finding) -> str:
    return f"/o/ashby/findings/{finding.pk}/decide/"
