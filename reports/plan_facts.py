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
from assessments.models import Finding
from cse_tracker.core.dates import LONDON, local_day
from reports.models import Paper
from reports.plan.facts import (
    FinishedAction,
    Group,
    OpenAction,
    PlanFacts,
    Progress,
)
from reports.plan_places import Place, groups_in_order, place_of, refs_of

MONTHS_WITHOUT_A_PLAN = 12
# What people say of how it goes on; comments and reasons are for those who work on it.
PROGRESS = [ActionNote.Kind.PROGRESS, ActionNote.Kind.CLAIMED]
Status = Action.Status


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
            found = found.of_service(paper.service_id)
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
            declined_count=declined.count(),
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
            by_place.setdefault(place_of(action), []).append(told)
        return groups_in_order(by_place, self.paper.organisation)

    def _open(self, action: Action, reading: "_Reading") -> OpenAction:
        late = action.is_overdue(on=self.day)
        return OpenAction(
            number=action.number,
            title=action.title,
            done_looks_like=action.done_looks_like,
            refs=refs_of(action),
            owner=self._owner_of(action),
            has_owner=bool(action.owner_label),
            service=str(action.belongs_to or ""),
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
                refs=refs_of(action),
                owner=self._owner_of(action),
                has_owner=bool(action.owner_label),
                service=str(action.belongs_to or ""),
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
    prefetch = Prefetch("findings", queryset=findings)
    return actions.with_people().prefetch_related(prefetch)


def _latest_notes(
    actions: Iterable[Action], kinds: Sequence[ActionNote.Kind]
) -> dict[int, ActionNote]:
    """Action id to the newest of these notes: one query."""
    notes = ActionNote.objects.filter(action__in=actions, kind__in=kinds)
    found: dict[int, ActionNote] = {}
    for note in notes.order_by("-day", "-pk"):
        found.setdefault(note.action_id, note)
    return found
