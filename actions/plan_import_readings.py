"""A staged plan beside what the organisation has that it can name: few queries."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from actions.importing.matching import Choices, KnownAction, Plan, Record, plan_of
from actions.importing.rows import PlanReading, plain
from actions.models import Action
from actions.readings import findings_asking, latest_discussed_or_none
from assessments.models import Assessment, Finding
from assessments.tree import ref_key
from cse_tracker.accounts.models import ImportRun, Membership, Organisation, Service
from cse_tracker.accounts.permissions import Permission
from evidence.models import EvidenceItem


@dataclass(frozen=True)
class StagedPlan:
    """What a file says, what is there, and what the person chose so far."""

    run: ImportRun
    reading: PlanReading
    record: Record
    choices: Choices

    @cached_property
    def plan(self) -> Plan:
        """What committing now would do."""
        return plan_of(self.reading, self.record, self.choices)

    @property
    def fingerprint(self) -> str:
        """Changes whenever something does that the preview compared with."""
        return hashlib.sha256(repr(self.record).encode()).hexdigest()


def staged_plan(run: ImportRun, choices: Choices | None = None) -> StagedPlan:
    """The staged rows and the record, with what the person chose so far, if anything."""
    return StagedPlan(
        run=run,
        reading=PlanReading.from_json(run.staged, run.problems),
        record=record_of(run.organisation),
        choices=choices or Choices(),
    )


def record_of(organisation: Organisation) -> Record:
    """What the organisation has that a plan can name: seven queries."""
    actions = Action.objects.of(organisation).order_by("number")
    services = Service.objects.of(organisation).current().values_list("name", "pk")
    items = EvidenceItem.objects.of(organisation).current().order_by("pk")
    return Record(
        actions=[
            KnownAction(*values)
            for values in actions.values_list("number", "title", "due_on")
        ],
        undone=undone_numbers(organisation),
        members=_by_name(_names_of_members(organisation)),
        services=_by_name(services),
        evidence=_by_name(items.values_list("title", "pk")),
        findings=_findings_by_ref(organisation),
    )


def latest_assessment_or_none(organisation: Organisation) -> Assessment | None:
    """The assessor's latest assessment, whose comments an action may answer."""
    return latest_discussed_or_none(Assessment.objects.of(organisation))


def undone_numbers(organisation: Organisation) -> dict[int, str]:
    """The numbers that actions of undone imports had, each with the title of its action."""
    undone = ImportRun.objects.filter(
        organisation=organisation, state=ImportRun.State.UNDONE
    )
    given = undone.values_list("staged__written__undone", flat=True)
    return {number: title for pairs in given for number, title in pairs or ()}


def choices_to_json(choices: Choices) -> dict[str, Any]:
    """As ``ImportRun.choices`` keeps them."""
    return {
        "known_too": choices.known_too,
        "services": dict(choices.services),
        "linked": sorted(choices.linked),
        "left_out": sorted(choices.left_out),
    }


def _names_of_members(organisation: Organisation) -> Iterable[tuple[str, int]]:
    """Name and address of everybody who can own an action: who can't see it can't do it."""
    members = Membership.objects.of(organisation).current().who_may(Permission.READ)
    for member in members.select_related("user").order_by("pk"):
        yield str(member.user), member.pk
        yield member.user.email, member.pk


def _by_name(rows: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, pk in rows:
        ids = found.setdefault(plain(name), [])
        if pk not in ids:
            ids.append(pk)
    return found


def _findings_by_ref(organisation: Organisation) -> dict[str, list[int]]:
    """The comments of the latest assessment that are not declined, in the standard's order."""
    latest = latest_assessment_or_none(organisation)
    if latest is None:
        return {}
    findings = (
        findings_asking(organisation)
        .filter(finding_set=latest.finding_set_id, node__isnull=False)
        .exclude(decision=Finding.Decision.NO_ACTION)
    )
    found: dict[str, list[int]] = {}
    for ref, pk in findings.order_by("pk").values_list("node__ref", "pk"):
        found.setdefault(ref, []).append(pk)
    return {ref: found[ref] for ref in sorted(found, key=ref_key)}
