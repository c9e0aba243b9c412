import pytest
import time_machine
from django.contrib.messages import add_message, constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse, HttpResponseNotFound
from django.test import RequestFactory
from django.utils.safestring import SafeString

from cse_tracker.accounts.conditional import (
    kept_content,
    page_version,
    unless_unchanged,
)
from cse_tracker.accounts.models import DataVersion
from cse_tracker.accounts.models.membership import memberships_of
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.events import record_event
from tests.factories import MembershipFactory, OrganisationFactory, member


def request_of(user, path="/o/ashby/progression/", **headers):
    request = RequestFactory(headers=headers).get(path)
    request.user = user
    request.memberships = memberships_of(user)
    request.membership = request.memberships[0]
    request._messages = CookieStorage(request)
    request.META["CSRF_COOKIE"] = "a" * 32
    return request


def page() -> HttpResponse:
    return HttpResponse("The page")


def never() -> HttpResponse:
    pytest.fail("The page was built")


def test_a_page_that_the_browser_holds_is_not_built(cast):
    tag = unless_unchanged(request_of(cast.lena), page).headers["ETag"]

    answer = unless_unchanged(request_of(cast.lena, **{"if-none-match": tag}), never)

    assert answer.status_code == 304


def test_another_tag_brings_the_page(cast):
    request = request_of(cast.lena, **{"if-none-match": 'W/"old"'})

    assert unless_unchanged(request, page).content == b"The page"


def test_a_page_with_a_message_is_never_kept(cast):
    request = request_of(cast.lena)
    add_message(request, constants.SUCCESS, "Saved.")

    answer = unless_unchanged(request, page)

    assert not answer.has_header("ETag")
    assert not answer.has_header("Cache-Control")


def test_what_is_not_found_is_not_kept(cast):
    answer = unless_unchanged(request_of(cast.lena), HttpResponseNotFound)

    assert not answer.has_header("ETag")


def test_while_templates_are_edited_nothing_is_kept(cast, settings):
    settings.DEBUG = True

    assert not unless_unchanged(request_of(cast.lena), page).has_header("ETag")


def test_the_version_changes_with_the_organisations_data_only(cast):
    before = page_version(request_of(cast.lena))

    record_event(by=None, verb="x", target=cast.elsewhere, organisation=cast.elsewhere)
    assert page_version(request_of(cast.lena)) == before

    record_event(by=None, verb="x", target=cast.ashby, organisation=cast.ashby)
    assert page_version(request_of(cast.lena)) != before


def test_the_version_changes_with_what_a_person_may_do(cast):
    before = page_version(request_of(cast.lena))

    request = request_of(cast.lena)
    request.membership.permissions = frozenset()

    assert page_version(request) != before


def test_the_version_changes_with_the_organisations_a_person_can_switch_to(cast):
    before = page_version(request_of(cast.lena))

    MembershipFactory(user=cast.lena)

    assert page_version(request_of(cast.lena)) != before


def test_the_version_changes_with_the_release(cast, monkeypatch):
    before = page_version(request_of(cast.lena))

    monkeypatch.setattr("cse_tracker.accounts.conditional.release_version", lambda: "2")

    assert page_version(request_of(cast.lena)) != before


def drawn(text):
    return lambda: SafeString(text)


def test_content_is_drawn_once_for_all_who_may_see_as_much(cast):
    pat = member(cast.ashby, Role.OFFICER)

    kept = [kept_content(request_of(who), drawn(who)) for who in (cast.lena, pat)]

    assert kept == [str(cast.lena)] * 2


def test_content_is_drawn_anew_for_other_rights_organisations_and_addresses(cast):
    kept_content(request_of(cast.lena), drawn("old"))

    others = [
        request_of(cast.vik),
        request_of(cast.sam),
        request_of(cast.lena, "/o/ashby/progression/?show=changed"),
    ]

    assert [kept_content(each, drawn("new")) for each in others] == ["new"] * 3


def test_content_is_drawn_anew_after_a_change(cast):
    kept_content(request_of(cast.lena), drawn("old"))

    record_event(by=None, verb="x", target=cast.ashby, organisation=cast.ashby)

    assert kept_content(request_of(cast.lena), drawn("new")) == "new"


def test_content_is_drawn_anew_by_another_release(cast, monkeypatch):
    kept_content(request_of(cast.lena), drawn("old"))

    monkeypatch.setattr("cse_tracker.accounts.conditional.release_version", lambda: "2")

    assert kept_content(request_of(cast.lena), drawn("new")) == "new"


def test_the_next_day_neither_page_nor_content_are_those_of_the_day_before(cast):
    with time_machine.travel("2026-03-03 23:59Z"):
        before = page_version(request_of(cast.lena))
        kept_content(request_of(cast.lena), drawn("old"))

    with time_machine.travel("2026-03-04 00:00Z"):
        assert page_version(request_of(cast.lena)) != before
        assert kept_content(request_of(cast.lena), drawn("new")) == "new"


def test_while_templates_are_edited_no_content_is_kept(cast, settings):
    settings.DEBUG = True
    kept_content(request_of(cast.lena), drawn("old"))

    assert kept_content(request_of(cast.lena), drawn("new")) == "new"


def test_each_membership_knows_its_own_organisations_data_version(cast):
    for where in (cast.elsewhere, cast.ashby):
        record_event(by=None, verb="x", target=where, organisation=where)

    [ashby], [elsewhere] = memberships_of(cast.lena), memberships_of(cast.sam)

    assert ashby.data_version == DataVersion.objects.of(cast.ashby).version()
    assert elsewhere.data_version == DataVersion.objects.of(cast.elsewhere).version()
    assert ashby.data_version != elsewhere.data_version


def test_an_organisation_without_events_has_version_nought(cast):
    [membership] = memberships_of(member(OrganisationFactory(), Role.OFFICER))

    assert membership.data_version == 0
