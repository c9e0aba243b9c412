"""Reading findings and responses for pages, in few queries and in the order of the standard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.models import Assessment, Finding, Response, StandardNode
from assessments.tree import ref_key

ABOUT_NO_ELEMENT = "General"


@dataclass(frozen=True)
class FindingGroup:
    """The findings about one element; ``node`` None for those about none."""

    node: StandardNode | None
    findings: list[Finding]


def findings_in_order(assessment: Assessment) -> list[Finding]:
    """All standing findings with their responses, those about no element first."""
    standing = (
        Finding.objects.standing()
        .with_responses()
        .filter(finding_set=assessment.finding_set_id)
    )
    return sorted(standing, key=_place)


def grouped(findings: Iterable[Finding]) -> list[FindingGroup]:
    """Findings, already in order, under their elements."""
    groups: dict[int | None, FindingGroup] = {}
    for finding in findings:
        group = groups.setdefault(finding.node_id, FindingGroup(finding.node, []))
        group.findings.append(finding)
    return list(groups.values())


def narrowed(findings: Iterable[Finding], wanted: Mapping[str, str]) -> list[Finding]:
    """The findings that have all the values asked for, by field."""
    return [
        finding
        for finding in findings
        if all(getattr(finding, name) == value for name, value in wanted.items())
    ]


def withdrawn_findings(assessment: Assessment) -> list[Finding]:
    """What was withdrawn, latest first."""
    return list(
        Finding.objects.filter(finding_set=assessment.finding_set_id)
        .exclude(withdrawn_at=None)
        .select_related("node")
        .order_by("-withdrawn_at", "-pk")
    )


def withdrawn_responses(assessment: Assessment) -> list[Response]:
    """Withdrawn responses of the assessment, latest first."""
    return list(
        Response.objects.filter(findings__finding_set=assessment.finding_set_id)
        .exclude(withdrawn_at=None)
        .distinct()
        .order_by("-withdrawn_at", "-pk")
    )


def responses_elsewhere(
    assessment: Assessment, finding: Finding
) -> list[tuple[Response, str]]:
    """Responses to other findings that this one does not have yet, with the refs they answer."""
    refs: dict[Response, list[str]] = {}
    for other in findings_in_order(assessment):
        for response in other.responses:
            ref = other.node.ref if other.node else ABOUT_NO_ELEMENT
            refs.setdefault(response, []).append(ref)
    given = set(Response.objects.filter(finding_links__finding=finding))
    return [
        (response, ", ".join(dict.fromkeys(found)))
        for response, found in refs.items()
        if response not in given
    ]


def _place(finding: Finding) -> tuple[tuple[int, ...], int, int]:
    ref = ref_key(finding.node.ref) if finding.node else ()
    return ref, finding.order, finding.pk
