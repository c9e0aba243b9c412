"""An assessment's life: started, handed to the approver, confirmed, unlocked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from assessments.entering import KnownRating
from assessments.models import Assessment, Certification, FindingSet, Result
from assessments.ratings import Basis
from assessments.readings import brought_in_nodes, changes_in, known_ratings_before
from assessments.services.findings import hold_open
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.standard_tree import shared_tree, tree_for
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import Changes, changes_to, record_event
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.accounts.verbs import EDITED, RESTORED_VERSION
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged

DAYS = ["visit_starts_on", "visit_ends_on"]
STARTED = "started"
# The verbs of the events that raise an assessment's version; the last two are an import's.
SAVING_VERBS = frozenset(
    {
        *(EDITED, RESTORED_VERSION, "moved", "confirmed", "unlocked"),
        *("brought in", "undone"),
    }
)


@transaction.atomic
def start_assessment(  # noqa: PLR0913  # each argument is said on the page that starts one
    *,
    certification: Certification,
    year: int,
    kind: str,
    by: User,
    carry_forward: bool = False,
    continuing: Collection[int] | None = None,
    details: Mapping[str, Any] | None = None,
) -> Assessment:
    """Make an assessment with an empty result for each element.

    With ``carry_forward`` each last known rating is copied, marked carried and tied to its
    source, except in a self-assessment, which nobody else's rating answers; of the latest
    assessment's sub-elements those continue whose node ids are in ``continuing``, None for all.
    ``details`` are further fields. Raises RuleBroken when the year already has one of this kind.
    """
    # Behind this lock nobody else takes the year or the address.
    organisation = lock_organisation(certification.organisation)
    said = details or {}
    assessment = _create(certification, year, kind, said)
    carried = (
        _carry_forward(assessment, continuing)
        if carry_forward
        else _make_results(assessment, {}, [])
    )
    record_event(
        by=by,
        verb=STARTED,
        target=assessment,
        organisation=organisation,
        changes={"carried_ratings": (0, carried)} | changes_to(Assessment(), said),
        assessment_id=assessment.pk,
    )
    return assessment


@transaction.atomic
def edit_assessment(
    *,
    assessment: Assessment,
    seen_version: int,
    by: User,
    verb: str = EDITED,
    **values: Any,
) -> Assessment:
    """Change what is said about the visit. The same words again write nothing.

    ``verb`` is the change log's. Raises RuleBroken if confirmed or if the visit would end
    before it starts, Conflict if changed since it was seen.
    """
    assessment.check_open()
    changes = changes_to(assessment, values)
    if not changes:
        return assessment
    check_visit(**{name: values.get(name, getattr(assessment, name)) for name in DAYS})
    saved = save_if_unchanged(assessment, seen_version, **values)
    _record(saved, verb, by, changes)
    return saved


@transaction.atomic
def hand_to_approver(
    *, assessment: Assessment, seen_version: int, by: User
) -> Assessment:
    """Say that entering is finished and the approver may look."""
    return _change_state(assessment, seen_version, Assessment.State.WITH_APPROVER, by)


@transaction.atomic
def take_back(*, assessment: Assessment, seen_version: int, by: User) -> Assessment:
    """Take an assessment back from the approver to go on entering."""
    return _change_state(assessment, seen_version, Assessment.State.IN_PROGRESS, by)


@transaction.atomic
def confirm_assessment(
    *,
    assessment: Assessment,
    seen_version: int,
    now: datetime,
    by: User,
    explanations: Sequence[RatingEntry] = (),
) -> Assessment:
    """Lock the assessment: from now on it is what the organisation reports.

    ``explanations`` repeat ratings that changed unexamined and say why. Raises RuleBroken while
    nothing is rated, or while such a rating has no reason. Blank ratings, and changes in a year
    that came from a file, are flagged and not refused: real past years have them.
    """
    hold_open(assessment)
    if not assessment.results.rated().exists():
        raise RuleBroken(
            "Nothing is rated yet. Enter the ratings before you confirm them."
        )
    if explanations:
        rate_nodes(assessment=assessment, entries=explanations, by=by)
    _check_accounted_for(assessment)
    saved = save_if_unchanged(
        assessment,
        seen_version,
        state=Assessment.State.CONFIRMED,
        confirmed_at=now,
        confirmed_by=by,
    )
    _record(saved, "confirmed", by, {"state": (assessment.state, saved.state)})
    return saved


@transaction.atomic
def unlock_assessment(
    *, assessment: Assessment, seen_version: int, reason: str, by: User
) -> Assessment:
    """Open a confirmed assessment again; the reason stands in the change log."""
    if assessment.is_open:
        raise RuleBroken(
            "This assessment is not confirmed, so there is nothing to unlock."
        )
    if not reason.strip():
        raise RuleBroken("Enter the reason for unlocking this assessment.")
    saved = save_if_unchanged(
        assessment,
        seen_version,
        state=Assessment.State.IN_PROGRESS,
        confirmed_at=None,
        confirmed_by=None,
    )
    changes = {"state": (assessment.state, saved.state), "reason": ("", reason.strip())}
    _record(saved, "unlocked", by, changes)
    return saved


def check_visit(*, visit_starts_on: date | None, visit_ends_on: date | None) -> None:
    """Raise RuleBroken for days that can't be: two people may each have chosen one."""
    if visit_ends_on and (not visit_starts_on or visit_ends_on < visit_starts_on):
        raise RuleBroken("The last day of the visit must not be before the first.")


