"""Reading actions for pages, in few queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from actions.another_look import is_unseen
from actions.due_moves import DueMoves, LoggedDate, due_moves
from actions.models import (
    Action,
    ActionFinding,
    ActionNote,
    ActionQuerySet,
    being_done,
    due_within,
    outstanding,
    overdue,
)
from actions.titles import title_from
from actions.wording import FROM_ASSESSOR
from assessments.models import Assessment, Finding, FindingResponse, Result
from assessments.models.assessment import AssessmentQuerySet
from assessments.models.finding import FindingQuerySet
from assessments.ratings import Basis
from assessments.response_references import pointer_in
from assessments.tree import ref_key
from cse_tracker.accounts.models import Event, Membership, Organisation
from cse_tracker.accounts.models.membership import MembershipQuerySet
from cse_tracker.accounts.permissions import Permission
from evidence.models import EvidenceItem, EvidenceItemQuerySet, EvidenceLink

SOON_DAYS = 30


@dataclass(frozen=True)
class ActionCounts:
    """How many actions stand where. Overdue and due soon are among the open ones."""

    open: int
    overdue: int
    due_soon: int
    finished: int


@dataclass(frozen=True)
class FindingPlace:
    """A finding with where it stands. ``url`` is empty for one about no element."""

    finding: Finding
    ref: str
    assessment: str
    url: str


def actions_by_finding(
    finding_ids: Collection[int], organisation: Organisation
) -> dict[int, list[Action]]:
    """Finding id to its current actions with their people, by number: one query."""
    links = (
        ActionFinding.objects.filter(
            organisation=organisation,
            finding__in=finding_ids,
            action__withdrawn_at=None,
        )
        .select_related(
            "action__owner__user", "action__owner__service", "action__service"
        )
        .order_by("action__number")
    )
    found: dict[int, list[Action]] = {pk: [] for pk in finding_ids}
    for link in links:
        link.action.organisation = organisation
        found[link.finding_id].append(link.action)
    return found


def action_counts(actions: ActionQuerySet, *, on: date) -> ActionCounts:
    """Counts of these actions on a day, withdrawn ones left out: one query."""
    finished = Q(withdrawn_at=None, status__in=Action.Status.finished())
    counts = actions.order_by().aggregate(
        open=Count("pk", filter=outstanding()),
        overdue=Count("pk", filter=overdue(on=on)),
        due_soon=Count("pk", filter=due_within(SOON_DAYS, on=on)),
        finished=Count("pk", filter=finished),
    )
    return ActionCounts(**counts)


def found_counts(actions: ActionQuerySet) -> tuple[int, int]:
    """How many these are, and how many of them are being done: one query."""
    counts = actions.order_by().aggregate(
        found=Count("pk"), doing=Count("pk", filter=being_done())
    )
    return counts["found"], counts["doing"]


def approvers_of(organisation: Organisation) -> dict[int, str]:
    """User id to name of the present members who may close what others did: one query."""
    members = Membership.objects.of(organisation).current().insiders()
    approving = members.who_may(Permission.APPROVE).with_people()
    return {member.user_id: str(member.user) for member in approving}


def readers_of(organisation: Organisation) -> MembershipQuerySet:
    """Present members who see the plan: a former one may be back as an assessor."""
    members = Membership.objects.of(organisation).current().insiders()
    return members.who_may(Permission.READ)


def due_moves_of(actions: Iterable[Action]) -> dict[int, DueMoves]:
    """Action id to the moves of its due date, none for most: one query for all."""
    ids = [action.pk for action in actions]
    events = Event.objects.filter(
        target_type=Action._meta.label_lower,
        target_id__in=ids,
        changes__has_key="due_on",
    )
    logged: dict[int, list[LoggedDate]] = {pk: [] for pk in ids}
    for event in events.select_related("by").order_by("pk"):
        before, after = event.changes["due_on"]
        entry = LoggedDate(before, after, str(event.by or "CSE Tracker"), event.at)
        logged[event.target_id].append(entry)
    return {pk: due_moves(entries) for pk, entries in logged.items()}


def notes_of(action: Action) -> list[ActionNote]:
    """What was said, the newest first, knowing what was sent back: one query."""
    notes = list(action.notes.newest_first())
    said = {ActionNote.Kind.PROGRESS, ActionNote.Kind.COMMENT}
    moves = [note for note in notes if note.kind not in said]
    for note, earlier in pairwise(moves):
        note.is_sending_back = (
            note.kind == ActionNote.Kind.REOPENED
            and earlier.kind == ActionNote.Kind.CLAIMED
        )
    return notes


def evidence_for_claim(
    action: Action,
) -> tuple[EvidenceItemQuerySet, EvidenceItemQuerySet]:
    """Current items on the elements that the action is about, and all others."""
    items = EvidenceItem.objects.of(action.organisation).current()
    nodes = Finding.objects.standing().filter(action_links__action=action)
    links = EvidenceLink.objects.filter(
        organisation=action.organisation_id, node__in=nodes.values("node")
    )
    near = Q(pk__in=links.values("item"))
    return items.filter(near), items.exclude(near)


def findings_asking(organisation: Organisation) -> FindingQuerySet:
    """Standing findings that ask "Will you act on it?": all but strengths."""
    return (
        Finding.objects.standing()
        .filter(organisation=organisation)
        .exclude(kind=Finding.Kind.STRENGTH)
        .select_related("node", "finding_set__assessment")
    )


def has_action() -> Exists:
    """Whether an action that was not withdrawn answers a finding: for queries of findings."""
    return Exists(
        ActionFinding.objects.filter(finding=OuterRef("pk"), action__withdrawn_at=None)
    )


def ratings_to_look_at(action: Action, *, closed_on: date) -> list[Result]:
    """Results below compliant on its elements that no visit looked at since, by ref: one query.

    Each as it was last found. Nothing here changes a rating: an assessor does, at a visit.
    """
    nodes = Finding.objects.standing().filter(action_links__action=action)
    results = (
        Result.objects.rated()
        .filter(organisation=action.organisation_id, node__in=nodes.values("node"))
        .exclude(basis=Basis.CARRIED.value)
        .select_related("node", "assessment")
        .order_by("assessment__year", "assessment__pk")
    )
    newest = {result.node_id: result for result in results}
    below = [each for each in newest.values() if _asks_for_a_look(each, closed_on)]
    return sorted(below, key=lambda result: ref_key(result.node.ref))


def latest_discussed_or_none(assessments: AssessmentQuerySet) -> Assessment | None:
    """The newest by the assessor with comments, as one just started has none; else the newest."""
    visits = assessments.by_assessor()
    comments = Finding.objects.standing().filter(finding_set=OuterRef("finding_set"))
    return visits.filter(Exists(comments)).last() or visits.last()


def undecided_findings(assessment: Assessment) -> list[FindingPlace]:
    """The assessment's findings that nobody has decided on, element by element: one query."""
    findings = findings_asking(assessment.organisation).filter(
        finding_set=assessment.finding_set_id, decision=Finding.Decision.UNDECIDED
    )
    return places_of(findings, assessment.organisation)


