"""Reading findings and responses for pages, in few queries and in the order of the standard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.models import Assessment, Finding, Response, StandardNode
from assessments.response_references import pointer_in
from assessments.tree import Node, ref_key

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
    return in_order(standing)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the standard, those about no element first; ``node`` is loaded."""
    return sorted(findings, key=_place)


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
    given = set(Response.objects.filter(finding_links__finding=finding))
    found = _responses_with_refs(findings_in_order(assessment))
    return [
        (response, refs) for response, refs in found.items() if response not in given
    ]


def responses_pointed_at(
    assessment: Assessment, text: str, *, node: StandardNode | Node | None, pk: int = 0
) -> list[tuple[Response, str]]:
    """The responses that a text like "see 3.3.2" or "as above" means, with their refs.

    It stands at the finding ``pk`` of ``node``; 0 is a new one, after all others there. What
    points on itself is passed over. No query for a text that says something of its own.
    """
    if not pointer_in(text):
        return []
    return pointed_at(findings_in_order(assessment), text, node=node, pk=pk)


def pointed_at(
    findings: list[Finding], text: str, *, node: StandardNode | Node | None, pk: int = 0
) -> list[tuple[Response, str]]:
    """The same among an assessment's findings, in order and loaded ``with_responses``."""
    pointer = pointer_in(text)
    if not pointer:
        return []
    if pointer.ref:
        meant = [each for each in findings if _is_about(each, pointer.ref)]
    else:
        meant = _nearest_answered(_before(findings, node, pk))
    own = {
        each for finding in findings if finding.pk == pk for each in finding.responses
    }
    found = {each for finding in meant for each in finding.responses} - own
    return [
        (response, refs)
        for response, refs in _responses_with_refs(findings).items()
        if response in found and not pointer_in(response.text)
    ]


def count_drafts(findings: Iterable[Finding]) -> int:
    """How many different responses to these findings, loaded with them, are not agreed yet."""
    responses = {each for finding in findings for each in finding.responses}
    return sum(not each.is_agreed for each in responses)


def draft_responses(assessment: Assessment) -> list[tuple[Response, str]]:
    """Responses to standing findings that are not agreed yet, in order, with their refs."""
    found = _responses_with_refs(findings_in_order(assessment))
    return [(each, refs) for each, refs in found.items() if not each.is_agreed]


def _is_about(finding: Finding, ref: str) -> bool:
    return finding.node is not None and f"{finding.node.ref}.".startswith(f"{ref}.")


def _before(
    findings: list[Finding], node: StandardNode | Node | None, pk: int
) -> list[Finding]:
    """What stands above the finding ``pk`` of ``node``, nearest first."""
    key = ref_key(node.ref) if node else ()
    at = next((each for each in findings if each.pk == pk), None)
    place = _place(at) if at else (key, 2**31, 0)
    return [each for each in reversed(findings) if _place(each) < place]


def _nearest_answered(above: list[Finding]) -> list[Finding]:
    for finding in above:
        if any(not pointer_in(each.text) for each in finding.responses):
            return [finding]
    return []


def _responses_with_refs(findings: Iterable[Finding]) -> dict[Response, str]:
    """Each response once, in order, with the refs it answers."""
    refs: dict[Response, list[str]] = {}
    for finding in findings:
        for response in finding.responses:
            ref = finding.node.ref if finding.node else ABOUT_NO_ELEMENT
            refs.setdefault(response, []).append(ref)
    return {
        response: ", ".join(dict.fromkeys(found)) for response, found in refs.items()
    }


def _place(finding: Finding) -> tuple[tuple[int, ...], int, int]:
    ref = ref_key(finding.node.ref) if finding.node else ()
    return ref, finding.order, finding.pk
