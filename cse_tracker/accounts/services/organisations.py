"""Making an organisation, and what its settings change: its name, bank holidays and services."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from cse_tracker.accounts.models import Organisation, Service, User
from cse_tracker.accounts.services.events import (
    Changes,
    changes_to,
    record_event,
)
from cse_tracker.core.errors import Clash, Conflict, RuleBroken
from cse_tracker.core.working_days import Nation

# Room for a number behind it, within the slug's 60 characters.
SLUG_STEM_LENGTH = 54


def lock_organisation(organisation: Organisation) -> Organisation:
    """The organisation as it stands, kept from other writers until the transaction ends.

    Rules that count rows, such as "one administrator stays", hold only behind this lock. Take
    it first: two who lock in opposite orders wait for each other until the database ends one.
    The order is organisation, import run, assessment, then the rows below it.
    """
    # Its key stays free: every entry of the change log, whoever writes it, points at it.
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


@transaction.atomic
def create_organisation(*, name: str, by: User | None, slug: str = "") -> Organisation:
    """An organisation without people. Its address comes from its name unless ``slug`` is given."""
    organisation = Organisation.objects.create(
        name=name, slug=slug or _free_slug(slugify(name)[:SLUG_STEM_LENGTH])
    )
    record_event(
        by=by,
        verb="created",
        target=organisation,
        organisation=organisation,
        changes={"name": (None, organisation.name)},
    )
    return organisation


@transaction.atomic
def rename_organisation(
    *, organisation: Organisation, name: str, by: User | None, seen: str | None = None
) -> Organisation:
    """Give the organisation another name. Its address stays, so that links keep working.

    ``seen`` is the name that the person saw; None takes whatever it is called. Raises Conflict
    when somebody else changed it since.
    """
    organisation = lock_organisation(organisation)
    before = organisation.name
    _check_seen(organisation, name, seen)
    if before != name:
        organisation.name = name
        organisation.save(update_fields=["name"])
        record_event(
            by=by,
            verb="renamed",
            target=organisation,
            organisation=organisation,
            changes={"name": (before, name)},
        )
    return organisation


@transaction.atomic
def choose_nation(
    *, organisation: Organisation, nation: Nation, by: User | None
) -> Organisation:
    """Say whose bank holidays are kept: on them nobody is reminded of anything."""
    organisation = lock_organisation(organisation)
    changes = changes_to(organisation, {"nation": nation.value})
    if changes:
        organisation.nation = nation.value
        organisation.save(update_fields=["nation"])
        record_event(
            by=by,
            verb="edited",
            target=organisation,
            organisation=organisation,
            changes=changes,
        )
    return organisation


@transaction.atomic
def add_service(*, organisation: Organisation, name: str, by: User | None) -> Service:
    """Add a service; one of that name that was withdrawn comes back with all it did.

    Raises RuleBroken when a current service has the name.
    """
    organisation = lock_organisation(organisation)
    namesakes = Service.objects.filter(organisation=organisation, name__iexact=name)
    service = namesakes.order_by(F("withdrawn_at").desc(nulls_first=True)).first()
    if service is None:
        service = _written(Service(organisation=organisation, name=name))
        changes: Changes = {"name": (None, name)}
    else:
        if service.withdrawn_at is None:
            raise _name_is_taken(service.name)
        changes = {
            "withdrawn_at": (service.withdrawn_at, None),
            "name": (service.name, name),
        }
        service.withdrawn_at, service.name = None, name
        service = _written(service)
    record_event(
        by=by, verb="added", target=service, organisation=organisation, changes=changes
    )
    return service


@transaction.atomic
def rename_service(
    *, service: Service, name: str, by: User | None, seen: str | None = None
) -> Service:
    """Give a service another name; ``seen`` as for ``rename_organisation``.

    Raises RuleBroken when another current one has it, Conflict when somebody else renamed it.
    """
    organisation = lock_organisation(service.organisation)
    service = Service.objects.get(pk=service.pk)
    before = service.name
    _check_seen(service, name, seen)
    if before != name:
        service.name = name
        service = _written(service)
        record_event(
            by=by,
            verb="renamed",
            target=service,
            organisation=organisation,
            changes={"name": (before, name)},
        )
    return service


@transaction.atomic
def withdraw_service(*, service: Service, now: datetime, by: User | None) -> Service:
    """Take a service out of use. It stays on what it did; adding its name brings it back."""
    organisation = lock_organisation(service.organisation)
    service = Service.objects.get(pk=service.pk)
    if service.withdrawn_at is None:
        service.withdrawn_at = now
        service.save(update_fields=["withdrawn_at"])
        record_event(
            by=by,
            verb="withdrew",
            target=service,
            organisation=organisation,
            changes={"withdrawn_at": (None, now)},
        )
    return service


def _check_seen(row: Organisation | Service, name: str, seen: str | None) -> None:
    """Raise Conflict if the name is neither the one that was seen nor the wanted one."""
    if seen is not None and row.name not in (seen, name):
        raise Conflict([Clash(row, {"name": name})])


def _written(service: Service) -> Service:
    """Save it, with the database as the judge of whether the name is free."""
    try:
        with transaction.atomic():
            service.save()
    except IntegrityError:
        raise _name_is_taken(service.name) from None
    return service


def _name_is_taken(name: str) -> RuleBroken:
    return RuleBroken(f"There is already a service called {name}. Enter another name.")


def _free_slug(stem: str) -> str:
    """The stem, or the stem with the first number that no organisation has."""
    stem = stem or "organisation"
    taken = set(
        Organisation.objects.filter(slug__startswith=stem).values_list(
            "slug", flat=True
        )
    )
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)
