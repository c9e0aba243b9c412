"""A person's own account."""

import pytest
from allauth.account.models import EmailAddress

from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.people import (
    change_email,
    close_account,
    open_account,
    rename_person,
)
from cse_tracker.core.errors import RuleBroken


def test_a_new_name_is_logged_outside_any_organisation(cast):
    rename_person(user=cast.lena, full_name="Lena Moor", by=cast.lena)

    cast.lena.refresh_from_db()
    event = Event.objects.about(cast.lena).get()
    assert cast.lena.full_name == "Lena Moor"
    assert (event.organisation, event.by) == (None, cast.lena)
    assert event.changes == {"full_name": ["Lena Hart", "Lena Moor"]}


def test_the_same_name_is_no_change(cast):
    rename_person(user=cast.lena, full_name=cast.lena.full_name, by=cast.lena)

    assert not Event.objects.exists()


def test_a_new_address_takes_the_old_one_out_of_use(cast):
    EmailAddress.objects.create(user=cast.lena, email=cast.lena.email)

    change_email(user=cast.lena, email="Lena.Moor@Ashby.example", by=None)

    cast.lena.refresh_from_db()
    assert cast.lena.email == "lena.moor@ashby.example"
    assert not EmailAddress.objects.filter(user=cast.lena).exists()


def test_somebody_elses_address_is_refused(cast):
    with pytest.raises(RuleBroken, match="Another account"):
        change_email(user=cast.lena, email=cast.sam.email, by=None)

    cast.lena.refresh_from_db()
    assert cast.lena.email == "lena@ashby.example"


def test_a_closed_account_ends_the_session_and_can_be_opened_again(cast, signed_in):
    client = signed_in(cast.lena)
    close_account(user=cast.lena, by=None)
    assert client.get("/o/ashby/members/").status_code == 302

    open_account(user=cast.lena, by=None)

    cast.lena.refresh_from_db()
    assert cast.lena.is_active
    verbs = Event.objects.about(cast.lena).values_list("verb", flat=True)
    assert list(verbs) == ["opened account", "closed account"]
