"""The pages on which an administrator invites assessors, and everybody reads what they did."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import AssessorAccess
from assessments.services.looks import record_look
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.notifications import send_waiting_mail
from tests.factories import invited_assessor
from tests.pages import form_of, text_of

INVITED = {
    "full_name": "Tess Vane",
    "email": "tess@assessors.example",
    "right": "rate",
    "until_day": "30",
    "until_month": "6",
    "until_year": "2090",
}


@pytest.fixture
def ada(cast, signed_in):
    return signed_in(cast.ada)


def url(name, assessment, *more):
    address = [assessment.organisation.slug, assessment.slug, *more]
    return reverse(f"assessments:{name}", args=address)


def test_the_mail_says_what_they_may_do_until_when_and_leads_in(
    ada, open_assessment, mailoutbox, client
):
    page = ada.post(url("assessor_invite", open_assessment), INVITED, follow=True)
    assert "The email is about to be sent." in text_of(page)

    send_waiting_mail(now=timezone.now())
    [mail] = mailoutbox
    assert mail.subject == "Ashby Borough Council invites you to its 2026 review"
    assert "read it, rate and comment, up to and including 30 June 2090" in mail.body
    link = re.search(r"http://[^/]+(/account/password/\S+)", mail.body)
    words = {"password1": "a secret of her own", "password2": "a secret of her own"}
    client.post(client.get(link[1], follow=True).request["PATH_INFO"], words)
    sign_in = {"login": INVITED["email"], "password": "a secret of her own"}
    arrived = client.post("/account/login/", sign_in, follow=True)
    assert arrived.redirect_chain[-1][0] == open_assessment.get_absolute_url()


def test_the_last_day_must_not_be_over(ada, open_assessment):
    page = ada.post(
        url("assessor_invite", open_assessment), INVITED | {"until_year": "2020"}
    )

    assert "The last day must be today or in the future" in page.text
    assert not AssessorAccess.objects.exists()


def test_a_member_is_refused_with_words(ada, open_assessment, cast):
    sent = INVITED | {"email": cast.mo.email}

    page = ada.post(url("assessor_invite", open_assessment), sent)

    assert "Only somebody from outside can be an assessor" in page.text


def test_an_invitation_is_changed_and_ended(ada, open_assessment):
    access = invited_assessor(open_assessment).access
    change = url("assessor_change", open_assessment, access.pk)

    ada.post(change, form_of(ada.get(change)).sending(right="read"))
    access.refresh_from_db()
    assert not access.may_rate

    page = ada.post(url("assessor_end", open_assessment, access.pk), follow=True)
    assert "Tess Vane can no longer see it." in page.text
    assert "Ended on" in text_of(page)


def test_the_second_of_two_who_change_an_invitation_sees_both_days(
    ada, open_assessment
):
    access = invited_assessor(open_assessment).access
    address = url("assessor_change", open_assessment, access.pk)
    opened = form_of(ada.get(address))
    ada.post(address, opened.sending(until_year="2091"))

    page = ada.post(address, opened.sending(until_year="2092", right="read"))
    assert page.status_code == 409
    assert "Last day" in text_of(page)
    chosen = {"keep-until": "mine", "keep-may_rate": "mine"}
    ada.post(address, form_of(page).sending(**chosen))

    access.refresh_from_db()
    assert (access.until.year, access.may_rate) == (2092, False)


def test_the_mail_is_sent_again_once_for_a_form_sent_twice(ada, open_assessment):
    ada.post(url("assessor_invite", open_assessment), INVITED)
    access = AssessorAccess.objects.get()
    again = url("assessor_mail_again", open_assessment, access.pk)
    page = ada.get(url("assessor_change", open_assessment, access.pk))
    form = form_of(page, action=again)

    ada.post(again, form.sending())
    ada.post(again, form.sending())

    assert Event.objects.about(access).filter(verb="invited again").count() == 1


def test_members_read_who_is_invited_and_what_each_looked_at(
    open_assessment, signed_in, cast
):
    tess, otto = (invited_assessor(open_assessment).access for _ in range(2))
    record_look(access=tess, what="Element 1.1.1", path="/")
    record_look(access=otto, what="Element 2.2.2", path="/")
    mo = signed_in(cast.mo)

    assert "Invite an assessor" not in mo.get(url("assessors", open_assessment)).text
    looks = url("looks", open_assessment)
    every = mo.get(looks).text
    assert "Element 1.1.1" in every
    assert "Element 2.2.2" in every
    hers = mo.get(f"{looks}?assessor={tess.pk}").text
    assert "Element 1.1.1" in hers
    assert "Element 2.2.2" not in hers


@pytest.mark.slow
def test_the_list_costs_the_same_for_many(
    open_assessment, signed_in, cast, queries_for
):
    client, address = signed_in(cast.ada), url("assessors", open_assessment)
    invited_assessor(open_assessment)
    few = queries_for(client, address)
    for _ in range(5):
        invited_assessor(open_assessment)

    assert queries_for(client, address) == few
