"""The platform administrator's site: organisations, people, and nothing that rewrites history."""

import uuid

import pytest
from django.utils import timezone

from cse_tracker.accounts.models import (
    Event,
    InvitationMail,
    Membership,
    Organisation,
    User,
)
from cse_tracker.accounts.models.membership import memberships_of
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.platform import platform_site
from cse_tracker.accounts.services import write_invitation
from tests.factories import OrganisationFactory, UserFactory, member
from tests.pages import text_of

ADD = "/platform/accounts/organisation/add/"


@pytest.fixture
def iris(db):
    """Iris is the platform administrator."""
    return UserFactory(full_name="Iris Platt", is_superuser=True, is_staff=True)


@pytest.fixture
def as_iris(iris, signed_in):
    return signed_in(iris)


def entered(**changes):
    values = {
        "name": "Wold District Council",
        "administrator_name": "Ada Brook",
        "administrator_email": "ada@wold.example",
        "submission_key": str(uuid.uuid4()),
    }
    return values | changes


def url_of(row):
    return f"/platform/accounts/{row._meta.model_name}/{row.pk}/change/"


@pytest.mark.parametrize("person", ["ada", "lena", "sam"])
def test_a_member_of_an_organisation_is_refused(cast, signed_in, person):
    page = signed_in(getattr(cast, person)).get("/platform/", follow=True)

    assert page.status_code == 403


def test_staff_who_are_no_superuser_are_refused(db, signed_in):
    client = signed_in(UserFactory(is_staff=True))

    for path in ("/platform/", "/platform/login/", ADD):
        assert client.get(path, follow=True).status_code == 403


def test_a_visitor_signs_in_like_everybody_and_comes_back(client, iris):
    page = client.get(ADD, follow=True)

    assert page.redirect_chain[-1] == (f"/account/login/?next={ADD}", 302)


def test_only_our_own_tables_are_there():
    names = {model._meta.model_name for model in platform_site._registry}

    assert names == {"organisation", "user", "membership", "event"}


def test_an_organisation_comes_with_an_invited_administrator(as_iris, iris):
    page = as_iris.post(ADD, entered(), follow=True)
    assert "An email goes to" in text_of(page)
    told = text_of(as_iris.get("/platform/accounts/membership/"))
    assert "The email is about to be sent." in told

    wold = Organisation.objects.get()
    ada = User.objects.get(email="ada@wold.example")
    assert (wold.name, wold.slug) == ("Wold District Council", "wold-district-council")
    assert memberships_of(ada)[0].roles == {Role.ADMINISTRATOR}
    assert InvitationMail.objects.get().membership.user == ada
    created = Event.objects.get(organisation=wold, verb="created")
    assert (created.by, created.target_label) == (iris, "Wold District Council")


def test_the_list_of_memberships_costs_the_same_for_many(as_iris, queries_for):
    wold = OrganisationFactory()
    costs = []
    for _ in range(2):
        for _ in range(3):
            membership = member(wold, Role.OFFICER).memberships.get()
            write_invitation(membership=membership, now=timezone.now())
        costs.append(queries_for(as_iris, "/platform/accounts/membership/"))

    few, many = costs
    assert few == many


def test_a_form_sent_twice_makes_one_organisation(as_iris):
    form = entered()

    for _ in range(2):
        assert as_iris.post(ADD, form).status_code == 302

    assert Organisation.objects.count() == 1
    assert InvitationMail.objects.count() == 1


@pytest.mark.parametrize(
    "missing", ["name", "administrator_name", "administrator_email"]
)
def test_an_organisation_is_not_made_without_an_administrator(as_iris, missing):
    page = as_iris.post(ADD, entered(**{missing: ""}))

    assert "This field is required." in text_of(page)
    assert not Organisation.objects.exists()


def test_an_organisation_is_renamed_with_an_event(as_iris, cast):
    form = entered(name="Ashby City", administrator_name="", administrator_email="")

    as_iris.post(url_of(cast.ashby), form)

    cast.ashby.refresh_from_db()
    assert (cast.ashby.name, cast.ashby.slug) == ("Ashby City", "ashby")
    assert [event.verb for event in Event.objects.about(cast.ashby)] == ["renamed"]


def test_a_member_can_be_made_administrator_when_the_last_one_is_gone(as_iris, cast):
    form = entered(
        name=cast.ashby.name,
        administrator_name="Lena",
        administrator_email=cast.lena.email,
    )

    as_iris.post(url_of(cast.ashby), form)

    assert memberships_of(cast.lena)[0].roles == {Role.OFFICER, Role.ADMINISTRATOR}


def test_a_person_is_changed_through_the_services(as_iris, iris, cast):
    as_iris.post(
        url_of(cast.lena),
        {"full_name": "Lena Moor", "email": "Lena.Moor@ashby.example"},
    )

    cast.lena.refresh_from_db()
    assert cast.lena.email == "lena.moor@ashby.example"
    assert not cast.lena.is_active
    verbs = [event.verb for event in Event.objects.about(cast.lena).filter(by=iris)]
    assert verbs == ["closed account", "changed email", "renamed"]


def test_the_last_administrators_account_stays_open_and_nothing_is_half_done(
    as_iris, cast
):
    page = as_iris.post(
        url_of(cast.ada), {"full_name": "Ada X", "email": cast.ada.email}, follow=True
    )

    assert "Ada X is the only administrator of Ashby Borough Council." in text_of(page)
    cast.ada.refresh_from_db()
    assert (cast.ada.full_name, cast.ada.is_active) == ("Ada Brook", True)
    assert not Event.objects.exists()


def test_nobody_is_made_platform_administrator_by_a_form(as_iris, cast):
    as_iris.post(
        url_of(cast.lena),
        {
            "full_name": "Lena Hart",
            "email": cast.lena.email,
            "is_active": "on",
            "is_superuser": "on",
            "is_staff": "on",
        },
    )

    cast.lena.refresh_from_db()
    assert not cast.lena.is_superuser
    assert not cast.lena.is_staff


def test_the_change_log_and_the_members_can_only_be_looked_at(as_iris, iris, cast):
    add = "/platform/accounts/{}/add/"
    as_iris.post(
        url_of(cast.ashby), entered(administrator_email="", administrator_name="")
    )
    for row in (Event.objects.get(), Membership.objects.get(user=cast.lena)):
        assert as_iris.get(url_of(row)).status_code == 200
        assert as_iris.post(url_of(row), {"verb": "nothing"}).status_code == 403
        assert as_iris.get(add.format(row._meta.model_name)).status_code == 403


@pytest.mark.parametrize("row", ["ashby", "lena"])
def test_nothing_is_deleted(as_iris, cast, row):
    path = url_of(getattr(cast, row)).replace("change", "delete")

    assert as_iris.post(path, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("name", ["organisation", "user", "membership", "event"])
def test_each_list_opens_and_searches(as_iris, cast, name):
    member(cast.ashby, Role.OFFICER)

    page = as_iris.get(f"/platform/accounts/{name}/?q=a")

    assert page.status_code == 200


def test_the_password_is_changed_where_everybody_changes_it(as_iris):
    answer = as_iris.get("/platform/password_change/")

    assert answer.url == "/account/password/change/"
