"""A person's own account."""

from cse_tracker.accounts.permissions import Role
from tests.factories import MembershipFactory, UserFactory
from tests.pages import text_of

PROFILE = "/account/"


def test_a_person_changes_their_name(cast, signed_in):
    page = signed_in(cast.lena).post(PROFILE, {"full_name": "Lena Moor"}, follow=True)

    assert "Your name is saved." in text_of(page)
    cast.lena.refresh_from_db()
    assert cast.lena.full_name == "Lena Moor"


def test_nobody_makes_themselves_somebody_else(cast, signed_in):
    signed_in(cast.lena).post(
        PROFILE,
        {"full_name": "Lena", "email": cast.ada.email, "is_superuser": "on"},
    )

    cast.lena.refresh_from_db()
    assert cast.lena.email == "lena@ashby.example"
    assert not cast.lena.is_superuser


def test_a_name_is_needed(cast, signed_in):
    page = signed_in(cast.lena).post(PROFILE, {"full_name": " "})

    assert "Enter the full name" in text_of(page)


def test_the_page_tells_where_one_belongs(cast, signed_in):
    MembershipFactory(organisation=cast.elsewhere, user=cast.lena, roles=[Role.MANAGER])

    page = text_of(signed_in(cast.lena).get(PROFILE))

    assert "You sign in as lena@ashby.example." in page
    assert "Ashby Borough Council: Officer" in page
    assert "Elsewhere District Council: Manager" in page


def test_a_person_without_an_organisation_has_an_account_too(db, signed_in):
    page = signed_in(UserFactory()).get(PROFILE)

    assert page.status_code == 200
    assert "Your organisations" not in text_of(page)
