"""Whoever owns an action says how it goes and that it is done, whatever their roles let them do."""

import pytest

from actions.models import Action, ActionNote
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Role
from tests.factories import EvidenceItemFactory, member
from tests.pages import form_of, text_of

PAGE = "/o/ashby/actions/1/"
PROGRESS, DONE = f"{PAGE}progress/", f"{PAGE}done/"
OTHERS = [f"{PAGE}edit/", f"{PAGE}withdraw/", f"{PAGE}decline/", f"{PAGE}restore/"]
WITHOUT_THE_RIGHT = [Role.APPROVER, Role.ADMINISTRATOR]


@pytest.fixture(params=WITHOUT_THE_RIGHT)
def owner(request, cast, action) -> Membership:
    """Somebody who may change no action, and owns this one."""
    person = member(cast.ashby, request.param)
    Action.objects.update(owner=person.memberships.get())
    return person.memberships.get()


def test_an_owner_reports_progress(signed_in, owner):
    client = signed_in(owner.user)
    assert "Add progress" in text_of(client.get(PAGE))
    form = form_of(client.get(PROGRESS))

    page = client.post(PROGRESS, form.sending(text="Asked.", status="at_risk"))

    assert page.status_code == 302
    assert ActionNote.objects.get().text == "Asked."
    assert Action.objects.get().status == "at_risk"


def test_an_owner_says_that_it_is_done(signed_in, owner):
    item = EvidenceItemFactory.create(organisation=owner.organisation)
    client = signed_in(owner.user)
    assert "Say it is done" in text_of(client.get(PAGE))
    form = form_of(client.get(DONE))

    client.post(DONE, form.sending(words="Targets are set.", others=item.pk))

    assert Action.objects.get().claimed_by == owner.user


def test_where_an_owner_has_no_evidence_to_choose_it_is_said(signed_in, owner):
    words = text_of(signed_in(owner.user).get(DONE))

    assert "There is no evidence in the library yet. Ask a colleague" in words


def test_an_owner_gets_no_other_right(signed_in, owner):
    client = signed_in(owner.user)
    words = text_of(client.get(PAGE))

    assert [client.post(url).status_code for url in OTHERS] == [403] * len(OTHERS)
    assert not [
        each
        for each in ("Change this action", "Decline it", "Withdraw it")
        if each in words
    ]


@pytest.mark.parametrize("role", WITHOUT_THE_RIGHT)
def test_a_colleague_without_the_right_who_is_not_the_owner_is_refused(
    signed_in, cast, action, role
):
    client = signed_in(member(cast.ashby, role))

    answers = [client.get(url).status_code for url in (PROGRESS, DONE)]
    answers += [
        client.post(url, {"text": "Mine"}).status_code for url in (PROGRESS, DONE)
    ]

    assert answers == [403] * 4
    assert "Add progress" not in text_of(client.get(PAGE))


def test_an_owner_who_does_not_see_the_plan_any_more_is_refused(
    signed_in, cast, action
):
    Action.objects.update(owner=cast.vik.memberships.get())

    client = signed_in(cast.vik)

    assert [client.get(url).status_code for url in (PROGRESS, DONE)] == [403, 403]


@pytest.mark.parametrize("who", ["vik", "sam"])
def test_who_does_not_see_the_plan_is_neither_offered_nor_taken_as_owner(
    signed_in, cast, action, who
):
    """Vik is on the governing body; Sam is of another organisation."""
    person = getattr(cast, who)
    lena = signed_in(cast.lena)
    for url in (f"{PAGE}edit/", "/o/ashby/actions/new/"):
        form = form_of(lena.get(url))

        page = lena.post(
            url, form.sending(title="Ask", owner=person.memberships.get().pk)
        )

        assert str(person) not in text_of(lena.get(url))
        assert page.status_code == 200
        assert "Select a valid choice" in text_of(page) or "from the list" in text_of(
            page
        )
    assert Action.objects.get().owner.user == cast.mo