def free_slug(certification: Certification, year: int, kind: str) -> str:
    """``2026-review``, with the scope where another certification has it already."""
    if certification.assessments.filter(year=year, kind=kind).exists():
        label = Assessment.Kind(kind).label.lower()
        raise RuleBroken(f"{year} already has a {label}. Open that one instead.")
    slug = f"{year}-{kind}"
    taken = Assessment.objects.filter(
        organisation=certification.organisation, slug=slug
    )
    return f"{slug}-{slugify(certification.scope)}"[:60] if taken.exists() else slug


def _check_accounted_for(assessment: Assessment) -> None:
    tree = tree_for(assessment.organisation, assessment.certification.standard)
    changes = changes_in(assessment, tree)
    unexplained = [each.node for each in changes if not each.is_accounted_for]
    excused = brought_in_nodes(assessment) if unexplained else set()
    missing = [node.ref for node in unexplained if node.id not in excused]
    if missing:
        raise RuleBroken(
            f"{', '.join(missing)}: the rating changed, but nobody examined it or said why. "
            "Enter a reason for each."
        )


def _create(
    certification: Certification, year: int, kind: str, said: Mapping[str, Any]
) -> Assessment:
    organisation = certification.organisation
    return Assessment.objects.create(
        slug=free_slug(certification, year, kind),
        organisation=organisation,
        certification=certification,
        finding_set=FindingSet.objects.create(organisation=organisation),
        year=year,
        kind=kind,
        **said,
    )


def _carry_forward(assessment: Assessment, continuing: Collection[int] | None) -> int:
    """Its results as the years before leave them; how many ratings were carried."""
    is_rated_anew = assessment.kind == Assessment.Kind.SELF
    known = {} if is_rated_anew else known_ratings_before(assessment)
    return _make_results(
        assessment, known, _sub_elements_before(assessment, continuing)
    )


def _make_results(
    assessment: Assessment,
    known: Mapping[int, KnownRating],
    continuing: Sequence[int],
) -> int:
    """A result for each element and continuing sub-element; how many were carried."""
    elements = shared_tree(assessment.certification.standard).elements
    latest = Assessment.objects.before(assessment).last()
    exempt = _exempt_in(latest)
    made = Result.objects.bulk_create(
        _exempt_result(assessment, node_id, exempt[node_id])
        if node_id in exempt
        else _new_result(assessment, node_id, known.get(node_id))
        for node_id in [*(node.id for node in elements), *continuing]
    )
    return sum(result.basis == Basis.CARRIED for result in made)


def _new_result(
    assessment: Assessment, node_id: int, known: KnownRating | None
) -> Result:
    return Result(
        organisation=assessment.organisation,
        assessment=assessment,
        node_id=node_id,
        rating=known.rating.value if known else "",
        basis=Basis.CARRIED.value if known else Basis.RECORDED.value,
        carried_from_id=known.result_id if known else None,
    )


def _exempt_result(assessment: Assessment, node_id: int, reason: str) -> Result:
    return Result(
        organisation=assessment.organisation,
        assessment=assessment,
        node_id=node_id,
        applicable=False,
        reason=reason,
    )


def _sub_elements_before(
    assessment: Assessment, chosen: Collection[int] | None
) -> list[int]:
    """Sub-elements that the latest assessment still tracked, of those chosen; None: all."""
    latest = Assessment.objects.before(assessment).last()
    if latest is None:
        return []
    rows = latest.results.exclude(node__organisation=None).order_by("node__ref")
    tracked = rows.values_list("node_id", flat=True)
    return [each for each in tracked if chosen is None or each in chosen]


def _exempt_in(latest: Assessment | None) -> dict[int, str]:
    """What did not apply in the latest assessment: node id to the reason."""
    if latest is None:
        return {}
    rows = latest.results.filter(applicable=False)
    return dict(rows.values_list("node_id", "reason"))


def _change_state(
    assessment: Assessment, seen_version: int, state: str, by: User
) -> Assessment:
    assessment.check_open()
    saved = save_if_unchanged(assessment, seen_version, state=state)
    _record(saved, "moved", by, {"state": (assessment.state, state)})
    return saved


def _record(assessment: Assessment, verb: str, by: User, changes: Changes) -> None:
    record_event(
        by=by,
        verb=verb,
        target=assessment,
        organisation=assessment.organisation,
        changes=changes,
        assessment_id=assessment.pk,
    )
