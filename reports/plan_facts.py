"""Reading the facts of action plans from the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.db.models import Prefetch

from actions.due_moves import DueMoves
from actions.models import Action, ActionNote, ActionQuerySet
from actions.readings import SOON_DAYS, due_moves_of
from assessments.due_dates import months_after
from assessments.models import Finding, Standard
from assessments.standard_tree import tree_for
from assessments.tree import Tree, ref_key
from cse_tracker.accounts.models import Organisation
from cse_tracker.core.dates import LONDON, local_day
from reports.models import Paper
from reports.plan.facts import (
    FinishedAction,
    Group,
    OpenAction,
    PlanFacts,
    Progress,
)

MONTHS_WITHOUT_A_PLAN = 12
# What people say of how it goes on; comments are for those who work on it.
PROGRESS = [
    ActionNote.Kind.PROGRESS,
    ActionNote.Kind.CLAIMED,
    ActionNote.Kind.REOPENED,
]
Status = Action.Status
# A standard by its key, and a ref in it.
Place = tuple[int, str]


def collect_plans(papers: Sequence[Paper]) -> dict[int, PlanFacts]:
    """The facts of these action plans, by paper id, each as at the moment of its row."""
    return {paper.pk: _Collector(paper).facts() for paper in papers}


class _Collector:
    """Reads and puts together the facts of one paper."""

    def __init__(self, paper: Paper) -> None:
        if paper.as_at is None:
            raise ValueError(f"{paper} has no moment to be about")
        self.paper, self.options, self.as_at = paper, paper.options, paper.as_at
        self.day = local_day(self.as_at)
        found = Action.objects.of(paper.organisation).current()
        if paper.service_id is not None:
            found = found.filter(service=paper.service_id)
        self.plan: ActionQuerySet = found

    def facts(self) -> PlanFacts:
        finished = self.plan.filter(finished_at__gt=self._finished_after)
        closed = finished.filter(status=Status.CLOSED)
        has_lists = self.options.with_finished
        declined = finished.filter(status=Status.DECLINED)
        return PlanFacts(
            organisation=self.paper.organisation.name,
            service=str(self.paper.service or ""),
            as_at=self.day,
            since=self._since,
            counted_from=local_day(self._finished_after),
            options=self.options,
            groups=tuple(self._groups()),
            closed_count=closed.count(),
            closed=tuple(self._finished(closed)) if has_lists else (),
            declined=tuple(self._finished(declined)) if has_lists else (),
            language=self.paper.organisation.language,
        )

    @cached_property
    def _before(self) -> datetime | None:
        """The moment of the plan of the same services that was issued last before this one."""
        issued = [Paper.State.ISSUED, Paper.State.SUPERSEDED]
        earlier = Paper.objects.about_the_same(self.paper).filter(
            state__in=issued, issued_at__lt=self.as_at
        )
        moments = earlier.exclude(pk=self.paper.pk).order_by("-as_at")
        return moments.values_list("as_at", flat=True).first()

    @property
    def _since(self) -> date | None:
        return local_day(self._before) if self._before else None

    @property
    def _finished_after(self) -> datetime:
        """What was finished later than this counts: no day between two plans is lost."""
        if self._before:
            return self._before
        first_day = months_after(self.day, -MONTHS_WITHOUT_A_PLAN)
        return datetime.combine(first_day, time.min, tzinfo=LONDON)

    def _groups(self) -> list[Group]:
        actions = list(_with_places(self.plan.outstanding().by_urgency()))
        reading = _Reading(
            moves=due_moves_of(actions),
            progress=self._progress_of(actions) if self.options.with_progress else {},
        )
        by_place: dict[Place | None, list[OpenAction]] = {}
        for action in actions:
            told = self._open(action, reading)
            by_place.setdefault(_place_of(action), []).append(told)
        return _in_order(by_place, self.paper.organisation)

    def _open(self, action: Action, reading: "_Reading") -> OpenAction:
        late = action.is_overdue(on=self.day)
        return OpenAction(
            number=action.number,
            title=action.title,
            done_looks_like=action.done_looks_like,
            refs=_refs_of(action),
            owner=self._owner_of(action),
            service=_service_of(action),
            priority=Action.Priority(action.priority).label,
            starts_on=action.starts_on,
            due_on=action.due_on,
            moved=reading.moves[action.pk].words,
            status=Status(action.status).label,
            is_overdue=late,
            is_due_soon=not late and self._is_due_soon(action),
            is_waiting=action.status == Status.DONE,
            progress=reading.progress.get(action.pk),
        )

    def _is_due_soon(self, action: Action) -> bool:
        """The rule of ``actions.models.due_within``, for one row that is not overdue."""
        if action.due_on is None or not action.is_being_done:
            return False
        return (action.due_on - self.day).days <= SOON_DAYS

    def _finished(self, actions: ActionQuerySet) -> list[FinishedAction]:
        listed = list(_with_places(actions.order_by("-finished_at", "-number")))
        reasons = _latest_notes(listed, [ActionNote.Kind.DECLINED])
        return [
            FinishedAction(
                number=action.number,
                title=action.title,
                refs=_refs_of(action),
                owner=self._owner_of(action),
                service=_service_of(action),
                due_on=action.due_on,
                finished_on=local_day(action.finished_at),
                reason=reasons[action.pk].text
                if action.status == Status.DECLINED and action.pk in reasons
                else "",
            )
            for action in listed
            if action.finished_at
        ]

    def _progress_of(self, actions: Iterable[Action]) -> dict[int, Progress]:
        notes = _latest_notes(actions, PROGRESS)
        return {pk: Progress(note.day, note.text) for pk, note in notes.items()}

    def _owner_of(self, action: Action) -> str:
        return action.owner_label if self.options.with_names else ""


@dataclass(frozen=True)
class _Reading:
    """What was read of the open actions beside their rows, by action id."""

    moves: Mapping[int, DueMoves]
    progress: Mapping[int, Progress]


def _with_places(actions: ActionQuerySet) -> ActionQuerySet:
    """With people, and with the standing findings and what they are about."""
    findings = Finding.objects.standing().select_related("node")
    with_people = actions.with_people().select_related("owner__service")
    return with_people.prefetch_related(Prefetch("findings", queryset=findings))


def _latest_notes(
    actions: Iterable[Action], kinds: Sequence[ActionNote.Kind]
) -> dict[int, ActionNote]:
    """Action id to the newest of these notes: one query."""
    notes = ActionNote.objects.filter(action__in=actions, kind__in=kinds)
    found: dict[int, ActionNote] = {}
    for note in notes.order_by("-day", "-pk"):
        found.setdefault(note.action_id, note)
    return found


def _service_of(action: Action) -> str:
    """The action's own, else that of the member who does it."""
    own = action.owner.service if action.owner else None
    return str(action.service or own or "")


