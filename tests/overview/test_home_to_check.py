"""What is said to be done waits for those who may approve, on home and in the list."""

import pytest
from django.utils import timezone

from actions.models import Action
from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from actions.services.updating import withdraw_action
from tests.action_states import put_in
from tests.pages import text_of

LIST = "/o/ashby/actions/?status=to_check"


@pytest.fixture
def claimed(cast):
    """``claimed("Title", by=…)`` is an action that somebody said is done."""

    def claimed(title, by) -> Action:
        action = plan_action(
            organisation=cast.ashby, details=ActionDetails(title=title), by=cast.lena
        )
        put_in(action, Action.Status.DONE)
        Action.objects.filter(pk=action.pk).update(claimed_by=by)
        return action

    return claimed


def test_what_others_said_is_done_waits_for_an_approver(signed_in, cast, claimed):
    cass, home = signed_in(cast.cass), cast.ashby.get_absolute_url()
    claimed("Ask", cast.mo)
    assert "1 action waits for you to check" in text_of(cass.get(home))
    claimed("Tell", cast.lena)
    claimed("Her own", cast.cass)
    gone = claimed("Withdrawn", cast.mo)
    withdraw_action(
        action=gone, seen_version=gone.version, now=timezone.now(), by=cast.lena
    )

    assert f'href="{LIST}">2 actions wait for you to check' in cass.get(home).text
    listed = cass.get(LIST).context["rows"]
    assert {row.action.title for row in listed} == {"Ask", "Tell"}


def test_only_those_who_may_approve_are_asked(signed_in, cast, claimed):
    claimed("Ask", cast.mo)
    lena = signed_in(cast.lena)

    assert "to check" not in text_of(lena.get(cast.ashby.get_absolute_url()))
    assert "Waiting for you to check" not in lena.get("/o/ashby/actions/").text
    assert LIST not in lena.get(cast.ashby.get_absolute_url()).text