def undecided_after(finding: Finding) -> list[Finding]:
    """The other comments of the same visit that wait: those after it first, then from the top."""
    waiting = findings_asking(finding.organisation).filter(
        finding_set=finding.finding_set_id, decision=Finding.Decision.UNDECIDED
    )
    here = _reading_order(finding)
    return sorted(
        waiting.exclude(pk=finding.pk),
        key=lambda each: (_reading_order(each) < here, _reading_order(each)),
    )


def open_actions_nearby(finding: Finding) -> list[Action]:
    """Outstanding actions on the finding's element that don't answer it yet: one query."""
    if finding.node_id is None:
        return []
    nearby = ActionFinding.objects.filter(
        organisation=finding.organisation_id, finding__node=finding.node_id
    )
    answering = ActionFinding.objects.filter(finding=finding)
    return list(
        Action.objects.of(finding.organisation)
        .outstanding()
        .filter(pk__in=nearby.values("action"))
        .exclude(pk__in=answering.values("action"))
        .order_by("number")
    )


def proposed_title(finding: Finding) -> str:
    """From the recommended responses with words of their own, else from the comment: one query.

    A comment may be praise. Where no first sentence fits, the element.
    """
    links = FindingResponse.objects.filter(
        finding=finding, response__withdrawn_at=None
    ).order_by("order", "pk")
    responses = links.values_list("response__text", flat=True)
    own_words = [text for text in responses if not pointer_in(text)]
    titles = map(title_from, own_words or [finding.comment])
    return next(filter(None, titles), str(finding.node or ""))


def origin_of(action: Action) -> str:
    """Where an action of ``with_findings`` comes from; its findings say it before it does."""
    if action.findings.all():
        return FROM_ASSESSOR
    return Action.Origin(action.origin).label


def with_findings(actions: ActionQuerySet) -> ActionQuerySet:
    """These actions with their standing findings, ready for ``places_of``."""
    findings = Finding.objects.standing().select_related(
        "node", "finding_set__assessment"
    )
    return actions.prefetch_related(Prefetch("findings", queryset=findings))


def places_of(
    findings: Iterable[Finding], organisation: Organisation
) -> list[FindingPlace]:
    """Where the findings stand, newest assessment first, then by ref; none of them queries.

    The findings come with ``node`` and ``finding_set__assessment`` loaded.
    """
    return [
        _place(finding, organisation)
        for finding in sorted(findings, key=_reading_order)
    ]


def _place(finding: Finding, organisation: Organisation) -> FindingPlace:
    ref = finding.node.ref if finding.node else ""
    assessment = _assessment_of(finding)
    if assessment is None:
        return FindingPlace(finding, ref, "", "")
    if not ref:
        return FindingPlace(finding, ref, str(assessment), "")
    address = [organisation.slug, assessment.slug, ref]
    url = reverse("overview:element", args=address)
    return FindingPlace(finding, ref, str(assessment), url)


def _reading_order(finding: Finding) -> tuple[int, tuple[int, ...], int, int]:
    assessment = _assessment_of(finding)
    ref = ref_key(finding.node.ref) if finding.node else (10**6,)
    return -(assessment.year if assessment else 0), ref, finding.order, finding.pk


def _assessment_of(finding: Finding) -> Assessment | None:
    """The assessment whose finding it is; None for a finding of some other review."""
    return getattr(finding.finding_set, "assessment", None)


def _asks_for_a_look(result: Result, closed_on: date) -> bool:
    rating, visit = result.rating_or_none, result.assessment
    if rating is None or not rating.must_be_put_right():
        return False
    visited_on = visit.visit_ends_on or visit.visit_starts_on
    return is_unseen(closed_on, found_in=visit.year, visited_on=visited_on)
