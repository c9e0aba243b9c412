from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from cse_tracker.accounts.tasks import forget_ended_sessions


def test_sessions_that_ended_are_forgotten_and_others_stay(db):
    now = timezone.now()
    Session.objects.create(session_key="old", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="new", expire_date=now + timedelta(hours=1))

    forget_ended_sessions()

    assert [session.session_key for session in Session.objects.all()] == ["new"]
