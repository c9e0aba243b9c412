"""The organisation's settings."""

import uuid

import pytest

from cse_tracker.accounts.models import Event, Membership, Organisation, Service
from cse_tracker.core.working_days import Nation
from tests.factories import ServiceFactory
from tests.pages import form_of, text_of

SETTINGS = "/o/ashby/settings/"
NAMED = {"seen_name": "Ashby Borough Council"}
ADD = f"{SETTINGS}services/add/"


@pytest.fixture
def as_lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def housing(cast):
    return ServiceFactory(organisation=cast.ashby, name="Housing")


def new_service(name):
    return {"name": name, "submission_key": str(uuid.uuid4())}


def url_of(service, page=""):
    return f"{SETTINGS}services/{service.pk}/{page}"


def test_the_name_is_changed_and_stands_on_every_page(cast, as_lena):
    typed = {"name": " Ashby \n City  Council "} | NAMED
    page = as_lena.post(SETTINGS, typed, follow=True)

    assert "The name is saved." in text_of(page)
    cast.ashby.refresh_from_db()
    assert (cast.ashby.name, cast.ashby.slug) == ("Ashby City Council", "ashby")
    assert "Ashby City Council" in page.content.decode().split("</title>")[0]


def test_an_organisation_needs_a_name(cast, as_lena):
    page = as_lena.post(SETTINGS, {"name": ""})

    assert "Enter the name of the organisation" in text_of(page)
    assert Organisation.objects.get(pk=cast.ashby.pk).name == "Ashby Borough Council"


def test_services_are_listed_with_their_members(cast, as_lena, housing):
    ServiceFactory(organisation=cast.elsewhere, name="Foreign service")
    Membership.objects.filter(user__in=[cast.mo, cast.lena]).update(service=housing)
    Membership.objects.filter(user=cast.lena).update(ended_at=None)
    Membership.objects.filter(user=cast.mo).update(ended_at="2026-01-01T12:00Z")

    page = text_of(as_lena.get(SETTINGS))

    assert "Housing 1" in page
    assert "Foreign service" not in page


def test_an_organisation_without_services_says_so(as_lena):
    assert "There are no services yet." in text_of(as_lena.get(SETTINGS))


def test_a_service_is_added_once_however_often_it_is_sent(cast, as_lena):
    form = new_service("Housing")

    for _ in range(2):
        answer = as_lena.post(ADD, form)
        assert answer.url == SETTINGS

    assert Service.objects.get().organisation == cast.ashby
    assert "Housing is added." in text_of(as_lena.get(SETTINGS))


def test_a_name_that_is_taken_is_refused_at_the_field(as_lena, housing):
    page = as_lena.post(ADD, new_service("housing"))

    assert "There is already a service called Housing." in text_of(page)
    assert 'href="#id_name"' in page.content.decode()
    assert Service.objects.count() == 1


def test_a_service_is_renamed(as_lena, housing):
    form = form_of(as_lena.get(url_of(housing)))
    page = as_lena.post(url_of(housing), form.sending(name="Homes"), follow=True)

    assert "The service is now called Homes." in text_of(page)
    housing.refresh_from_db()
    assert housing.name == "Homes"


def test_a_service_keeps_its_name_when_the_new_one_is_taken(cast, as_lena, housing):
    ServiceFactory(organisation=cast.ashby, name="Planning")

    form = form_of(as_lena.get(url_of(housing)))
    page = as_lena.post(url_of(housing), form.sending(name="Planning"))

    assert "There is already a service called Planning." in text_of(page)
    housing.refresh_from_db()
    assert housing.name == "Housing"


@pytest.mark.parametrize("place", ["organisation", "service"])
def test_the_second_to_rename_sees_both_names_and_chooses(
    cast, as_lena, signed_in, housing, place
):
    url = SETTINGS if place == "organisation" else url_of(housing)
    opened = form_of(as_lena.get(url))
    signed_in(cast.ada).post(url, opened.sending(name="Ada's"))

    page = as_lena.post(url, opened.sending(name="Lena's"))

    assert page.status_code == 409
    assert "Ada Brook saved a change" in text_of(page)
    assert "There now [new: Ada's] You typed [new: Lena's]" in text_of(page)
    as_lena.post(url, form_of(page).sending(**{"keep-name": "mine"}))
    names = {row.name for row in [*Organisation.objects.all(), *Service.objects.all()]}
    assert "Lena's" in names
    assert "Ada's" not in names


def test_withdrawing_asks_first(as_lena, housing):
    assert "Withdraw Housing?" in text_of(as_lena.get(url_of(housing, "withdraw/")))
    assert Service.objects.current().exists()

    page = as_lena.post(url_of(housing, "withdraw/"), follow=True)

    assert "Housing is withdrawn." in text_of(page)
    assert "There are no services yet." in text_of(page)


@pytest.mark.parametrize("page", ["", "withdraw/"])
def test_a_service_that_is_gone_or_foreign_has_no_page(cast, as_lena, housing, page):
    foreign = ServiceFactory(organisation=cast.elsewhere)
    as_lena.post(url_of(housing, "withdraw/"))

    for service in (housing, foreign):
        assert as_lena.post(url_of(service, page), new_service("X")).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.withdrawn_at, foreign.name != "X") == (None, True)


def test_a_manager_may_not_change_the_settings(cast, signed_in):
    assert signed_in(cast.mo).post(SETTINGS, {"name": "Mine"}).status_code == 403


def test_an_officer_says_whose_bank_holidays_are_kept(as_lena, cast):
    as_lena.post(f"{SETTINGS}bank-holidays/", {"nation": "SCT"})

    cast.ashby.refresh_from_db()
    assert cast.ashby.nation == Nation.SCOTLAND
    assert Event.objects.about(cast.ashby).first().changes == {"nation": ["ENG", "SCT"]}
    assert "bank holidays of Scotland" in text_of(as_lena.get(SETTINGS))
