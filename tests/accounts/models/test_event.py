"""The change log can be written to and not rewritten."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import InternalError, ProgrammingError, transaction

from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.events import (
    EventDraft,
    record_event,
    record_events,
)
from tests.factories import OrganisationFactory


@pytest.fixture
def ashby(db):
    return OrganisationFactory(slug="ashby")


def write(organisation, **changes):
    return record_event(
        by=None,
        verb="changed",
        target=organisation,
        organisation=organisation,
        changes=changes,
    )


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "rewrite",
    [
        lambda event: event.delete(),
        lambda event: Event.objects.update(verb="nothing happened"),
        lambda event: Event.objects.filter(pk=event.pk)._raw_delete("default"),
    ],
    ids=["delete", "update", "raw delete"],
)
def test_the_database_refuses_to_rewrite_what_happened(ashby, rewrite):
    event = write(ashby, name=("A", "B"))

    with (
        pytest.raises((InternalError, ProgrammingError), match="append-only"),
        transaction.atomic(),
    ):
        rewrite(event)

    assert Event.objects.get(pk=event.pk).changes == {"name": ["A", "B"]}


def test_values_of_any_kind_are_kept_readable(ashby):
    key = uuid.UUID(int=7)

    event = write(
        ashby,
        due_on=(None, date(2026, 3, 3)),
        share=(Decimal("80.5"), 3),
        service=(ashby, key),
    )

    event.refresh_from_db()
    assert event.changes == {
        "due_on": [None, "2026-03-03"],
        "share": ["80.5", 3],
        "service": [ashby.pk, str(key)],
    }


def test_many_changes_are_written_in_one_query(ashby, django_assert_num_queries):
    batch = uuid.uuid4()

    with django_assert_num_queries(1):
        record_events(
            [EventDraft(ashby, {"name": (None, str(number))}) for number in range(57)],
            by=None,
            verb="changed",
            organisation=ashby,
            batch=batch,
        )

    assert Event.objects.filter(batch=batch).count() == 57


def test_what_happened_to_one_row_comes_newest_first(ashby):
    events = [write(ashby), write(ashby)]
    write(OrganisationFactory())

    assert list(Event.objects.about(ashby)) == events[::-1]
