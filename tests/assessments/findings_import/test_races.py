"""Two people at the same moment: a report comes in once, and no answer to it is lost."""

import pytest

from assessments.models import Finding
from assessments.services.findings import decide_on_finding
from assessments.services.findings_undo import undo_findings
from cse_tracker.accounts.models import ImportRun
from cse_tracker.accounts.services.imports import ImportInUse
from tests.assessments.findings_import.runs import NOW, bring_in, look_at
from tests.waiting import at_once, while_uncommitted

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


def test_of_parallel_commits_one_writes_and_the_others_find_its_work(run, cast):
    seen = look_at(run).fingerprint
    # Each has read it before any of them writes.
    copies = [ImportRun.objects.get(pk=run.pk) for _ in range(4)]

    def commit(number):
        return bring_in(copies[number], by=cast.lena, seen=seen)

    outcomes = at_once(4, commit)

    assert len({outcome.batch for outcome in outcomes}) == 1
    assert Finding.objects.count() == 7


def test_a_decision_that_is_being_entered_stands_in_the_way_of_undoing(run, cast):
    run = bring_in(run, by=cast.lena)
    finding = Finding.objects.get(node__ref="2.2.1")

    with pytest.raises(ImportInUse):
        while_uncommitted(
            lambda: decide_on_finding(
                finding=finding,
                seen_version=finding.version,
                decision=Finding.Decision.ACT,
                reason="",
                by=cast.mo,
            ),
            lambda: undo_findings(run=run, now=NOW, by=cast.lena),
        )

    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.ACT
