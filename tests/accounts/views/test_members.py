"""The administrator's pages for members."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from cse_tracker.accounts.models import Event, InvitationMail, Membership, User
from cse_tracker.accounts.models.membership import memberships_of
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.notifications import send_waiting_mail
from tests.factories import (
    MembershipFactory,
    ServiceFactory,
    UserFactory,
    member,
)
from tests.pages import form_of, rows_of, text_of

MEMBERS = "/o/ashby/members/"
ADD = "/o/ashby/members/add/"
# What an administrator sends who wants to be an officer instead.
GIVING_UP = {"roles": ["officer"], "seen_roles": "administrator"}


@pytest.fixture
def as_ada(cast, signed_in):
    return signed_in(cast.ada)


def entered(**changes):
    values = {
        "full_name": "Pat Lane",
        "email": "pat@ashby.example",
        "roles": ["manager", "approver"],
        "submission_key": str(uuid.uuid4()),
    }
    return values | changes


def membership(user):
    return Membership.objects.get(user=user)


def url_of(user, page=""):
    return f"{MEMBERS}{membership(user).pk}/{page}"


def names_on(page):
    """First and last name of each person listed; the address stands behind them."""
    return [" ".join(row[0].split()[:2]) for row in rows_of(page)]


def test_the_list_shows_who_does_what_since_when(cast, as_ada):
    housing = ServiceFactory(organisation=cast.ashby, name="Housing")
    Membership.objects.filter(user=cast.mo).update(
        service=housing, joined_at="2026-03-03T23:30Z"
    )

    page = as_ada.get(MEMBERS)

    assert names_on(page) == [
        "Ada Brook",
        "Cass Field",
        "Lena Hart",
        "Mo Quill",
        "Vik Stone",
    ]
    assert rows_of(page)[3] == [
        "Mo Quill mo@ashby.example",
        "Manager",
        "Housing",
        "3 March 2026",
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name=QUILL", ["Mo Quill"]),
        ("name=vik@ashby", ["Vik Stone"]),
        ("role=officer", ["Lena Hart"]),
        ("role=officer&name=mo", []),
        ("name=sam", []),
    ],
)
def test_the_address_narrows_the_list(as_ada, query, names):
    page = as_ada.get(f"{MEMBERS}?{query}")

    assert names_on(page) == names
    assert ("Nobody found" in text_of(page)) is (not names)


def test_a_role_that_does_not_exist_narrows_nothing(as_ada):
    assert len(names_on(as_ada.get(f"{MEMBERS}?role=emperor"))) == 5


@pytest.mark.parametrize(
    ("sort", "first"),
    [("-name", "Vik Stone"), ("since", "Lena Hart"), ("bad", "Ada Brook")],
)
def test_the_address_orders_the_list(as_ada, sort, first):
    assert names_on(as_ada.get(f"{MEMBERS}?sort={sort}"))[0] == first


def test_the_list_costs_the_same_for_many_members(cast, as_ada, queries_for):
    as_ada.get(MEMBERS)  # the first page of a session also writes the session
    few = queries_for(as_ada, MEMBERS)
    for _ in range(30):
        MembershipFactory(organisation=cast.ashby)

    assert queries_for(as_ada, MEMBERS) == few
    assert few <= 6


def test_a_new_person_is_added_and_gets_a_link(as_ada, mailoutbox):
    page = as_ada.post(ADD, entered(), follow=True)

    assert (
        "Pat Lane is a member. An email goes to them within a few minutes."
        in text_of(page)
    )
    assert "Pat Lane Invited" in text_of(page)
    pat = User.objects.get(email="pat@ashby.example")
    assert membership(pat).roles == {Role.MANAGER, Role.APPROVER}
    send_waiting_mail(now=timezone.now())
    assert [mail.to for mail in mailoutbox] == [["pat@ashby.example"]]


def test_a_person_with_an_account_is_answered_in_the_same_words(as_ada):
    UserFactory(email="pat@ashby.example", full_name="Pat Lane")

    page = as_ada.post(ADD, entered(), follow=True)

    assert (
        "Pat Lane is a member. An email goes to them within a few minutes."
        in text_of(page)
    )
    assert InvitationMail.objects.count() == 1


def test_a_form_sent_twice_adds_one_member_with_one_mail(as_ada):
    form = entered()

    answers = [as_ada.post(ADD, form) for _ in range(2)]

    assert [answer.url for answer in answers] == [MEMBERS, MEMBERS]
    assert User.objects.filter(email="pat@ashby.example").count() == 1
    assert InvitationMail.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_twelve_parallel_posts_of_one_form_add_one_member(cast, signed_in):
    form = entered()

    def post(client):
        try:
            return client.post(ADD, form).url
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        paths = list(pool.map(post, [signed_in(cast.ada) for _ in range(12)]))

    assert paths == [MEMBERS] * 12
    assert Membership.objects.filter(user__email="pat@ashby.example").count() == 1
    assert InvitationMail.objects.count() == 1


def test_a_mail_that_has_not_gone_is_told_in_the_list(as_ada):
    page = as_ada.post(ADD, entered(), follow=True)
    assert "The email is about to be sent." in text_of(page)

    InvitationMail.objects.update(mail_attempts=6)
    told = text_of(as_ada.get(MEMBERS))
    assert "The email could not be sent. Send the invitation again." in told

    InvitationMail.objects.update(mailed_at=timezone.now())
    assert "email could not" not in text_of(as_ada.get(MEMBERS))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full_name": "  "}, "Enter the full name"),
        ({"email": ""}, "Enter the email address"),
        ({"email": "pat"}, "Enter an email address in the correct format"),
        ({"roles": []}, "Select at least one role"),
        ({"roles": ["emperor"]}, "Select at least one role from the list"),
        ({"email": "lena@ashby.example"}, "Lena Hart is already a member"),
    ],
)
def test_what_is_missing_is_said_and_nobody_is_added(as_ada, changes, words):
    before = Membership.objects.count()

    page = as_ada.post(ADD, entered(**changes))

    assert words in text_of(page)
    assert "<title>Error: Add a member" in page.content.decode()
    assert Membership.objects.count() == before


@pytest.mark.parametrize("page", ["add", "edit"])
def test_another_organisations_service_can_not_be_chosen(cast, as_ada, page):
    foreign = ServiceFactory(organisation=cast.elsewhere, name="Foreign service")
    url = ADD if page == "add" else url_of(cast.mo)

    answer = as_ada.post(url, entered(service=foreign.pk))

    assert "Select the service from the list" in text_of(answer)
    assert "Foreign service" not in text_of(as_ada.get(url))
    assert not Membership.objects.filter(service=foreign).exists()


def test_posted_fields_that_the_form_does_not_have_do_nothing(cast, as_ada):
    as_ada.post(
        ADD,
        entered(organisation=cast.elsewhere.pk, is_superuser="on", is_staff="on"),
    )

    pat = User.objects.get(email="pat@ashby.example")
    assert not pat.is_superuser
    assert not pat.is_staff
    assert membership(pat).organisation == cast.ashby


def test_roles_are_changed_and_count_from_the_next_request(cast, as_ada, signed_in):
    as_mo = signed_in(cast.mo)
    assert as_mo.get(MEMBERS).status_code == 403

    page = as_ada.post(
        url_of(cast.mo),
        {"roles": ["manager", "administrator"], "seen_roles": "manager"},
        follow=True,
    )

    assert "The roles of Mo Quill are saved." in text_of(page)
    assert as_mo.get(MEMBERS).status_code == 200


def test_the_second_to_change_roles_sees_both_and_chooses(cast, as_ada, signed_in):
    member(cast.ashby, Role.ADMINISTRATOR, full_name="Bo Ash", email="bo@ashby.example")
    as_bo = signed_in(User.objects.get(email="bo@ashby.example"))
    opened = form_of(as_ada.get(url_of(cast.mo)))
    as_bo.post(url_of(cast.mo), opened.sending(roles=["manager", "approver"]))

    page = as_ada.post(url_of(cast.mo), opened.sending(roles=["officer"]))

    assert page.status_code == 409
    assert "Bo Ash saved a change" in text_of(page)
    assert "Approver, Manager" in text_of(page)
    as_ada.post(url_of(cast.mo), form_of(page).sending(**{"keep-roles": "mine"}))
    assert membership(cast.mo).roles == {Role.OFFICER}


def test_the_form_shows_what_is_held_and_a_withdrawn_service_may_stay(cast, as_ada):
    gone = ServiceFactory(
        organisation=cast.ashby, name="Tourism", withdrawn_at="2026-01-01T12:00Z"
    )
    Membership.objects.filter(user=cast.mo).update(service=gone)

    page = as_ada.get(url_of(cast.mo)).content.decode()

    assert re.findall(r'value="(\w+)" checked', page) == ["manager"]
    assert re.search(r"<option[^>]*selected[^>]*>Tourism", page)
    assert "Tourism" not in as_ada.get(url_of(cast.lena)).content.decode()


def test_the_last_administrator_keeps_the_role_and_is_told_why(cast, as_ada):
    page = as_ada.post(url_of(cast.ada), GIVING_UP)

    assert "Ada Brook is the only administrator of Ashby Borough Council." in text_of(
        page
    )
    assert membership(cast.ada).roles == {Role.ADMINISTRATOR}


def test_who_gives_up_the_right_to_see_the_list_is_not_sent_there(cast, as_ada):
    member(cast.ashby, Role.ADMINISTRATOR)

    answer = as_ada.post(url_of(cast.ada), GIVING_UP)

    assert answer.url == "/"


def test_removing_asks_first_and_then_ends_the_access(cast, as_ada, signed_in):
    as_mo = signed_in(cast.mo)
    assert "Remove Mo Quill from Ashby Borough Council?" in text_of(
        as_ada.get(url_of(cast.mo, "remove/"))
    )
    assert memberships_of(cast.mo)

    page = as_ada.post(url_of(cast.mo, "remove/"), follow=True)

    assert "Mo Quill is no longer a member." in text_of(page)
    assert "Mo Quill" not in names_on(page)
    assert as_mo.get("/o/ashby/").status_code == 404


def test_the_last_administrator_can_not_be_removed(cast, as_ada):
    page = as_ada.post(url_of(cast.ada, "remove/"))

    assert "Make someone else an administrator first." in text_of(page)
    assert "<title>Error: Remove Ada Brook" in page.content.decode()
    assert memberships_of(cast.ada)


@pytest.mark.parametrize("page", ["", "remove/"])
def test_a_person_who_left_has_no_page(cast, as_ada, page):
    url = url_of(cast.mo, page)
    as_ada.post(url_of(cast.mo, "remove/"))

    assert as_ada.get(url).status_code == 404


@pytest.mark.parametrize("page", ["", "remove/", "invite/"])
def test_another_organisations_member_has_no_page_here(cast, as_ada, page):
    foreign = f"{MEMBERS}{membership(cast.sam).pk}/{page}"

    assert as_ada.post(foreign, {"roles": ["officer"]}).status_code == 404
    assert memberships_of(cast.sam)[0].roles == {Role.OFFICER}


def test_an_invitation_can_be_sent_again_and_is_logged(cast, as_ada):
    invited = member(cast.ashby, Role.OFFICER, password=None)

    as_ada.post(url_of(invited, "invite/"))

    assert InvitationMail.objects.count() == 1
    assert Event.objects.about(membership(invited)).get().verb == "invited again"


def test_a_double_click_sends_one_invitation(cast, as_ada):
    invited = member(cast.ashby, Role.OFFICER, password=None)
    button = form_of(as_ada.get(url_of(invited)), action=url_of(invited, "invite/"))

    for _ in range(2):
        as_ada.post(button.action, button.values)

    assert Event.objects.about(membership(invited)).get().verb == "invited again"


def test_at_most_five_invitations_go_to_one_address_in_an_hour(cast, as_ada):
    invited = member(cast.ashby, Role.OFFICER, password=None)

    for _ in range(5):
        as_ada.post(url_of(invited, "invite/"))
    page = as_ada.post(url_of(invited, "invite/"), follow=True)

    assert "several emails to this address in the last hour" in text_of(page)
    assert Event.objects.about(membership(invited)).count() == 5


def test_who_has_a_password_is_not_invited_again(cast, as_ada):
    page = as_ada.post(url_of(cast.mo, "invite/"), follow=True)

    assert "Mo Quill has a password already." in text_of(page)
    assert not InvitationMail.objects.exists()
    assert "Send the invitation again" not in text_of(as_ada.get(url_of(cast.mo)))


def test_an_invitation_needs_a_post(cast, as_ada):
    assert as_ada.get(url_of(cast.mo, "invite/")).status_code == 405