def _places(action: Action) -> list[Place]:
    """What its findings are about, each once, in the order of the standard."""
    nodes = [finding.node for finding in action.findings.all() if finding.node]
    places = {(node.standard_id, node.ref) for node in nodes}
    return sorted(places, key=_in_the_standard)


def _in_the_standard(place: Place) -> tuple[int, tuple[int, ...]]:
    standard, ref = place
    return standard, ref_key(ref)


def _refs_of(action: Action) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for _, ref in _places(action)))


def _place_of(action: Action) -> Place | None:
    """The element with which it is listed: the first that it is about."""
    for standard, ref in _places(action):
        return standard, ".".join(ref.split(".")[:3])
    return None


def _in_order(
    by_place: Mapping[Place | None, Sequence[OpenAction]], organisation: Organisation
) -> list[Group]:
    """Groups in the order of the standard, what is about no element last."""
    places = sorted(filter(None, by_place), key=_in_the_standard)
    standards = Standard.objects.in_bulk({standard for standard, _ in places})
    trees = {pk: tree_for(organisation, each) for pk, each in standards.items()}
    groups = []
    for place in places:
        pk, ref = place
        named = f"{standards[pk]}, " if len(standards) > 1 else ""
        criterion = f"{named}{_criterion(trees[pk], ref)}"
        title = trees[pk].by_ref[ref].title
        groups.append(Group(ref, title, criterion, tuple(by_place[place])))
    if None in by_place:
        groups.append(Group("", "", "", tuple(by_place[None])))
    return groups


def _criterion(tree: Tree, ref: str) -> str:
    criterion = tree.by_ref[tree.by_ref[ref].criterion_ref]
    return f"Criterion {criterion.ref}: {criterion.title}"
