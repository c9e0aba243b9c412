"""Each committed change raises its own organisation's data version, in whatever order."""

import pytest
from django.db import transaction

from cse_tracker.accounts.models import DataVersion, Event
from cse_tracker.accounts.services.events import (
    EventDraft,
    record_event,
    record_events,
)
from tests.factories import OrganisationFactory, UserFactory
from tests.waiting import while_uncommitted

# More than any number of latest events that a version could be made of.
MANY = 1500


@pytest.fixture
def ashby(db):
    return OrganisationFactory(slug="ashby")


def version_of(organisation):
    return DataVersion.objects.of(organisation).version()


def write(organisation):
    return record_event(
        by=None, verb="changed", target=organisation, organisation=organisation
    )


def write_many(organisation):
    drafts = [EventDraft(organisation) for _ in range(MANY)]
    record_events(drafts, by=None, verb="changed", organisation=organisation)


def version_after(act, organisation):
    act(organisation)
    return version_of(organisation)


def test_it_rises_with_the_organisations_own_events_only(ashby):
    assert version_of(ashby) == 0
    write(ashby)
    first = version_of(ashby)
    assert first > 0

    write(OrganisationFactory())

    assert version_of(ashby) == first


@pytest.mark.slow
def test_it_rises_with_every_event_however_many_there_are(ashby):
    write_many(ashby)
    before = version_of(ashby)

    write(ashby)

    assert version_of(ashby) > before


def test_a_change_that_is_taken_back_leaves_it_as_it_was(ashby):
    write(ashby)
    before = version_of(ashby)

    with transaction.atomic():
        write(ashby)
        transaction.set_rollback(True)

    assert version_of(ashby) == before


def test_it_does_not_come_back_after_a_backup_was_restored(ashby):
    with transaction.atomic():
        write(ashby)
        lost = version_of(ashby)
        transaction.set_rollback(True)

    write(ashby)

    assert version_of(ashby) != lost


def test_events_of_no_organisation_count_for_none(ashby):
    record_event(by=None, verb="renamed", target=UserFactory(), organisation=None)

    assert version_of(ashby) == 0
    assert DataVersion.objects.get().organisation_id == 0


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("late", "early"),
    [(write, write_many), (write_many, write), (write_many, write_many)],
    ids=["one after many", "many after one", "many after many"],
)
def test_a_change_that_is_saved_late_still_raises_it(ashby, late, early):
    """Its events have lower ids than those that were saved, and seen, before them."""

    seen = while_uncommitted(lambda: late(ashby), lambda: version_after(early, ashby))

    assert version_of(ashby) > seen > 0
    assert Event.objects.count() > MANY


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_another_to_count(ashby):
    """The early one ends while the late one is still open: it sees its own change alone."""
    write(ashby)
    before = version_of(ashby)

    seen = while_uncommitted(lambda: write(ashby), lambda: version_after(write, ashby))

    assert before < seen < version_of(ashby)
    # The next takes a row that is free again.
    write(ashby)
    assert DataVersion.objects.of(ashby).count() == 2
